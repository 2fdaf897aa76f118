"""Amounts: which money is the department's own, what it is compared with, parted into and called."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from amounts import HEAD, D, Facts, amounts, said

from kg.facts import Amount, Fact


def test_money_of_others_is_no_amount(facts: Facts) -> None:
    assert not amounts(facts, "全年完成固定资产投资6.2亿元，为家长追回培训费用38万元，实现税收1.1亿元。\n")


def test_what_words_mean_and_what_a_department_is_for_state_nothing(facts: Facts) -> None:
    body = "（一）主要职责\n负责审批100万元以上项目，年度支出500万元。\n二、名词解释\n1.基本支出：指支出5万元。\n"
    assert not amounts(facts, body)


def test_yuan_is_exact(facts: Facts) -> None:
    [amount] = amounts(facts, "2023年度收入总计1.2345亿元。\n")
    assert (amount.value, amount.unit, amount.value_yuan) == (D("1.2345"), "亿元", D(123450000))


BODY = "2023年度收入总计120.5万元，其中：事业收入20.5万元。支出总计118万元，比2022年度增加6万元。\n"


def test_another_number_changes_only_its_fact(facts: Facts) -> None:
    before, after = said(facts, BODY), said(facts, BODY.replace("118万元", "119万元"))
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        (("支出总计", None, D(118), 2023), ("支出总计", None, D(119), 2023))
    ]


def test_another_unit_changes_only_yuan(facts: Facts) -> None:
    before, after = amounts(facts, BODY), amounts(facts, BODY.replace("118万元", "118元"))
    assert [(a.value, b.value_yuan) for a, b in zip(before, after, strict=True) if a.value_yuan != b.value_yuan] == [
        (D(118), D(118))
    ]


@pytest.mark.parametrize(
    "disturbed",
    [
        lambda text: re.sub(r"(\d+(?:\.\d+)?)万元", r" \1 万元 ", text),
        lambda text: text.replace("支出总计118", "支出总\n\n计118"),
        lambda text: text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
        lambda text: text.replace("，", ",").replace("：", ":"),
        lambda text: text.replace("120.5万元", "**120.5**万元"),
    ],
    ids=["blanks", "page break", "full width", "half-width marks", "bold"],
)
def test_the_way_it_is_printed_changes_nothing(facts: Facts, disturbed: Callable[[str], str]) -> None:
    assert said(facts, disturbed(BODY)) == said(facts, BODY)


def test_what_is_compared_with_is_named_without_its_aside(facts: Facts) -> None:
    found = amounts(facts, "财政拨款收入80万元，比2022年（上一年度，下同）预算增加5万元。")
    assert [amount.relative_to for amount in found] == [None, "2022年预算"]


@pytest.mark.parametrize(
    ("base", "measure", "year"),
    [("预算数", "预算安排", 2024), ("年初预算数", "年初预算", 2024), ("上年", "公务接待费", 2023)],
)
def test_what_spending_is_compared_with_is_its_budget_or_the_year_before(
    facts: Facts, base: str, measure: str, year: int
) -> None:
    text = f"三、支出情况\n公务接待费支出18.2万元，较{base}20万元减少1.8万元。\n"
    title = "青山县水务局2024年度部门整体支出绩效自评报告\n"
    amounts = [amount for amount in facts("amount", title + text) if isinstance(amount, Amount)]
    assert [(a.measure, a.value, a.year) for a in amounts][1] == (measure, 20, year)


def test_what_is_left_over_has_no_parts(facts: Facts) -> None:
    text = (
        "青山县水务局2024年度部门整体支出绩效自评报告\n二、支出情况\n"
        "全年支出118万元，结余13万元。其中：水电费61万元，维修费42万元。\n"
    )
    amounts = [amount for amount in facts("amount", text) if isinstance(amount, Amount)]
    assert [(a.measure, a.item, a.value) for a in amounts][2:] == [
        ("本年支出", "水电费", 61),
        ("本年支出", "维修费", 42),
    ]


INCOME = (
    "青山县水务局2024年度部门决算\n二、收入决算情况说明\n本年收入合计100万元；包括财政拨款收入90万元（其中，一般公共预算80万元，"
    "政府性基金预算10万元），占收入合计90%；其他收入10万元，占收入合计10%。\n"
)


def test_what_stands_in_brackets_parts_what_stands_before_them(facts: Facts) -> None:
    amounts = [amount for amount in facts("amount", INCOME) if isinstance(amount, Amount)]
    assert [(a.measure, a.item, a.value) for a in amounts] == [
        ("本年收入", None, 100),
        ("财政拨款收入", None, 90),
        ("一般公共预算财政拨款收入", None, 80),
        ("政府性基金预算财政拨款收入", None, 10),
        ("其他收入", None, 10),
    ]
    rates: list[Fact] = facts("rate", INCOME)
    assert [getattr(rate, "measure", "") for rate in rates] == ["财政拨款收入占比", "其他收入占比"]


PROJECT = "1.校园维修补助资金80万元，实际支出75万元；\n"


def test_what_a_project_of_a_list_was_given_is_no_spending(facts: Facts) -> None:
    found = facts("amount", f"{HEAD}2023年项目支出75万元，主要包括：\n{PROJECT}")
    assert [(a.measure, a.value, a.subject) for a in found if isinstance(a, Amount)][1:] == [
        ("预算安排", 80, "校园维修补助资金"),
        ("预算执行数", 75, "校园维修补助资金"),
    ]


def test_money_set_aside_for_a_project_is_its_budget(facts: Facts) -> None:
    found = facts("amount", f"{HEAD}（1）校园维修补助资金（10分，得分9分）。2023年安排资金80万元，实际支出75万元。\n")
    assert [(a.measure, a.value) for a in found if isinstance(a, Amount)] == [("预算安排", 80), ("预算执行数", 75)]


def test_income_is_no_account_that_is_spent(facts: Facts) -> None:
    body = "2023年，部门预算收入为900万元，实际支出为850万元。其中：基本支出340万元，占40%；项目支出510万元，占60%。"
    found = amounts(facts, f"{body}支出比2022年增加50万元，增长6.25%。\n")
    assert [(a.measure, a.item) for a in found[:2]] == [("收入预算", None), ("预算执行数", None)]
    assert (found[-1].measure, found[-1].item) == ("增减额", "本年支出")


def test_what_was_executed_of_a_budget_just_named(facts: Facts) -> None:
    found = amounts(facts, "年初预算资金共计658万元，全年执行632.4万元，总体预算执行率96.11%。\n")
    assert [(a.measure, a.value) for a in found] == [("年初预算", 658), ("预算执行数", D("632.4"))]


def test_a_founding_year_is_not_the_year_of_what_follows(facts: Facts) -> None:
    found = amounts(facts, "医院始建于1982年，占地20亩，收入总计900万元。\n")
    assert [a.year for a in found] == [2023]
