"""What people ask first, one step from the department: jx:executionRate, jx:totalExpenditure, …

A report gives each of them at most one value: that of its own fiscal year and of the department
as a whole, an unhedged number before a hedged one, the main report before its attachments, then
what stands first. Where the report contradicts itself all values are in its facts, and a finding
says so. Which measure gives which property is data (jx:summarises in the ontology).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rdflib import URIRef

from kg.derived import Derived
from kg.facts import Amount, Fact, Rate, Score, Staffing
from kg.graph.entities import Entities
from ontology import loader
from ontology.terms import JX

TOTAL = "总计"  # the staffing category that counts everybody
_KIND = {  # what gives the value of a property; all others are amounts
    "computedExecutionRate": "derived",
    "statedExecutionRate": "rate",
    "staffCount": "staffing",
    "overallScore": "score",
    "overallGrade": "grade",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """The `value` of `property` for the department `of`, and what says so."""

    of: URIRef
    property: URIRef
    value: Decimal | str
    by: Fact | Derived


def figures(known: Entities, facts: Sequence[Fact], derived: Sequence[Derived]) -> Iterator[Figure]:
    """The direct properties of every department in one report."""
    values = tuple(_said((*facts, *derived)))
    year = known.header.fiscal_year if known.header else None
    years = {year} if year else {one.year for one in values if one.year}
    by_measure: Mapping[_Key, list[_Said]] = defaultdict(list)
    for one in values:
        if one.year is None or years == {one.year}:
            by_measure[known.of(one.by.subject), one.kind, one.measure].append(one)
    for thing, kind in known.classes.items():
        if kind == JX.Department:
            chosen = dict(_chosen(thing, by_measure))
            yield from chosen.values()
            yield from _execution_rate(chosen)


_Key = tuple[URIRef, str, str]  # whose value, from what kind of statement, of which measure


def _chosen(thing: URIRef, by_measure: Mapping[_Key, Sequence[_Said]]) -> Iterator[tuple[str, Figure]]:
    for name, measures in loader.summaries().items():
        for measure in measures:
            if candidates := by_measure.get((thing, _KIND.get(name, "amount"), measure)):
                best = min(candidates, key=lambda one: one.order)
                yield name, Figure(thing, JX[name], best.value, best.by)
                break


def _execution_rate(chosen: Mapping[str, Figure]) -> Iterator[Figure]:
    for basis in ("computed", "stated"):
        if rate := chosen.get(f"{basis}ExecutionRate"):
            yield Figure(rate.of, JX.executionRate, rate.value, rate.by)
            yield Figure(rate.of, JX.executionRateBasis, basis, rate.by)
            return


@dataclass(frozen=True, slots=True)
class _Said:
    """A value of `measure`, of the whole and not of a part; `order` puts the better one first."""

    kind: str
    measure: str
    value: Decimal | str
    year: int | None
    order: tuple[bool, bool, int]
    by: Amount | Rate | Staffing | Score | Derived


def _said(things: Iterable[Fact | Derived]) -> Iterator[_Said]:
    for thing in things:
        match thing:
            case Derived():
                yield _Said("derived", thing.measure, thing.value, thing.year, (False, False, 0), thing)
            case Amount(code=None, name=None, item=None, relative_to=None):
                yield _Said("amount", thing.measure, thing.value_yuan, thing.year, _order(thing), thing)
            case Rate(relative_to=None):
                measure = loader.widest("measures", thing.measure)
                yield _Said("rate", measure, thing.value, thing.year, _order(thing), thing)
            case Staffing(category=category) if category == TOTAL:
                yield _Said("staffing", thing.measure, thing.value, thing.as_of, _order(thing), thing)
            case Score():
                if thing.value is not None:
                    yield _Said("score", thing.dimension, thing.value, None, _order(thing), thing)
                if thing.grade is not None:
                    yield _Said("grade", thing.dimension, thing.grade, None, _order(thing), thing)


def _order(fact: Amount | Rate | Staffing | Score) -> tuple[bool, bool, int]:
    return bool(getattr(fact, "comparator", None)), fact.part is not None, fact.evidence.start
