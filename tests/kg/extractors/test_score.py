"""Scores and grades in sentences, in lists and in forms."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.examine import examine
from kg.facts import Fact, Score

Facts = Callable[..., list[Fact]]
OFFICE = "青山县水务局"
TITLE = f"{OFFICE}2024年度部门整体支出绩效自评报告\n"


def scores(facts: Facts, text: str) -> list[Score]:
    return [score for score in facts("score", TITLE + text) if isinstance(score, Score)]


def said(facts: Facts, text: str) -> list[tuple[Any, ...]]:
    """Dimension, value, maximum and grade of every score in a conclusion."""
    return [(s.dimension, s.value, s.max, s.grade) for s in scores(facts, f"四、评价结论\n{text}\n")]


@pytest.mark.parametrize(
    "text",
    [
        "我局2024年度部门整体支出综合绩效评价得分98分，绩效评价等级为优秀。",
        "根据履职情况综合评价，本部门总得分为98分，评价等级为“优秀”。",
        "本部门得分98分，结果为优秀。",
        "自评总分98分，综合自评结果优秀。",
        "部门整体（含部门预算项目）绩效自评得分为98分，自评等次优秀。",
        "对照《部门整体支出》绩效自评分数 98 分,自评等次为优秀。",
    ],
)
def test_the_whole_is_the_whole_whatever_it_is_called(facts: Facts, text: str) -> None:
    assert said(facts, text) == [("综合", Decimal(98), None, "优秀")]


def test_a_grade_alone_is_a_fact(facts: Facts) -> None:
    assert said(facts, "对照各项指标，自评结论为良好。") == [("综合", None, None, "良好")]


def test_a_grade_of_something_else_is_none(facts: Facts) -> None:
    assert not said(facts, "单元工程质量评定全部合格，评价等级分为优秀、良好、中、差。")


def test_what_points_there_are_is_a_maximum(facts: Facts) -> None:
    assert said(facts, "自评总分设定为100分。") == [("综合", None, Decimal(100), None)]


def test_points_of_dimensions_stand_beside_the_whole(facts: Facts) -> None:
    text = "预算执行得9.9分，产出得48分，效益得28分，综合得分95.9分，等级为优。"
    assert said(facts, text) == [
        ("预算执行率指标", Decimal("9.9"), None, None),
        ("产出指标", Decimal(48), None, None),
        ("效益指标", Decimal(28), None, None),
        ("综合", Decimal("95.9"), None, "优"),
    ]


@pytest.mark.parametrize(
    "text", ["投入指标15分，得14分。", "投入指标得分14分（满分15分）。", "投入指标（15分）：目标明确，扣1分，得14分。"]
)
def test_a_maximum_may_stand_before_or_behind(facts: Facts, text: str) -> None:
    assert said(facts, f"其中，{text}") == [("投入指标", Decimal(14), Decimal(15), None)]


def test_a_bare_score_is_about_its_heading(facts: Facts) -> None:
    text = (
        "（一）总体绩效分析\n1.履职效能。全年完成清淤18公里，取得良好效果，得20分。\n"
        "2.资产管理。账实相符。满分10分，得9分。\n"
    )
    assert [(s.dimension, s.value, s.max) for s in scores(facts, text)] == [
        ("履职效能", Decimal(20), None),
        ("资产管理", Decimal(9), Decimal(10)),
    ]


def test_items_under_a_heading_are_its_parts(facts: Facts) -> None:
    text = (
        "（一）总体绩效分析\n2.预算管理。一是预算编制的完整性，得10分；二是预算执行的有效性，得17分。\n3.其他。无。\n"
    )
    assert [(s.dimension, s.parent_dimension, s.value) for s in scores(facts, text)] == [
        ("预算编制的完整性", "预算管理", Decimal(10)),
        ("预算执行的有效性", "预算管理", Decimal(17)),
    ]


def test_a_score_may_be_of_the_thing_counted_before_it(facts: Facts) -> None:
    text = "新建泵站21座，得分70分，其中大型泵站2座得分20分，总分90分，综合自评结果优秀。"
    assert said(facts, text) == [
        ("新建泵站", Decimal(70), None, None),
        ("大型泵站", Decimal(20), None, None),
        ("综合", Decimal(90), None, "优秀"),
    ]


def test_projects_that_are_counted_are_the_subject(facts: Facts) -> None:
    text = "四、评价结论\n对以上9个项目进行综合评价，评价结果均在98分以上，等级为优秀。\n"
    (score,) = scores(facts, text)
    assert (score.subject, score.value, score.comparator, score.grade) == ("以上9个项目", Decimal(98), "以上", "优秀")


def test_scores_told_together_share_subject_and_grade(facts: Facts) -> None:
    text = "四、评价结论\n其他2个项目自评得分分别为93分和92分，自评结果均为优秀。\n"
    assert [(s.subject, s.value, s.grade) for s in scores(facts, text)] == [
        ("其他2个项目", Decimal(93), "优秀"),
        ("其他2个项目", Decimal(92), "优秀"),
    ]


def test_a_projects_score_is_the_projects(facts: Facts) -> None:
    text = "（四）预算绩效管理情况\n部门整体支出绩效自评得分为98分。河道清淤专项预算项目绩效自评得分为97.7分。\n"
    assert [(s.subject, s.dimension, s.value) for s in scores(facts, text)] == [
        (OFFICE, "综合", Decimal(98)),
        ("河道清淤", "综合", Decimal("97.7")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "省绩效考核得分0.187分，全市排名第10。",
        "营商环境评价得分89分，位列全市第3。",
        "个别项目准备不足，扣2分。",
        "满意度年初目标值90分，实际完成值95分。",
    ],
)
def test_other_points_are_no_scores_of_ours(facts: Facts, text: str) -> None:
    assert not said(facts, text)


def test_a_list_gives_one_score_a_column(facts: Facts) -> None:
    text = (
        "项目名称\t产出指标完成得分情况\t预算执行率指标得分\t效益指标得分\t自评得分\t评价等级\n"
        "1、泵站改造\t50\t10\t28\t88\t良\n2、河道清淤\t50\t9.5\t30\t89.5\t良\n"
    )
    found = scores(facts, "四、评价结论\n" + text)
    assert [(s.subject, s.dimension, s.value, s.grade) for s in found[:4]] == [
        ("泵站改造", "产出指标", Decimal(50), None),
        ("泵站改造", "预算执行率指标", Decimal(10), None),
        ("泵站改造", "效益指标", Decimal(28), None),
        ("泵站改造", "综合", Decimal(88), "良"),
    ]
    assert len(found) == 8
    assert found[0].evidence.quote == "1、泵站改造\t50\t10\t28\t88\t良"


FORM = """
	项目名称
	河道清淤

	项目资金
	
	年初预算数
	全年预算数
	全年执行数
	分值
	执行率
	得分

	
	年度资金总额
	80
	90
	81
	10
	90%
	9

	
	其中：财政拨款
	80
	90
	81
	-
	90%
	-

	绩效指标
	一级指标
	二级指标
	三级指标
	年度指标值
	实际完成值
	分值
	得分

	
	产出指标
	数量指标
	清淤长度
	≥8公里
	8.6公里
	90
	88

	总分
	100
	97

	评价结论
	优秀

"""


def test_a_form_gives_execution_sum_and_grade(facts: Facts) -> None:
    found = scores(facts, "附表\n" + FORM)
    assert [(s.subject, s.dimension, s.value, s.max, s.grade) for s in found] == [
        ("河道清淤", "预算执行率指标", Decimal(9), Decimal(10), None),
        ("河道清淤", "综合", Decimal(97), Decimal(100), None),
        ("河道清淤", "综合", None, None, "优秀"),
    ]


def test_a_sum_of_people_is_no_score(facts: Facts) -> None:
    assert not scores(facts, "一、人员情况\n人员类别\t人数\n行政\t21\n合计\t58\n")


@settings(max_examples=25, deadline=None)
@given(st.decimals(50, 100, places=2), st.sampled_from(["优秀", "优", "良好", "良", "中", "差"]))
def test_every_score_and_grade_is_read_as_written(value: Decimal, grade: str) -> None:
    text = f"{TITLE}四、评价结论\n本部门整体支出绩效自评得分{value}分，评价等级为{grade}。\n"
    (score,) = [f for f in examine(text.encode(), "a.txt").facts if isinstance(f, Score)]
    assert (score.subject, score.value, score.grade) == (OFFICE, value, grade)


def test_the_scores_of_the_real_reports_are_found(shared: Any, facts: Facts) -> None:
    for name, count in (("000", 15), ("001", 1), ("003", 17)):
        path = next((shared / "seeds").glob(f"{name}*.txt"))
        assert len(facts("score", path.read_text(encoding="utf-8"), path.name)) == pytest.approx(count, abs=1)


@pytest.mark.parametrize(
    "piece", ["得1分,", "自评得分为", "满分100分", "预算编制:得5分;", "(", "“", "项目自评得分5分、"]
)
def test_a_hostile_line_comes_to_an_end(piece: str) -> None:
    assert examine((TITLE + "四、评价结论\n" + piece * 2000).encode(), "a.txt").document.parts


def test_dimensions_of_the_reports_own_with_their_points(facts: Facts) -> None:
    text = "按照评分标准逐项打分，决策部署20分，得19分；过程管控30分，得28.5分；产出50分，得49分。综合得分96.5分。"
    assert said(facts, text) == [
        ("决策部署", Decimal(19), Decimal(20), None),
        ("过程管控", Decimal("28.5"), Decimal(30), None),
        ("产出指标", Decimal(49), Decimal(50), None),
        ("综合", Decimal("96.5"), None, None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对照指标体系打分，自评总分100分，得97分，等级为优秀。", [("综合", Decimal(97), Decimal(100), "优秀")]),
        (
            "本次自评满分100分，自评得分95.5分。其中，履职效能满分50分，自评46.5分；管理效率满分50分，自评49分。",
            [
                ("综合", Decimal("95.5"), Decimal(100), None),
                ("履职效能", Decimal("46.5"), Decimal(50), None),
                ("管理效率", Decimal(49), Decimal(50), None),
            ],
        ),
        (
            "评分时，完成率在80%至90%之间的得3分；达到90%的，得5分。培训覆盖率指标得4分。",
            [("培训覆盖率指标", Decimal(4), None, None)],
        ),
        (
            "预算编制方面，新增项目均经绩效评估，得9分；资产管理方面，自评资产利用率98.5%，得10分。",
            [("预算编制", Decimal(9), None, None), ("资产管理", Decimal(10), None, None)],
        ),
    ],
)
def test_points_that_can_be_got_are_no_score(facts: Facts, text: str, expected: list[tuple[Any, ...]]) -> None:
    assert said(facts, text) == expected


def test_in_the_evaluation_is_no_grade(facts: Facts) -> None:
    assert said(facts, "绩效评价中，自评材料齐全。") == []


def test_a_heading_with_its_points_is_the_dimension(facts: Facts) -> None:
    text = (
        "四、管理效率分析（满分50分，自评48分）\n"
        "1.预算编制（4分）。新增预算项目绩效评估1个，得4分。\n"
        "2.预算执行（7分）。（1）预算约束性4分，年中追加32万元，扣0.5分，得3.5分；（2）财务合规性3分，得3分。\n"
    )
    assert [(s.dimension, s.value, s.max) for s in scores(facts, text)] == [
        ("管理效率", 48, 50),
        ("预算编制", 4, None),
        ("预算约束性", Decimal("3.5"), 4),
        ("财务合规性", 3, 3),
    ]


def test_points_in_brackets_before_the_score_are_its_maximum(facts: Facts) -> None:
    text = "对照评分细则，得分情况如下：预算管理（20分）得18.6分，履职成效（70分）得68.5分，总计87.1分，评定等级“良”。"
    assert said(facts, text) == [
        ("预算管理", Decimal("18.6"), Decimal(20), None),
        ("履职成效", Decimal("68.5"), Decimal(70), None),
        ("综合", Decimal("87.1"), None, "良"),
    ]


def test_points_in_brackets_behind_a_title_and_its_full_stop(facts: Facts) -> None:
    text = "2.绩效管理。（分值15分，得分13分）目标报送不及时，扣2分。\n3.采购管理。（分值5分，得分5分）。"
    assert said(facts, text) == [("绩效管理", 13, 15, None), ("采购管理", 5, 5, None)]


def test_points_right_behind_what_can_be_got(facts: Facts) -> None:
    text = "其中投入10分得10分,过程30分得27分，效果30分得29.5分。"
    assert [(value, most) for _, value, most, _ in said(facts, text)] == [(10, 10), (27, 30), (Decimal("29.5"), 30)]


def test_a_heading_that_speaks_of_this_indicator_is_its_dimension(facts: Facts) -> None:
    scored = scores(facts, "（二）履职效能分析（该指标分值50分，自评得分46.6分）\n正文。\n")
    assert [(s.dimension, s.value, s.max) for s in scored] == [("履职效能", Decimal("46.6"), 50)]


def test_our_town_is_no_dimension(facts: Facts) -> None:
    assert said(facts, "我镇2024年度部门整体支出绩效自评得分91.6分。") == [("综合", Decimal("91.6"), None, None)]


def test_a_score_behind_a_colon_and_the_offices_name_with_its_year(facts: Facts) -> None:
    assert said(facts, "云溪县卫生局2024年度部门整体绩效自评得分：95.2分。") == [("综合", Decimal("95.2"), None, None)]
    assert said(facts, "渡口维护项目2024年度绩效自评得分为95.2分。") != [("综合", Decimal("95.2"), None, None)]


def test_a_known_dimension_heads_the_words_that_lost_or_kept_its_points(facts: Facts) -> None:
    text = "三、绩效分析\n1.财务管理。内控制度健全，审批程序规范，得10分。\n2.资产管理。固定资产账实相符，得9分。\n"
    assert [(s.dimension, s.value) for s in scores(facts, text)] == [("财务管理", 10), ("资产管理", 9)]


def test_efficiency_of_management_is_no_level_of_indicators(facts: Facts) -> None:
    assert said(facts, "其中：管理效率指标满分50分，自评48.11分。") == [("管理效率", Decimal("48.11"), 50, None)]


@pytest.mark.parametrize("who", ["我社", "全局", "2024年青山县水务局"])
def test_whoever_scored_itself_is_no_dimension(facts: Facts, who: str) -> None:
    assert [s[0] for s in said(facts, f"{who}部门整体支出绩效自评得分为93分。")] == ["综合"]


def test_a_total_that_a_page_parted_from_its_table_is_what_was_got(facts: Facts) -> None:
    (total,) = scores(facts, "附表\n\n总分\t100\t97.89\n项目负责人\t王丽\n")
    assert (total.dimension, total.value, total.max) == ("综合", Decimal("97.89"), 100)


def test_society_is_no_name_of_an_office(facts: Facts) -> None:
    assert [s[:3] for s in said(facts, "社会满意度满分35分，得34分。")] == [("社会满意度", 34, 35)]


def test_a_table_of_dimensions_without_indicators_gives_their_points(facts: Facts) -> None:
    head = "一级指标\t二级指标\t分值\t自评得分\n"
    body = "投入\t预算配置\t10\t9\n过程\t预算执行\t20\t18.5\n\t资产管理\t5\t5\n合计\t\t35\t32.5\n"
    found = scores(facts, f"三、评价结论\n{head}{body}")
    assert [(s.dimension, s.value, s.max) for s in found] == [
        ("预算配置", 9, 10),
        ("预算执行", Decimal("18.5"), 20),
        ("资产管理", 5, 5),
        ("综合", Decimal("32.5"), 35),
    ]


@pytest.mark.parametrize("joint", ["\t", "\n"])
def test_a_table_of_points_may_lie_on_its_side(facts: Facts, joint: str) -> None:
    rows = (("指标", "决策", "产出", "合计"), ("权重", "40", "60", "100"), ("得分", "39", "57.5", "96.5"))
    table = "\n".join(joint.join(row) for row in rows)
    found = scores(facts, f"三、评价结论\n各部分得分情况：\n{table}\n")
    assert [(s.dimension, s.value, s.max) for s in found] == [
        ("决策", 39, 40),
        ("产出", Decimal("57.5"), 60),
        ("综合", Decimal("96.5"), 100),
    ]


def test_what_opens_a_line_is_its_dimension(facts: Facts) -> None:
    found = scores(
        facts,
        "三、管理效率分析\n1.目标完成。6个项目完成率95%，此项得9分。\n2.采购管理。因1个合同备案超期，扣0.5分，分值10分，"
        "自评得分9.5分。\n3.信息公开。绩效信息均按时公开，分值3分，自评得分3分。\n",
    )
    assert [(s.dimension, s.value) for s in found] == [
        ("目标完成", 9),
        ("采购管理", Decimal("9.5")),
        ("信息公开", 3),
    ]


def test_each_of_the_projects_told_has_its_own_score(facts: Facts) -> None:
    found = scores(
        facts,
        "一、自评结论\n2024年度实施项目3个，分别为河堤巡查经费、泵站维修补助和水质检测经费。3个项目自评得分分别为95.5分、"
        "100分、78分，前两个项目自评等级为优，水质检测经费自评等级为“中”。\n",
    )
    assert [(s.subject, s.value, s.grade) for s in found] == [
        ("河堤巡查经费", Decimal("95.5"), None),
        ("泵站维修补助", 100, None),
        ("水质检测经费", 78, "中"),
    ]
