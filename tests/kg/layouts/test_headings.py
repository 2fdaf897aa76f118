"""What headings say: roles of sections, kinds of reports."""

import pytest

from kg.layouts import _headings
from ontology.loader import scheme

TITLES = [
    ("部门概况", "overview"),
    ("主要职能", "duties"),
    ("（一）机构职能", "duties"),
    ("部门组织机构及人员情况", "organisation"),
    ("人员概况", "staffing"),
    ("国有资产占有使用情况", "assets"),
    ("部门收支预决算情况", "money"),
    ("一般公共预算财政拨款支出决算情况说明", "money"),
    ("财政拨款“三公”经费支出决算情况说明", "public_funds"),
    ("机关运行经费支出情况", "operating_costs"),
    ("政府采购支出情况", "procurement"),
    ("一般公共预算财政拨款支出决算表", "tables"),
    ("部门整体支出绩效目标", "goals"),
    ("项目支出绩效目标", "goals"),
    ("总体绩效目标实现情况", "work"),
    ("自评的组织工作", "self_evaluation"),
    ("部门预算项目绩效分析", "performance"),
    ("评价结论和评价等级", "conclusion"),
    ("存在的问题及改进措施", "problems"),
    ("针对问题提出具体的改进措施或建议", "improvements"),
    ("绩效结果应用情况", "follow_up"),
    ("评价工作组人员名单及签字", "people"),
    ("名词解释", "glossary"),
    ("其他", ""),
]


@pytest.mark.parametrize(("title", "role"), TITLES)
def test_a_heading_says_what_its_section_is_for(title: str, role: str) -> None:
    assert _headings.role_of(title) == role


def test_every_role_has_a_word_of_its_own_in_both_languages() -> None:
    for concept in scheme("section-roles").values():
        assert concept.notation
        assert concept.label_en
        assert concept.definition


def test_no_word_stands_for_two_roles() -> None:
    words = [w for concept in scheme("section-roles").values() for w in (concept.label, *concept.aliases)]
    assert len(words) == len(set(words))
