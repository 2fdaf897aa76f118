"""Which name means which thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from rdflib import URIRef

from kg.facts import Fact
from kg.graph import report_iri
from kg.graph.entities import Entities, entities, profiles
from kg.text import Source
from ontology.terms import JX

REPORT = report_iri("07" * 32)
SOURCE = Source("r.txt", "四川省青山县教育局（教育局）和青山县教育局机关、实验小学、操场项目。", "07" * 32)


@pytest.fixture
def read(make: Callable[..., Fact]) -> Callable[..., tuple[Entities, list[Fact]]]:
    def read(*given: tuple[str, dict[str, Any]]) -> tuple[Entities, list[Fact]]:
        facts = [make(SOURCE, kind, "青山县教育局", **fields) for kind, fields in given]
        return entities(REPORT, facts), facts

    return read


Read = Callable[..., tuple[Entities, list[Fact]]]


def said(known: Entities, facts: Sequence[Fact], thing: URIRef, term: URIRef) -> list[str]:
    return [str(value) for of, (p, value) in profiles(known, facts) if (of, p) == (thing, term)]


def test_an_alias_means_its_department_and_width_makes_no_difference(read: Read) -> None:
    known, _ = read(("department", {"name": "青山县教育局（本级）", "aliases": ("县教育局",)}))
    assert known.of("县 教育局") == known.of("青山县教育局(本级)") == known.department


def test_a_full_name_is_stronger_than_anothers_short_form(read: Read) -> None:
    known, _ = read(
        ("department", {"name": "青山县教育局", "aliases": ("教育局", "青山县财政局")}),
        ("department", {"name": "青山县财政局"}),
    )
    assert known.of("青山县财政局") != known.of("青山县教育局")


def test_the_reports_own_department_is_the_one_it_names(read: Read) -> None:
    known, _ = read(
        ("department", {"name": "青山县财政局"}),
        ("report", {"title": "自评报告", "department": "青山县教育局"}),
    )
    assert str(known.department).endswith("department/青山县教育局")


def test_a_report_without_a_department_is_its_own_subject(read: Read) -> None:
    known, _ = read(("report", {"title": "操场项目自评报告"}))
    assert known.department is None
    assert known.of("操场项目自评报告") == REPORT


def test_an_attachment_does_not_speak_for_the_report(read: Read) -> None:
    known, facts = read(
        ("report", {"title": "附件", "fiscal_year": 2022, "part": "附件1"}),
        ("report", {"title": "自评报告", "fiscal_year": 2024}),
    )
    assert said(known, facts, REPORT, JX.fiscalYear) == ["2024"]


def test_a_unit_called_as_its_department_is_its_department(read: Read) -> None:
    known, _ = read(("department", {"name": "青山县教育局"}), ("unit", {"name": "青山县教育局", "relation": "本级"}))
    assert known.classes == {known.department: JX.Department}


def test_what_several_places_say_of_a_thing_is_gathered_the_first_of_each(read: Read) -> None:
    known, facts = read(
        ("department", {"name": "青山县教育局", "rank": "正科级"}),
        ("department", {"name": "青山县教育局", "rank": "副科级", "nature": "行政机关", "part": "附件1"}),
    )
    assert known.department
    assert said(known, facts, known.department, JX.rank) == ["正科级"]
    assert said(known, facts, known.department, JX.nature) == ["行政机关"]


def test_a_province_is_linked_only_where_it_is_spelt_out(read: Read) -> None:
    known, facts = read(
        ("department", {"name": "四川省青山县教育局"}), ("department", {"name": "海南藏族自治州教育局"})
    )
    provinces = {known.called[t]: said(known, facts, t, JX.province) for t in known.classes}
    assert provinces["海南藏族自治州教育局"] == []
    assert provinces["四川省青山县教育局"] == ["https://w3id.org/jixiao/vocabulary/provinces/sichuan"]


def test_an_unknown_name_is_a_thing_of_its_own(read: Read) -> None:
    known, _ = read(("department", {"name": "青山县教育局"}))
    assert str(known.of("市本级")) == f"{REPORT}/subject/市本级"


def test_a_unit_without_its_place_is_the_unit_with_it(read: Read) -> None:
    known, facts = read(
        ("department", {"name": "青山县教育局"}),
        ("unit", {"name": "县实验小学", "parent": "青山县教育局"}),
        ("unit", {"name": "四川省青山县实验小学", "parent": "青山县教育局"}),
    )
    school = known.of("县实验小学")
    assert school == known.of("四川省青山县实验小学")
    assert said(known, facts, school, JX.name) == ["四川省青山县实验小学"]
    assert said(known, facts, school, JX.alias) == ["县实验小学"]


@pytest.mark.parametrize(("one", "other"), [("财务科", "财务审计科"), ("第一小学", "第十一小学"), ("一中", "三中")])
def test_units_of_other_names_are_others(read: Read, one: str, other: str) -> None:
    known, _ = read(("unit", {"name": one, "parent": None}), ("unit", {"name": other, "parent": None}))
    assert known.of(one) != known.of(other)


def test_a_project_under_the_reports_year_is_the_project_without_it(read: Read) -> None:
    known, _ = read(
        ("report", {"title": "青山县教育局2023年度决算", "department": "青山县教育局", "fiscal_year": 2023}),
        *(("project", {"name": name}) for name in ("操场修缮", "2023操场修缮", "2022操场修缮", "2023年校车")),
    )
    assert known.of("2023操场修缮") == known.of("操场修缮")
    assert known.of("2022操场修缮") != known.of("操场修缮")
    assert known.of("2023年校车") != known.of("操场修缮")
