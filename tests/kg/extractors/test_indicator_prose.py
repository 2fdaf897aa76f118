"""Indicators in prose: what was aimed at, what came of it, and what is none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from indicators import TITLE, Facts, indicators, said

from kg.facts import Indicator, Quantity

PROSE = TITLE + "三、绩效目标实现情况\n1、灌区改造经费完成情况\n{text}\n2、其他\n"


def prose(facts: Facts, text: str) -> list[dict[str, Any]]:
    return [said(indicator) for indicator in indicators(facts, PROSE.format(text=text))]


def test_labels_give_the_level_and_clauses_the_indicators(facts: Facts) -> None:
    found = indicators(
        facts,
        PROSE.format(
            text="（1）产出指标情况：完成2次渠道清淤、水质检测率达100%，改造渠道35公里。数量指标、质量指标均达标。\n"
            "（2）效益指标情况：持续改善灌溉条件，可持续影响指标达标；新增灌溉面积600亩，社会效益指标达标。\n"
            "（3）满意度指标：农户满意度为92%，已达标。"
        ),
    )
    assert {f.subject for f in found} == {"灌区改造经费"}
    assert [(f.level1, f.level2, f.level3, f.actual, f.met) for f in found] == [
        ("产出指标", None, "渠道清淤", Decimal(2), None),
        ("产出指标", None, "水质检测率", Decimal(100), None),
        ("产出指标", None, "改造渠道", Decimal(35), None),
        ("产出指标", "数量指标", None, None, True),
        ("产出指标", "质量指标", None, None, True),
        ("效益指标", "可持续影响指标", "持续改善灌溉条件", None, True),
        ("效益指标", "社会效益指标", "新增灌溉面积", Decimal(600), True),
        ("满意度指标", None, "农户满意度", Decimal(92), True),
    ]


def test_target_and_actual_value_may_stand_in_one_sentence(facts: Facts) -> None:
    (found,) = prose(facts, "满意度指标：家长满意度，年初目标值≥95%，实际完成值94.6%，扣1分。")
    assert found == {
        "level1": "满意度指标",
        "level3": "家长满意度",
        "operator": "≥",
        "target": Decimal(95),
        "target_unit": "%",
        "actual": Decimal("94.6"),
        "actual_unit": "%",
        "met": False,
    }


def test_a_quoted_name_may_carry_its_level(facts: Facts) -> None:
    (found,) = prose(facts, "产出指标：其中：数量指标“培训人数”，目标值≥30人，实际完成34人。")
    assert (found["level1"], found["level2"], found["level3"], found["met"]) == (
        "产出指标",
        "数量指标",
        "培训人数",
        True,
    )


def test_a_target_in_words_is_kept_in_words(facts: Facts) -> None:
    (found,) = prose(facts, "社会效益指标：年初目标值供水保障明显提高，实际完成值明显提高。")
    assert (found["level1"], found["level2"]) == ("效益指标", "社会效益指标")
    assert (found["target"], found["actual"]) == ("供水保障明显提高", "明显提高")


def test_what_was_missed_is_not_met(facts: Facts) -> None:
    (found,) = prose(facts, "时效指标：竣工验收未完成。")
    assert (found["level3"], found["met"]) == ("竣工验收", False)


def told(facts: Facts, text: str) -> list[tuple[Any, ...]]:
    found = indicators(facts, TITLE + "三、绩效目标完成情况\n" + text)
    return [(i.level2 or i.level1, i.level3, i.operator, i.target, i.actual, i.completion, i.met) for i in found]


def test_counts_under_a_kind_of_effect_are_indicators(facts: Facts) -> None:
    text = (
        "（二）效益指标\n1.社会效益。解决饮水困难群众526户，投诉办结率98.5%。\n"
        "2.生态效益。恢复湿地1.2万平方米，新栽护岸林36亩。\n"
    )
    assert told(facts, text) == [
        ("社会效益指标", "解决饮水困难群众", None, None, 526, None, None),
        ("社会效益指标", "投诉办结率", None, None, Decimal("98.5"), None, None),
        ("生态效益指标", "恢复湿地", None, None, Decimal("1.2"), None, None),
        ("生态效益指标", "新栽护岸林", None, None, 36, None, None),
    ]


@pytest.mark.parametrize("done", ["实际完成5座", "完成5座", "实际5座"])
def test_a_plan_and_what_came_of_it_are_one_indicator(facts: Facts, done: str) -> None:
    text = f"（一）产出指标\n1.数量指标。计划维修水闸6座，{done}，完成率83.33%。\n"
    assert told(facts, text) == [("数量指标", "维修水闸", None, 6, 5, Decimal("83.33"), False)]


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ("达到年初设定的不低于90%的目标", True),
        ("达到年初不低于90%的目标", True),
        ("未达到年初设定的不低于90%的目标值", False),
    ],
)
def test_a_rate_with_the_target_that_was_set(facts: Facts, words: str, met: bool) -> None:
    text = f"（三）满意度指标\n随机抽取用水户300名开展问卷调查，用水户满意度为92.6%，{words}。\n"
    assert told(facts, text) == [("满意度指标", "用水户满意度", "≥", 90, Decimal("92.6"), None, met)]


def test_a_plan_of_which_nothing_came_is_a_target(facts: Facts) -> None:
    assert told(facts, "（一）产出指标\n1.数量指标。计划维修水闸6座。\n") == [
        ("数量指标", "维修水闸", None, 6, None, None, None)
    ]


def test_a_target_told_in_a_sentence_about_the_work(facts: Facts) -> None:
    text = (
        "青山县水务局2024年度部门整体支出绩效自评报告\n\n三、工作成效\n水质抽检合格率82.3%，低于年初设定的85%的目标。\n"
    )
    (found,) = [fact for fact in facts("indicator", text) if isinstance(fact, Indicator)]
    assert (found.level3, found.target, found.actual, found.met) == (
        "水质抽检合格率",
        Decimal(85),
        Decimal("82.3"),
        False,
    )


def test_levels_said_to_be_met_outside_any_heading(facts: Facts) -> None:
    text = (
        "青山县水务局2024年度部门整体支出绩效自评报告\n\n四、工作完成情况\n任务完成较好，质量指标、时效指标全部达标。\n"
    )
    found = [fact for fact in facts("indicator", text) if isinstance(fact, Indicator)]
    assert [(i.level2, i.met) for i in found] == [("质量指标", True), ("时效指标", True)]


REVIEW = "青山县水务局2024年度渡口维护项目支出绩效自评报告\n"


def test_figures_among_the_goals_are_targets(facts: Facts) -> None:
    goals = "1、数量指标：维护渡口≥58座；培训船工30人；\n2、满意度指标：群众满意度≥90%。\n"
    text = f"{REVIEW}一、项目概况\n（二）项目绩效目标\n{goals}"
    found = [i for i in facts("indicator", text) if isinstance(i, Indicator)]
    assert [(i.level3, i.operator, i.target, i.actual) for i in found] == [
        ("维护渡口", "≥", 58, None),
        ("培训船工", None, 30, None),
        ("群众满意度", "≥", 90, None),
    ]


def test_what_was_done_under_a_heading_of_indicators_is_no_goal(facts: Facts) -> None:
    text = f"{REVIEW}三、项目绩效情况\n（一）产出指标完成情况\n维护渡口58座，设施完好率达97.2%。\n"
    found = [i for i in facts("indicator", text) if isinstance(i, Indicator)]
    assert [(i.level3, i.target, i.actual) for i in found][0] == ("维护渡口", None, 58)
    assert [q.name for q in facts("quantity", text) if isinstance(q, Quantity)] == ["维护渡口"]


def test_percentage_points_above_the_target_are_no_target(facts: Facts) -> None:
    text = f"{REVIEW}三、项目绩效情况\n（二）满意度指标\n群众满意度为93.5%，超过目标值3.5个百分点。\n"
    (found,) = [i for i in facts("indicator", text) if isinstance(i, Indicator)]
    assert (found.actual, found.target, found.met) == (Decimal("93.5"), None, True)


def test_a_target_of_less_than_one_person_a_thousand(facts: Facts) -> None:
    text = f"{REVIEW}三、未完成目标\n每千人口医师数年初目标值3.2人，实际完成值2.95人。\n"
    (found,) = [i for i in facts("indicator", text) if isinstance(i, Indicator)]
    assert (found.target, found.actual, found.target_unit) == (Decimal("3.2"), Decimal("2.95"), "人")


def test_an_indicator_in_quotes_has_its_values_behind_it(facts: Facts) -> None:
    text = (
        f"{TITLE}四、指标分析\n1.数量指标\n（1）“购置水泵”指标，预期指标值为＝6台，实际完成值为5台，指标完成率83.33%，"
        "偏差原因：一台未到货。\n2.满意度指标\n“村民满意度”指标，预期指标值为90%以上，实际完成值为95%。\n"
    )
    pumps, content = indicators(facts, text)
    assert (pumps.level3, pumps.target, pumps.actual, pumps.completion) == ("购置水泵", 6, 5, Decimal("83.33"))
    assert (pumps.deviation_reason, pumps.met) == ("一台未到货", False)
    assert (content.level3, content.target, content.actual, content.met) == ("村民满意度", 90, 95, True)
    counted: list[Any] = facts("quantity", text)
    assert [(fact.name, fact.value) for fact in counted] == [("购置水泵", 5)]
    rates: list[Any] = facts("rate", text)
    assert [(fact.measure, fact.value) for fact in rates] == [("村民满意度", 95)]
