"""What the rules looked at, in the graph and out again."""

from __future__ import annotations

from dataclasses import replace

from rdflib import Dataset

from kg.checks import Check, in_order, told
from kg.facts import Finding, cut
from kg.graph import Record, add
from kg.graph.conformance import admit
from kg.graph.dataset import checks_from
from kg.stores import memory
from kg.text import Span


def checks(record: Record) -> tuple[Check, ...]:
    """One of each outcome that is no finding, at the record's own facts."""
    first, *_ = in_order(fact.evidence for fact in record.facts)
    second = cut(record.source, Span(3, 9))  # words that are no fact
    return (
        Check(rule="items", outcome="holds", places=(first, second), subject="甲", recomputation="1 + 2 = 3"),
        Check(rule="share", outcome="within_rounding", places=(first,), recomputation="1 ÷ 3 = 33.3%"),
        Check(rule="share", outcome="not_computable", places=(second,), reason="没有整体", reason_en="no whole"),
    )


def written(record: Record) -> Dataset:
    dataset = memory.open_store()
    add(dataset, record)
    return dataset


def test_every_check_comes_back_as_it_was_with_the_findings_among_them(record: Record) -> None:
    findings = [told(fact) for fact in record.facts if isinstance(fact, Finding)]
    given = checks(record)
    back = list(checks_from(written(replace(record, checks=given)), record.source.name))
    assert set(back) == {*given, *findings}
    assert len(back) == len(given) + len(findings)
    assert [check.places[0].start for check in back] == sorted(check.places[0].start for check in back)


def test_checks_are_told_apart_by_outcome_in_one_step(record: Record) -> None:
    dataset = written(replace(record, checks=checks(record)))
    rows = dataset.query("SELECT ?rule { ?check jx:outcome 'not_computable' ; jx:rule ?rule ; jx:reason ?why }")
    assert [str(row[0]) for row in rows] == ["share"]  # type: ignore[index]


def test_checks_fit_the_shapes_and_stay_out_with_the_facts_they_rest_on(record: Record) -> None:
    whole = replace(record, checks=checks(record))
    assert admit(whole) == (whole, ())
