"""Names of organisations: where they end, their region, and which are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import organisations


@pytest.mark.parametrize(
    ("name", "region", "core", "level"),
    [
        ("青山县水务局", "青山县", "水务局", "县"),
        ("临江市青山区水务局", "临江市青山区", "水务局", "区"),
        ("岭海省药品监督管理局", "岭海省", "药品监督管理局", "省"),
        ("西原自治区教育厅", "西原自治区", "教育厅", "区"),
        ("县水务局", "", "水务局", "县"),
        ("水务局", "", "水务局", ""),
        ("市场监督管理局", "", "市场监督管理局", ""),
        ("青山县市场监督管理局", "青山县", "市场监督管理局", "县"),
        ("青山县城市管理局", "青山县", "城市管理局", "县"),
        ("临江市高新区企业服务局", "临江市高新区", "企业服务局", "区"),
        ("县级机关事务局", "", "县级机关事务局", ""),
        ("中共青山县委组织部", "青山县", "委组织部", "县"),
        ("泽县水务局", "泽县", "水务局", "县"),
        ("临江市泽县水务局", "临江市泽县", "水务局", "县"),
        ("临江市泽县区水务局", "临江市泽县区", "水务局", "区"),
        ("临河州投资促进局", "临河州", "投资促进局", "州"),
        ("临州市投资促进局", "临州市", "投资促进局", "市"),
        ("岭海临州市投资促进局", "岭海临州市", "投资促进局", "市"),
        ("全县水务局", "", "全县水务局", ""),
    ],
)
def test_a_name_is_a_region_and_a_core(name: str, region: str, core: str, level: str) -> None:
    assert (organisations.region(name), organisations.core(name), organisations.level(name)) == (region, core, level)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("县卫健委", "青山县卫生健康委员会", True),
        ("区投促局", "青山区投资促进局", True),
        ("市教育局", "青山县教育局", False),
        ("青山县教育局", "白水县教育局", False),
        ("青山区水务局", "临江市青山区水务局", True),
        ("青山县供水服务中心", "青山县水务局", False),
        ("我局", "青山县水务局", False),
        ("临河县水务局", "临河傣族彝族自治县水务局", True),
        ("临河州水务局", "青山哈尼族彝族自治州水务局", False),
    ],
)
def test_two_names_of_one_organisation(one: str, other: str, same: bool) -> None:
    assert organisations.same(one, other) is same
    assert organisations.same(other, one) is same


@pytest.mark.parametrize(
    "text", ["形成青山县水务局", "由县水务局", "负责管理局", "对县水务局", "工作情况", "局", "第二条青山县水务局"]
)
def test_words_before_a_name_are_no_name(text: str) -> None:
    assert not organisations.is_organisation(text)


def test_names_that_begin_at_a_place() -> None:
    assert list(organisations.starting_at("青山县人民政府办公室与县档案馆")) == [
        "青山县人民政府",
        "青山县人民政府办",
        "青山县人民政府办公室",
    ]
    assert list(organisations.starting_at("青山县水务局包含局机关及下属单位")) == ["青山县水务局"]


@pytest.mark.parametrize(
    ("text", "end"), [("我局负责", 2), ("本部门共有", 3), ("县水务局负责", 4), ("县教育局负责", 0), ("负责", 0)]
)
def test_a_mention_of_the_department_itself(text: str, end: int) -> None:
    assert organisations.own(text, "青山县水务局") == end


@given(st.text(alphabet="青山县市区局委员会中心的由是和", max_size=40))
def test_parts_make_the_whole(name: str) -> None:
    assert organisations.region(name) in name
    assert name.endswith(organisations.core(name))
