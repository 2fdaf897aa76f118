"""Facts that violate a shape stay out, with the reason; the rest goes in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kg.facts import Amount, Fact
from kg.graph import Record
from kg.graph.conformance import admit


def changed(record: Record, kind: str, **fields: Any) -> tuple[Record, Fact]:
    """The record with the first fact of `kind` changed, and that fact."""
    index = next(i for i, fact in enumerate(record.facts) if fact.kind == kind)
    odd = replace(record.facts[index], **fields)
    return replace(record, facts=(*record.facts[:index], odd, *record.facts[index + 1 :])), odd


def test_a_sound_report_goes_in_whole(record: Record) -> None:
    assert admit(record) == (record, ())


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("report", {"fiscal_year": 20240}),
        ("department", {"name": "——"}),
        ("unit", {"name": "1"}),
        ("project", {"name": "123", "year": 2024}),
        ("staffing", {"value": Decimal(-1)}),
        ("duty", {"text": "1."}),
        ("duty", {"ordinal": 0}),
        ("amount", {"value_yuan": Decimal("2e14")}),
        ("amount", {"year": 24}),
        ("rate", {"unit": "万元"}),
        ("rate", {"value": Decimal(10**7)}),
        ("indicator", {"level1": None, "level3": None}),
        ("indicator", {"weight": Decimal(-5)}),
        ("score", {"value": None, "grade": None}),
        ("quantity", {"name": ""}),
        ("problem", {"text": "。"}),
        ("improvement", {"text": "3、"}),
        ("person", {"name": "张3"}),
        ("finding", {"type": "odd"}),
        ("finding", {"severity": "fatal"}),
    ],
)
def test_a_fact_that_violates_a_shape_stays_out_and_is_named(record: Record, kind: str, fields: dict[str, Any]) -> None:
    given, odd = changed(record, kind, **fields)
    admitted, refusals = admit(given)
    assert {r.fact for r in refusals} == {odd}
    assert all(r.violation.message and r.violation.message_en for r in refusals)
    assert set(admitted.facts) == set(given.facts) - {odd}


def test_what_was_derived_from_a_refused_fact_goes_with_it(record: Record) -> None:
    assert record.derived
    odd = next(f for f in record.facts if isinstance(f, Amount))
    bad = replace(odd, year=1)
    facts = tuple(bad if f is odd else f for f in record.facts)
    derived = tuple(replace(d, facts=tuple(bad if f is odd else f for f in d.facts)) for d in record.derived)
    admitted, _ = admit(replace(record, facts=facts, derived=derived))
    assert admitted.derived == ()


def test_a_large_report_is_checked_whole(record: Record) -> None:
    duty = next(f for f in record.facts if f.kind == "duty")
    many = tuple(replace(duty, ordinal=n) for n in range(1, 301))  # type: ignore[call-arg]
    admitted, _ = admit(replace(record, facts=many, derived=()))
    assert len(admitted.facts) == 300
