"""Rates: shares, execution, growth, and rates with a name, in sentences and tables."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from kg.facts import Fact, Rate

Facts = Callable[..., list[Fact]]
HEAD = "白石县卫生健康局2023年度部门整体支出绩效自评报告\n\n一、绩效目标完成情况\n\n"
D = Decimal


def rates(facts: Facts, body: str) -> list[Rate]:
    return [fact for fact in facts("rate", HEAD + body) if isinstance(fact, Rate)]


def said(facts: Facts, body: str) -> list[tuple[str, Decimal, str | None]]:
    return [(r.measure, r.value, r.relative_to) for r in rates(facts, body)]


SENTENCES = [
    (
        "2023年度本年支出合计80万元，其中：基本支出60万元，占75%；项目支出20万元，占25%。",
        [("基本支出占比", D(75), "本年支出"), ("项目支出占比", D(25), "本年支出")],
    ),
    (
        "一般公共预算财政拨款支出70万元，占本年支出合计的87.5%。",
        [("一般公共预算财政拨款支出占比", D("87.5"), "本年支出")],
    ),
    (
        "2023年度“三公”经费财政拨款支出决算中，公务接待费支出决算2万元，占40%。",
        [("公务接待费占比", D(40), "“三公”经费")],
    ),
    ("受汛期影响，上半年支出进度仅为41.2%。", [("上半年支出进度", D("41.2"), None)]),
    (
        "管理水库8座、山塘26座，安全鉴定率分别为100%和92.3%。",
        [("管理水库安全鉴定率", D(100), None), ("山塘安全鉴定率", D("92.3"), None)],
    ),
    ("5个省、市控断面水质达标率98%。", [("省、市控断面水质达标率", D(98), None)]),
    (
        "2024年度总收入500万元，其中：一般公共预算财政拨款400万元，占80%；其他收入100万元，占20%。",
        [("一般公共预算财政拨款收入占比", D(80), "收入总计"), ("其他收入占比", D(20), "收入总计")],
    ),
    ("公务接待费支出2万元，完成预算的80%。", [("公务接待费预算执行率", D(80), None)]),
    ("年初预算100万元，调整后预算120万元，预算执行率95.5%。", [("预算执行率", D("95.5"), None)]),
    (
        "210（卫生健康支出）01（卫生健康管理事务）01（行政运行）：支出决算为30万元，完成年初预算的98%。",
        [("行政运行预算执行率", D(98), None)],
    ),
    ("机关运行经费支出12万元，比2022年度减少3万元，下降20%。", [("机关运行经费增长率", D(-20), "2022年度")]),
    (
        "总资产比去年减少4万元，降幅8.2%；负债减少1万元，降幅50%。",
        [("总资产降幅", D("8.2"), None), ("负债降幅", D(50), None)],
    ),
    (
        "新建村卫生室12个，改造门诊8个，分别增长20%和33.3%。",
        [("新建村卫生室增长率", D(20), None), ("改造门诊增长率", D("33.3"), None)],
    ),
    ("患者满意度由86%提高到93.4%。", [("患者满意度", D("93.4"), None)]),
    ("疫苗接种率、建档率均达到98%以上。", [("疫苗接种率", D(98), None), ("建档率", D(98), None)]),
    ("1—12月预算执行总体进度为97%。", [("预算执行率", D(97), None)]),
    ("受理投诉40件，办结率100%。", [("受理投诉办结率", D(100), None)]),
    ("各项培训都在年内完成，合格率100%。", [("各项培训合格率", D(100), None)]),
    ("农村自来水普及率达94%。", [("农村自来水普及率", D(94), None)]),
]


@pytest.mark.parametrize(("body", "expected"), SENTENCES, ids=[body[:18] for body, _ in SENTENCES])
def test_a_sentence_gives_its_rates(facts: Facts, body: str, expected: list[tuple[str, Decimal, str | None]]) -> None:
    assert said(facts, body + "\n") == expected


def test_a_hedge_is_kept(facts: Facts) -> None:
    [rate] = rates(facts, "群众满意度不低于95%。\n")
    assert (rate.value, rate.comparator, rate.year) == (D(95), "不低于", 2023)


@pytest.mark.parametrize(
    "body",
    [
        "产出指标权重50%，效益指标权重30%。",
        "完成率为100%-150%。",
        "工程款付至85%。",
        "《关于做好2023年5%抽检工作的通知》已印发。",
    ],
)
def test_what_names_no_rate_gives_none(facts: Facts, body: str) -> None:
    assert not rates(facts, body + "\n")


def test_a_proof_holds_the_words_that_name(facts: Facts) -> None:
    [rate] = rates(facts, "2023年度机关运行经费支出12万元，增长3.4%。\n")
    assert rate.evidence.quote == "2023年度机关运行经费支出12万元，增长3.4%"


LIST = """二、项目支出情况（单位：万元）
项目名称\t预算数\t执行数\t执行率
村医补助\t50.00\t49.00\t98.00%
疾病筛查\t20.00\t20.00\t100.00%
"""


def test_a_list_of_projects_gives_each_its_rate(facts: Facts) -> None:
    assert [(r.subject, r.measure, r.value) for r in rates(facts, LIST)] == [
        ("村医补助", "预算执行率", D("98.00")),
        ("疾病筛查", "预算执行率", D("100.00")),
    ]


def test_another_year_changes_only_the_year(facts: Facts) -> None:
    body = "2023年患者满意度93%，建档率98%。\n"
    before, after = rates(facts, body), rates(facts, body.replace("2023年", "2022年"))
    assert [(r.measure, r.value) for r in before] == [(r.measure, r.value) for r in after]
    assert {r.year for r in before} == {2023}
    assert {r.year for r in after} == {2022}


def test_the_result_of_a_survey_is_the_satisfaction_itself(facts: Facts) -> None:
    text = "青山县水务局2024年度部门整体支出绩效自评报告\n三、履职情况\n群众满意度调查结果为89.5%。\n"
    rates = [rate for rate in facts("rate", text) if isinstance(rate, Rate)]
    assert [(r.measure, r.value) for r in rates] == [("群众满意度", Decimal("89.5"))]


def test_only_is_no_part_of_what_a_share_is_of(facts: Facts) -> None:
    text = "青山县水务局2024年度部门整体支出绩效自评报告\n三、问题\n45岁以下人员仅占28%。\n"
    assert [rate.measure for rate in facts("rate", text) if isinstance(rate, Rate)] == ["45岁以下人员占比"]


def test_a_range_states_both_of_its_ends(facts: Facts) -> None:
    found = rates(facts, "苗木成活率在90%—95%之间，测评满意率稳定在92%至94%之间。\n")
    assert [(r.measure, r.value, r.comparator) for r in found] == [
        ("苗木成活率", 90, "之间"),
        ("苗木成活率", 95, "之间"),
        ("测评满意率", 92, "之间"),
        ("测评满意率", 94, "之间"),
    ]


def test_a_range_for_which_points_are_given_states_nothing(facts: Facts) -> None:
    assert rates(facts, "支出进度在80%-90%之间的，得3分；在70%—80%之间得2分。\n") == []


def test_a_rate_told_of_each_of_two_projects(facts: Facts) -> None:
    found = rates(facts, "河堤加固和泵站改造两个项目执行率分别只有85%和78%，低于序时进度。\n")
    assert [(r.measure, r.value) for r in found] == [("河堤加固执行率", 85), ("泵站改造执行率", 78)]


def test_a_comparison_in_a_sentence_of_its_own_is_of_the_whole(facts: Facts) -> None:
    text = "“三公”经费支出预算为9万元，其中：公务用车运行维护费7万元，公务接待费2万元。与2022年预算相比增长12.5%。\n"
    assert [(r.measure, r.value) for r in rates(facts, text)] == [("“三公”经费增长率", Decimal("12.5"))]


def test_a_share_behind_brackets_is_of_what_stands_before_them(facts: Facts) -> None:
    text = "全年总支出100万元，其中基本支出60万元（人员经费50万元、公用经费10万元），占60%。\n"
    assert [(r.measure, r.value) for r in rates(facts, text)] == [("基本支出占比", 60)]


def test_only_the_sentence_of_the_goal_tells_what_is_planned(facts: Facts) -> None:
    text = (
        "青山县水务局2024年度部门整体支出绩效自评报告\n一、收支与绩效目标\n"
        "全年预算执行率99%。核心绩效目标：支付及时率≥97%、验收合格率≥98%。\n"
    )
    found = [rate for rate in facts("rate", text) if isinstance(rate, Rate)]
    assert [(r.measure, r.value) for r in found] == [("预算执行率", 99), ("目标支付及时率", 97), ("目标验收合格率", 98)]


def test_a_rate_that_rose_from_the_year_before(facts: Facts) -> None:
    found = rates(facts, "自来水普及率由上年的87.6%提高到91.3%。\n")
    assert [(r.measure, r.value) for r in found] == [("自来水普及率", Decimal("91.3"))]


def test_months_have_each_their_own_progress(facts: Facts) -> None:
    text = "6月、9月部门预算执行进度分别为48.2%、71.6%，未达到9月不低于75%的要求。\n"
    assert [(r.measure, r.value) for r in rates(facts, text)][:2] == [
        ("6月预算执行进度", Decimal("48.2")),
        ("9月部门预算执行进度", Decimal("71.6")),
    ]
    assert facts("indicator", f"青山县水务局2024年度部门整体支出绩效自评报告\n三、绩效情况\n{text}") == []


def test_a_rate_goes_on_about_the_money_before_it(facts: Facts) -> None:
    text = "青山县水务局2024年度部门整体支出绩效自评报告\n二、资金到位情况\n县级配套资金到位20万元，到位率50%。\n"
    found = [rate for rate in facts("rate", text) if isinstance(rate, Rate)]
    assert [(r.measure, r.value) for r in found] == [("县级配套资金到位率", 50)]
