"""Amounts: own money in sentences, lists and tables, as reports of any bureau write it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from kg.facts import Amount, Fact

Facts = Callable[..., list[Fact]]

HEAD = "白石县教育局2023年度部门整体支出绩效自评报告\n\n一、部门收支情况\n\n"


def amounts(facts: Facts, body: str) -> list[Amount]:
    return [fact for fact in facts("amount", HEAD + body) if isinstance(fact, Amount)]


def said(facts: Facts, body: str) -> list[tuple[str, str | None, Decimal, int | None]]:
    return [(a.measure, a.item or a.name, a.value, a.year) for a in amounts(facts, body)]


D = Decimal

SENTENCES = [
    (
        "开展绩效管理的项目6个，涉及预算29万元。其中：人员类项目4个，涉及预算19万元；运转类项目2个，涉及预算10万元。",
        [
            ("涉及预算", "绩效管理的项目", D(29), 2023),
            ("涉及预算", "人员类项目", D(19), 2023),
            ("涉及预算", "运转类项目", D(10), 2023),
        ],
    ),
    (
        "1.教育支出（类）普通教育（款）小学教育（项）2023年预算数为25万元，主要用于：设备购置。",
        [("预算安排", "小学教育", D(25), 2023)],
    ),
    (
        "下属1家机关和1家事业单位财政拨款的机关运行经费预算为78万元。",
        [("预算安排", "机关运行经费", D(78), 2023)],
    ),
    ("2023年白石县教育局机关的机关运行经费财政拨款预算为16万元。", [("预算安排", "机关运行经费", D(16), 2023)]),
    ("第一季度用款计划20万元。", [("第一季度用款计划", None, D(20), 2023)]),
    (
        "2023年政府采购支出50万元。在面向小微企业预留的项目中，由小微企业供应商中标的，采购金额6万元；在其他项目中，采购金额44万元。",
        [
            ("政府采购", None, D(50), 2023),
            ("政府采购", "面向小微企业预留的项目中由小微企业供应商中标", D(6), 2023),
            ("政府采购", "其他项目", D(44), 2023),
        ],
    ),
    (
        "部门整体支出预算80万元，调整后预算90万元，实际支出88万元。",
        [("支出预算", None, D(80), 2023), ("调整后预算", None, D(90), 2023), ("预算执行数", None, D(88), 2023)],
    ),
    (
        "“三公”经费支出21.3万元，控制在年初预算25万元以内。",
        [("“三公”经费", None, D("21.3"), 2023), ("年初预算", "“三公”经费", D(25), 2023)],
    ),
    (
        "2023年度收入、支出决算总计均为48万元，与上年相比收、支总计各增加2万元。",
        [
            ("收入总计", None, D(48), 2023),
            ("支出总计", None, D(48), 2023),
            ("增减额", "收入总计", D(2), 2023),
            ("增减额", "支出总计", D(2), 2023),
        ],
    ),
    (
        "1.“教育支出-普通教育-小学教育”科目30万元，主要用于小学的设备。\n2.“住房保障支出-住房改革支出-购房补贴”科目4万元。",
        [("功能分类支出", "小学教育", D(30), 2023), ("功能分类支出", "购房补贴", D(4), 2023)],
    ),
    ("1.教育支出20.15万元，占0.18%；", [("功能分类支出", "教育支出", D("20.15"), 2023)]),
    ("3.卫生健康支出（类）5万元，占1%；", [("功能分类支出", "卫生健康支出", D(5), 2023)]),
    (
        "1.教育支出（205类）普通教育（02款）小学教育（02项）。年初预算30万元，支出决算31万元，完成年初预算的103%。",
        [("年初预算", "小学教育", D(30), 2023), ("功能分类支出", "小学教育", D(31), 2023)],
    ),
    (
        "2.公务接待费支出3万元，完成预算的43%。其中：国内公务接待支出3万元。",
        [("公务接待费", None, D(3), 2023), ("国内公务接待费", None, D(3), 2023)],
    ),
    (
        "2023年度财政拨款收、支总决算80万元。",
        [("财政拨款收入总计", None, D(80), 2023), ("财政拨款支出总计", None, D(80), 2023)],
    ),
    (
        "公务接待费支出6.8万元（预算10万元），公务用车运行维护费31万元（预算35万元）。",
        [
            ("公务接待费", None, D("6.8"), 2023),
            ("预算安排", "公务接待费", D(10), 2023),
            ("公务用车运行维护费", None, D(31), 2023),
            ("预算安排", "公务用车运行维护费", D(35), 2023),
        ],
    ),
    (
        "全年公务接待费支出约三万元，维修费支出壹拾贰万元，依据《三万元以下采购办法》。",
        [("公务接待费", None, D(3), 2023), ("维修费支出", None, D(12), 2023)],
    ),
    (
        "公务接待费决算数大于预算数，预算3万元，决算4.2万元，决算数大于预算数1.2万元。",
        [
            ("预算安排", "公务接待费", D(3), 2023),
            ("公务接待费", None, D("4.2"), 2023),
            ("增减额", "公务接待费", D("1.2"), 2023),
        ],
    ),
    (
        "公务用车运行维护费与上年持平，为5万元。决算数小于年初预算数1.2万元。",
        [("公务用车运行维护费", None, D(5), 2023)],
    ),
    (
        "2023年度收入总计120.5万元，支出总计118万元。",
        [("收入总计", None, D("120.5"), 2023), ("支出总计", None, D(118), 2023)],
    ),
    (
        "2023年度收、支总计均为88.6万元。与2022年度相比，收、支总计各减少3.2万元，下降3.49%。",
        [
            ("收入总计", None, D("88.6"), 2023),
            ("支出总计", None, D("88.6"), 2023),
            ("增减额", "收入总计", D("-3.2"), 2023),
            ("增减额", "支出总计", D("-3.2"), 2023),
        ],
    ),
    (
        "2023年度财政拨款收入支出总计66万元。与2022年度相比，收入支出总计增加2万元。",
        [
            ("财政拨款收入总计", None, D(66), 2023),
            ("财政拨款支出总计", None, D(66), 2023),
            ("增减额", "财政拨款收入总计", D(2), 2023),
            ("增减额", "财政拨款支出总计", D(2), 2023),
        ],
    ),
    (
        "2023年度总收入90万元，其中：一般公共预算财政拨款60万元；政府性基金预算财政拨款20万元；其他收入10万元。",
        [
            ("收入总计", None, D(90), 2023),
            ("一般公共预算财政拨款收入", None, D(60), 2023),
            ("政府性基金预算财政拨款收入", None, D(20), 2023),
            ("其他收入", None, D(10), 2023),
        ],
    ),
    (
        '"三公"经费年初预算8万元，实际支出7.5万元。',
        [("年初预算", "“三公”经费", D(8), 2023), ("“三公”经费", None, D("7.5"), 2023)],
    ),
    (
        "年初预算100万元，年中追加20万元，调整后预算120万元。",
        [
            ("年初预算", None, D(100), 2023),
            ("增减额", "预算追加", D(20), 2023),
            ("调整后预算", None, D(120), 2023),
        ],
    ),
    (
        "2023年我局共支出512万元，其中人员经费支出400万元，日常公用经费支出62万元，项目经费支出50万元。",
        [
            ("本年支出", None, D(512), 2023),
            ("人员经费", None, D(400), 2023),
            ("公用经费", None, D(62), 2023),
            ("项目支出", None, D(50), 2023),
        ],
    ),
    (
        "2023年本部门共收入经费512万元，其中人员经费收入400万元，项目经费112万元。",
        [
            ("本年收入", None, D(512), 2023),
            ("人员经费收入", None, D(400), 2023),
            ("项目经费收入", None, D(112), 2023),
        ],
    ),
    (
        "年初预算数300万，调整后预算数310万元，年终实际资金执行数290.5。",
        [
            ("年初预算", None, D(300), 2023),
            ("调整后预算", None, D(310), 2023),
            ("预算执行数", None, D("290.5"), 2023),
        ],
    ),
    (
        "“三公”经费财政拨款支出年初预算为9万元，支出决算为7.5万元，其中：公务接待费支出决算1.5万元。",
        [
            ("年初预算", "“三公”经费", D(9), 2023),
            ("“三公”经费", None, D("7.5"), 2023),
            ("公务接待费", None, D("1.5"), 2023),
        ],
    ),
    (
        "2023年末资产总额86.2万元，其中：固定资产80万元。负债3.1万元，比上年末的2.6万元增加0.5万元。",
        [
            ("总资产", None, D("86.2"), 2023),
            ("固定资产", None, D(80), 2023),
            ("负债", None, D("3.1"), 2023),
            ("负债", None, D("2.6"), 2022),
            ("增减额", "负债", D("0.5"), 2023),
        ],
    ),
    (
        "项目支出90万元，分别为校舍维修改造60万元、教师培训30万元。",
        [
            ("项目支出", None, D(90), 2023),
            ("项目支出", "校舍维修改造", D(60), 2023),
            ("项目支出", "教师培训", D(30), 2023),
        ],
    ),
    (
        "公务用车购置支出18万元。其中：轿车1辆、金额18万元。国内公务接待6批次，42人次，共计支出0.9万元。",
        [
            ("公务用车购置费", None, D(18), 2023),
            ("公务用车购置费", "轿车", D(18), 2023),
            ("国内公务接待费", None, D("0.9"), 2023),
        ],
    ),
    (
        "一般公共预算财政拨款支出75万元，主要用于以下方面：教育支出60万元；住房保障支出15万元。",
        [
            ("一般公共预算财政拨款支出", None, D(75), 2023),
            ("功能分类支出", "教育支出", D(60), 2023),
            ("功能分类支出", "住房保障支出", D(15), 2023),
        ],
    ),
    (
        "预算安排为会议费8万元，印刷费2万元。",
        [("预算安排", "会议费", D(8), 2023), ("预算安排", "印刷费", D(2), 2023)],
    ),
    (
        "部门预算批复数200万元，决算数190万元。一般公共预算财政拨款基本支出150万元，其中：工资福利支出120万元、差旅费3万元。",
        [
            ("预算安排", None, D(200), 2023),
            ("预算执行数", None, D(190), 2023),
            ("基本支出", None, D(150), 2023),
            ("工资福利支出", None, D(120), 2023),
            ("基本支出", "差旅费", D(3), 2023),
        ],
    ),
    (
        "2024年收入预算300万元，比2023年预算280万元增加20万元。在建工程1项26万元。",
        [
            ("收入预算", None, D(300), 2024),
            ("收入预算", None, D(280), 2023),
            ("增减额", "收入预算", D(20), 2024),
            ("在建工程", None, D(26), 2024),
        ],
    ),
    (
        "上年结转资金5万元，该项目2023年安排30万元。",
        [("年初结转和结余", None, D(5), 2023), ("预算安排", None, D(30), 2023)],
    ),
    ("2022年县教育局政府采购支出总额33万元。", [("政府采购", None, D(33), 2022)]),
]


@pytest.mark.parametrize(("body", "expected"), SENTENCES, ids=[body[:18] for body, _ in SENTENCES])
def test_a_sentence_gives_its_amounts(facts: Facts, body: str, expected: list[tuple[str, str, Decimal, int]]) -> None:
    assert said(facts, body + "\n") == expected


FUNCTIONAL = [
    "205（教育支出）02（普通教育）02（小学教育）：支出决算为{}万元，完成预算100%。",
    "教育支出（205）普通教育（02）小学教育（02）：支出决算为{}万元。",
    "205教育支出（类）02普通教育（款）02小学教育（项）。主要用于：小学日常运转。支出决算为{}万元。",
    "“教育支出205（类）普通教育20502（款）小学教育2050202（项）”{}万元，主要用于小学。",
]


@pytest.mark.parametrize("pattern", FUNCTIONAL)
def test_a_functional_class_is_read_in_each_notation(facts: Facts, pattern: str) -> None:
    [amount] = amounts(facts, pattern.format("41.3") + "\n")
    assert (amount.measure, amount.code, amount.name) == ("功能分类支出", "2050202", "小学教育")
    assert amount.value_yuan == D(413000)
    assert "小学教育" in amount.evidence.quote


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
