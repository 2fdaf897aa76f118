"""The department, its standing and its short names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.facts import Department, Fact

Facts = Callable[..., list[Fact]]


def department(facts: Facts, text: str, title: str = "青山县水务局2024年度部门整体支出绩效自评报告") -> Any:
    (found,) = facts("department", f"{title}\n\n一、部门基本情况\n（一）部门概况\n{text}\n二、存在的问题\n无\n")
    return found


@pytest.mark.parametrize(
    ("text", "rank", "nature", "funding"),
    [
        (
            "青山县水务局规格为正科级，核定行政编制10名。单位性质为行政机关，资金保障形式为财政拨款。",
            "正科级",
            "行政机关",
            "财政拨款",
        ),
        ("青山县水务局是县政府工作部门，正科级建制。", "正科级", "政府工作部门", None),
        ("县水务局为县级政府下属行政单位。", None, "行政单位", None),
        ("县水务局为正科级行政机关，内设办公室。", "正科级", "行政机关", None),
        ("县水务局机构规格为副处级，核定股级领导职数3名。", "副处级", None, None),
        ("县水务局为公益一类事业单位，核定编制3名，正科级干部2名。", None, "公益一类事业单位", None),
        ("我局核定编制20名，一般公共预算财政拨款支出80万元。", None, None, None),
    ],
)
def test_what_the_department_is(
    facts: Facts, text: str, rank: str | None, nature: str | None, funding: str | None
) -> None:
    found = department(facts, text)
    assert (found.rank, found.nature, found.funding) == (rank, nature, funding)


def test_what_a_unit_is_does_not_pass_to_the_department(facts: Facts) -> None:
    found = department(facts, "县水务局核定编制9名。下属事业单位青山县供水中心，规格股级。")
    assert (found.name, found.rank, found.nature) == ("青山县水务局", None, None)


def test_the_row_of_the_department_proper_proves_it(facts: Facts) -> None:
    found = department(
        facts,
        "情况如下：\n\n单位名称\t单位性质\t单位规格\t经费保障形式\n青山县水务局（本级）\t行政\t正科级\t财政拨款\n"
        "青山县河道管理所\t事业\t股级\t财政补助\n",
    )
    assert (found.rank, found.nature, found.funding) == ("正科级", "行政", "财政拨款")
    assert found.evidence.quote == "青山县水务局（本级）\t行政\t正科级\t财政拨款"


def test_short_names_are_aliases(facts: Facts) -> None:
    found = department(
        facts,
        "县卫生健康委员会负责卫生工作，县卫健委牵头。2024年卫健委完成任务。市卫健委予以表彰。",
        "青山县卫生健康委员会2024年度部门整体支出绩效自评报告",
    )
    assert found.aliases == ("县卫生健康委员会", "县卫健委", "卫健委")


def test_an_attachment_states_no_second_department(facts: Facts) -> None:
    text = """青山县水务局2024年度部门决算
一、部门职责
负责水资源管理。
附件1
青山县水务局部门整体支出绩效评价报告
一、基本情况
青山县水务局内设办公室。
"""
    assert [fact.part for fact in facts("department", text)] == [None]


def test_what_it_is_called_besides_and_what_kind_of_unit_it_is(facts: Facts) -> None:
    text = (
        "青山县农业农村局2024年度部门整体支出绩效自评报告\n\n一、部门概况\n"
        "青山县农业农村局为县政府组成部门，为正科级行政单位，加挂县乡村振兴局牌子。下属中心加挂青山县试验站牌子。\n"
    )
    (department,) = [fact for fact in facts("department", text) if isinstance(fact, Department)]
    assert department.aliases == ("县乡村振兴局",)
    assert (department.rank, department.nature) == ("正科级", "行政单位")
