"""Amounts in tables of money and in forms."""

from __future__ import annotations

from decimal import Decimal

import pytest
from amounts import D, Facts, amounts, said

from kg.facts import Amount

FUND_FORM = """项目支出绩效自评表
（2023年度）
项目名称\t校车运营补贴
主管部门\t白石县教育局
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率
\t年度资金总额\t40.00\t45.00\t44.10\t10\t98.00%
\t其中：财政拨款\t40.00\t45.00\t44.10\t—\t98.00%
\t其他资金\t\t\t\t—\t—
"""


def test_the_money_rows_of_a_form_belong_to_its_project(facts: Facts) -> None:
    found = [f for f in facts("amount", FUND_FORM) if isinstance(f, Amount)]
    assert [(a.measure, a.item, a.value, a.unit) for a in found] == [
        ("年初预算", None, D("40.00"), "万元"),
        ("调整后预算", None, D("45.00"), "万元"),
        ("预算执行数", None, D("44.10"), "万元"),
        ("年初预算", "财政拨款", D("40.00"), "万元"),
        ("调整后预算", "财政拨款", D("45.00"), "万元"),
        ("预算执行数", "财政拨款", D("44.10"), "万元"),
    ]
    assert {a.subject for a in found} == {"校车运营补贴"}


TOTALS = """收入支出决算总表
单位：万元
项目\t决算数\t项目\t决算数
一、一般公共预算财政拨款收入\t90.00\t一、教育支出\t80.00
二、事业收入\t\t二、住房保障支出\t12.00
本年收入合计\t90.00\t本年支出合计\t92.00
年初结转和结余\t5.00\t年末结转和结余\t3.00
总计\t95.00\t总计\t95.00
"""


def test_a_table_with_two_sides_keeps_them_apart(facts: Facts) -> None:
    assert [(m, i, v) for m, i, v, _ in said(facts, TOTALS)] == [
        ("一般公共预算财政拨款收入", None, D("90.00")),
        ("功能分类支出", "教育支出", D("80.00")),
        ("功能分类支出", "住房保障支出", D("12.00")),
        ("本年收入", None, D("90.00")),
        ("本年支出", None, D("92.00")),
        ("年初结转和结余", None, D("5.00")),
        ("年末结转和结余", None, D("3.00")),
        ("收入总计", None, D("95.00")),
        ("支出总计", None, D("95.00")),
    ]


BY_CLASS = """支出决算表
单位：元
科目编码\t科目名称\t合计\t基本支出\t项目支出
20502\t普通教育\t900,000\t700,000\t200,000
2050202\t小学教育\t600,000\t600,000\t0
合计\t\t900,000\t700,000\t200,000
"""


def test_rows_by_class_carry_code_and_column(facts: Facts) -> None:
    found = amounts(facts, BY_CLASS)
    assert [(a.measure, a.code, a.value_yuan) for a in found[:3]] == [
        ("功能分类支出", "20502", D(900000)),
        ("基本支出", "20502", D(700000)),
        ("项目支出", "20502", D(200000)),
    ]
    assert [(a.measure, a.code) for a in found[-3:]] == [("本年支出", None), ("基本支出", None), ("项目支出", None)]


def test_a_table_without_a_unit_gives_no_amounts(facts: Facts) -> None:
    assert not amounts(facts, BY_CLASS.replace("单位：元\n", ""))


def tabled(facts: Facts, body: str) -> list[tuple[str, str | None, Decimal]]:
    """What the amounts of an HTML report with the tables `body` are of."""
    page = f"<html><body><h1>白石县教育局2023年度部门决算</h1>{body}</body></html>"
    found = [f for f in facts("amount", page, "决算.html") if isinstance(f, Amount)]
    return [(a.measure, a.item or (f"{a.code} {a.name}" if a.code else a.name), a.value) for a in found]


def table(title: str, *rows: str) -> str:
    """A table under its heading: cells parted by |, `N>` before one that spans N columns."""
    lines = []
    for row in rows:
        cells = []
        for cell in row.split("|"):
            span, mark, words = cell.strip().rpartition(">")
            cells.append(f"<td colspan={span}>{words}</td>" if mark else f"<td>{words}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<h2>{title}</h2><p>单位：万元</p><table border=1>{''.join(lines)}</table>"


def test_totals_of_the_appropriation_are_its_own_in_a_budget_too(facts: Facts) -> None:
    rows = ("2>本年收入|2>本年支出", "项目|预算数|项目|预算数", "收入总计|80|支出总计|80")
    whole, appropriation = table("部门收支预算总表", *rows), table("部门财政拨款收支预算总表", *rows)
    assert [item for _, item, _ in tabled(facts, whole)] == ["收入总计", "支出总计"]
    assert [item for _, item, _ in tabled(facts, appropriation)] == ["财政拨款收入总计", "财政拨款支出总计"]


def test_classes_of_all_three_levels_keep_code_and_name_where_each_digit_group_has_its_column(facts: Facts) -> None:
    # Final accounts put 类, 款 and 项 in three columns; the rows of the upper levels leave the others empty.
    body = table(
        "支出决算表",
        "4>项目|本年支出合计|基本支出",
        "3>科目编码|科目名称|本年支出合计|基本支出",
        "类|款|项|科目名称|本年支出合计|基本支出",
        "205| | |教育支出|80.00|60.00",
        "205|02| |普通教育|80.00|60.00",
        "205|02|01|学前教育|80.00|60.00",
    )
    assert tabled(facts, body) == [
        (measure, name, value)
        for name in ("205 教育支出", "20502 普通教育", "2050201 学前教育")
        for measure, value in (("功能分类支出", D(80)), ("基本支出", D(60)))
    ]


def test_the_total_of_a_budget_of_income_is_income(facts: Facts) -> None:
    body = table(
        "部门收入预算总表",
        "4>项目|2>收入预算",
        "3>科目编码|科目名称|合计|事业收入",
        "类|款|项|科目名称|合计|事业收入",
        "205| | |教育支出|90|30",
        "4>合计|90|30",
    )
    assert tabled(facts, body) == [
        ("收入预算", "205 教育支出", D(90)),
        ("事业收入", "205 教育支出", D(30)),
        ("收入预算", None, D(90)),
        ("事业收入", None, D(30)),
    ]


def test_heads_in_three_rows_name_the_numbers_below_them(facts: Facts) -> None:
    body = table(
        "“三公”经费预算表",
        "6>“三公”经费预算数",
        "合计|因公出国（境）费|公务接待费|3>公务用车购置及运行费",
        "合计|因公出国（境）费|公务接待费|小计|购置费|运行费",
        "9.5|0|1.5|8|0|8",
    )
    assert tabled(facts, body) == [
        ("预算安排", "“三公”经费", D("9.5")),
        ("预算安排", "因公出国（境）费", D(0)),
        ("预算安排", "公务接待费", D("1.5")),
        ("预算安排", "公务用车购置及运行维护费", D(8)),
        ("预算安排", "公务用车购置费", D(0)),
        ("预算安排", "公务用车运行维护费", D(8)),
    ]


def test_the_accounts_of_the_appropriation_are_not_those_of_the_department(facts: Facts) -> None:
    body = table(
        "财政拨款收入支出决算总表",
        "2>收入|3>支出",
        "项目|决算数|项目|合计|一般公共预算财政拨款",
        "一、一般公共预算财政拨款|70|一、教育支出|72|72",
        "本年收入合计|70|本年支出合计|72|72",
        "年初财政拨款结转和结余|5|年末财政拨款结转和结余|3|3",
        "一、一般公共预算财政拨款|5| | | ",
        "总计|75|总计|75|75",
    )
    assert tabled(facts, body) == [
        ("一般公共预算财政拨款收入", None, D(70)),
        ("功能分类支出", "教育支出", D(72)),
        ("一般公共预算财政拨款支出", "教育支出", D(72)),
        ("财政拨款收入", None, D(70)),
        ("财政拨款支出", None, D(72)),
        ("一般公共预算财政拨款支出", None, D(72)),
        ("年初财政拨款结转和结余", None, D(5)),
        ("年末财政拨款结转和结余", None, D(3)),
        ("年末财政拨款结转和结余", "一般公共预算财政拨款", D(3)),
        ("年初财政拨款结转和结余", "一般公共预算财政拨款", D(5)),
        ("财政拨款收入总计", None, D(75)),
        ("财政拨款支出总计", None, D(75)),
        ("一般公共预算财政拨款支出总计", None, D(75)),
    ]


def test_a_form_that_sets_each_sum_beside_its_label(facts: Facts) -> None:
    body = table(
        "项目支出绩效目标表",
        "项目名称|2>校舍加固经费|项目类别|经常性",
        "项目资金（元）|项目资金总额|90,000.00|年度资金申请总额|40,000.00",
        "项目资金（元）|其中：财政资金|90,000.00|其中：当年财政拨款|40,000.00",
    )
    found = facts("amount", f"<h1>白石县教育局2023年度部门预算</h1>{body}", "预算.html")
    assert [(a.subject, a.measure, a.item, a.value) for a in found if isinstance(a, Amount)] == [
        ("校舍加固经费", "项目资金总额", None, D(90000)),
        ("校舍加固经费", "年度资金申请总额", None, D(40000)),
        ("校舍加固经费", "项目资金总额", "财政资金", D(90000)),
        ("校舍加固经费", "年度资金申请总额", "当年财政拨款", D(40000)),
    ]


@pytest.mark.parametrize("unit", ["", "万元"])
def test_a_title_beside_the_money_of_a_form_is_no_item(facts: Facts, unit: str) -> None:
    head = "年初预算（万元）|调整后预算（万元）|预算执行数（万元）" if not unit else "年初预算|调整后预算|预算执行数"
    body = table(
        "自评表",
        "项目名称|3>校舍加固",
        f"预算执行情况（10分）|{head}",
        f"预算执行情况（10分）|80{unit}|90{unit}|85{unit}",
    ).replace("<p>单位：万元</p>", "")
    assert tabled(facts, body) == [("年初预算", None, D(80)), ("调整后预算", None, D(90)), ("预算执行数", None, D(85))]


def test_the_numbers_of_rows_and_columns_are_no_money(facts: Facts) -> None:
    """The national form of the nine tables numbers its rows (行次) and columns (栏次)."""
    table = (
        "青山县水务局2024年度部门决算\n\n一、收入支出决算总表\n单位：万元\n项目\t行次\t决算数\t项目\t行次\t决算数\n"
        "栏次\t\t1\t栏次\t\t2\n一、财政拨款收入\t1\t88.20\t一、农林水支出\t32\t80.10\n二、其他收入\t2\t1.80\t二、住房保障支出\t33\t9.90\n"
    )
    found = [fact for fact in facts("amount", table) if isinstance(fact, Amount)]
    assert [(str(fact.value), fact.evidence.quote.split("\t")[0]) for fact in found] == [
        ("88.20", "一、财政拨款收入"),
        ("80.10", "一、农林水支出"),
        ("1.80", "二、其他收入"),
        ("9.90", "二、住房保障支出"),
    ]


def test_a_colon_behind_the_label_of_a_row_is_no_part_of_it(facts: Facts) -> None:
    text = (
        "项目支出绩效自评表\n（2024年度）\n| 项目名称 | 渡口补助 | | | |\n|---|---|---|---|---|\n"
        "| 项目资金（万元） | | 年初预算数 | 全年执行数 | 执行率 |\n| | 年度资金总额： | 85.00 | 80.75 | 95% |\n"
    )
    amounts = [amount for amount in facts("amount", text) if isinstance(amount, Amount)]
    assert {(a.measure, a.item) for a in amounts} == {("年初预算", None), ("预算执行数", None)}


BASIC = """经费控制情况\t2022年决算数\t2023年预算数\t2023年决算数
“三公”经费\t5.03\t6.00\t4.26
项目支出：\t60.00\t80.00\t75.00
1、校园维修补助资金\t60.00\t80.00\t75.00
公用经费\t45.30\t44.80\t42.57
"""


def test_a_note_below_a_table_tells_its_unit(facts: Facts) -> None:
    assert amounts(facts, BASIC) == []
    found = amounts(facts, f"{BASIC}厉行节约保障措施\n制定公务接待办法。\n说明：请据实填写；金额单位为万元。\n")
    assert {(a.measure, a.item, a.value, a.year) for a in found if a.value_yuan in (50300, 60000)} == {
        ("“三公”经费", None, D("5.03"), 2022),
        ("预算安排", "“三公”经费", D("6.00"), 2023),
    }


def test_the_unit_of_the_next_table_is_not_this_ones(facts: Facts) -> None:
    assert {a.measure for a in amounts(facts, f"{BASIC}\n二、资产\n单位：万元\n固定资产\t年末数\n房屋\t20\n")} <= {
        "固定资产"
    }


def test_numbered_rows_under_project_spending_are_projects(facts: Facts) -> None:
    found = amounts(facts, f"单位：万元\n{BASIC}")
    assert [(a.measure, a.value, a.year) for a in found if a.subject == "校园维修补助资金"] == [
        ("预算执行数", 60, 2022),
        ("预算安排", 80, 2023),
        ("预算执行数", 75, 2023),
    ]


def test_a_total_in_the_table_of_one_fund_is_of_that_fund_alone(facts: Facts) -> None:
    rows = ("项目|本年支出|基本支出", "合计|70.00|50.00", "205 教育支出|70.00|50.00")
    body = table("一般公共预算财政拨款支出决算表", *rows)
    assert tabled(facts, body) == [
        ("一般公共预算财政拨款支出", None, D(70)),
        ("基本支出", None, D(50)),
        ("功能分类支出", "205 教育支出", D(70)),
        ("基本支出", "205 教育支出", D(50)),
    ]


def test_a_head_that_opens_with_its_stage_says_of_which_the_row_below_is(facts: Facts) -> None:
    heads = "合计|因公出国（境）费|公务接待费"
    body = table("财政拨款“三公”经费支出决算表", f"预算数：{heads}", "9.5|8|1.5", f"决算数：{heads}", "7.2|6|1.2")
    assert tabled(facts, body) == [
        ("预算安排", "“三公”经费", D("9.5")),
        ("预算安排", "因公出国（境）费", D(8)),
        ("预算安排", "公务接待费", D("1.5")),
        ("“三公”经费", None, D("7.2")),
        ("因公出国（境）费", None, D(6)),
        ("公务接待费", None, D("1.2")),
    ]


def test_a_column_of_a_fund_is_on_the_side_of_the_labels_before_it(facts: Facts) -> None:
    body = table(
        "财政拨款收入支出决算总表",
        "收入项目|决算数|支出项目|合计|一般公共预算财政拨款",
        "本年收入合计|70|本年支出合计|72|66",
    )
    assert tabled(facts, body) == [
        ("财政拨款收入", None, D(70)),
        ("财政拨款支出", None, D(72)),
        ("一般公共预算财政拨款支出", None, D(66)),
    ]
