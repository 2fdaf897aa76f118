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


def test_what_is_compared_with_is_named_without_its_aside(facts: Facts) -> None:
    found = amounts(facts, "财政拨款收入80万元，比2022年（上一年度，下同）预算增加5万元。")
    assert [amount.relative_to for amount in found] == [None, "2022年预算"]


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
        for measure, value in (("本年支出", D(80)), ("基本支出", D(60)))
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


def test_a_colon_behind_the_label_of_a_row_is_no_part_of_it(facts: Facts) -> None:
    text = (
        "项目支出绩效自评表\n（2024年度）\n| 项目名称 | 渡口补助 | | | |\n|---|---|---|---|---|\n"
        "| 项目资金（万元） | | 年初预算数 | 全年执行数 | 执行率 |\n| | 年度资金总额： | 85.00 | 80.75 | 95% |\n"
    )
    amounts = [amount for amount in facts("amount", text) if isinstance(amount, Amount)]
    assert {(a.measure, a.item) for a in amounts} == {("年初预算", None), ("预算执行数", None)}
