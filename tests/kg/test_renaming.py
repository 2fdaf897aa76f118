"""One name for one project across the parts of a file."""

from __future__ import annotations

from kg.examine import examine
from kg.facts import Fact, Indicator, Project, Score

TEXT = """青山县水务局2023年度部门决算

一、预算绩效情况说明
堤防加固项目自评得分95分。

附件1
项目支出绩效自评表
项目名称\t{name}\t项目编码\t420000230040012
主管部门\t青山县水务局\t实施单位\t青山县水务局
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t加固长度\t≥12公里\t13公里\t50\t50
"""


def facts(name: str) -> tuple[Fact, ...]:
    return examine(TEXT.format(name=name).encode(), "决算.txt").facts


def test_the_name_that_stands_with_a_code_holds_in_all_parts() -> None:
    for name in ("堤防加固", "堤防加固项目"):
        found = facts(name)
        assert {fact.name for fact in found if isinstance(fact, Project)} == {name}
        assert {fact.subject for fact in found if isinstance(fact, Score | Indicator)} == {name}


def test_other_projects_keep_their_names() -> None:
    assert {fact.name for fact in facts("河道清淤") if isinstance(fact, Project)} == {"堤防加固", "河道清淤"}
