"""The levels of indicators and the dimensions of scores, as reports call them."""

from __future__ import annotations

import pytest

from kg.grammar import dimensions, levels
from ontology.loader import scheme


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("产出指标(50分)", "产出指标"),
        ("项目产出", "产出指标"),
        ("产出指标完成情况分析", "产出指标"),
        ("B效益指标", "效益指标"),
        ("预算执行情况", "预算执行率指标"),
        ("社会效益", "社会效益指标"),
        ("培训次数", None),
        ("", None),
    ],
)
def test_words_name_a_level(words: str, label: str | None) -> None:
    found = levels.level(words)
    assert (found.label if found else None) == label


@pytest.mark.parametrize(
    ("damaged", "label"),
    [
        ("产指", "产出指标"),
        ("质指标", "质量指标"),
        ("服对满度标", "服务对象满意度指标"),
        ("履职", None),
        ("人数", None),
    ],
)
def test_a_thinned_level_is_restored_only_where_a_trace_is_left(damaged: str, label: str | None) -> None:
    found = levels.restored(damaged)
    assert (found.label if found else None) == label


def test_every_second_level_has_a_first() -> None:
    for concept in scheme("indicator-levels").values():
        assert levels.first(concept).notation == "1"
        assert levels.level(concept.label) == concept


def test_labels_open_passages() -> None:
    text = "①数量指标:完成3次。②质量指标(10分):合格率100%;效益指标全部完成,收入增加。"
    assert [(label.level.label, label.verdict) for label in levels.labels(text)] == [
        ("数量指标", ""),
        ("质量指标", ""),
        ("效益指标", "全部完成"),
    ]


@pytest.mark.parametrize(
    ("phrase", "dimension"),
    [
        ("产出指标完成得分情况", "产出指标"),
        ("我部门整体支出综合绩效评价得分", "综合"),
        ("2024年度部门整体支出绩效自评", "综合"),
        ("部门整体(含部门预算项目)绩效自评", "综合"),
        ("根据各项履职情况综合评价我部门总得分", "综合"),
        ("预算执行情况", "预算执行率指标"),
        ("投入指标", "投入指标"),
        ("履职效能", "履职效能"),
        ("预算编制的完整性", "预算编制的完整性"),
    ],
)
def test_a_phrase_speaks_of_a_dimension(phrase: str, dimension: str) -> None:
    assert dimensions.dimension(phrase) == dimension


def test_what_is_said_of_projects_is_the_whole_of_a_project() -> None:
    assert dimensions.dimension("项目绩效自评得分") != "综合"
    assert dimensions.dimension("项目绩效自评得分", of_project=True) == "综合"
    assert dimensions.is_generic("各预算项目绩效")
    assert not dimensions.is_generic("河道清淤")
