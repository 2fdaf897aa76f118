"""What may enter the graph: facts that violate a shape stay out, each with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.checks import without
from kg.facts import Fact
from kg.graph import iris
from kg.graph.entities import entities
from kg.graph.iris import BASE
from kg.graph.record import Record, Triple, places, triples
from ontology.validation import Violation, violations


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fact that stays out and what it violates; `fact` is None where no single fact is to blame."""

    fact: Fact | None
    violation: Violation


def admit(record: Record, base: str = BASE, said: Iterable[Triple] = ()) -> tuple[Record, tuple[Refusal, ...]]:
    """The record without the facts that violate a shape and without what was derived from them, and
    why they are left out. To be asked before passages are made, for they count the facts. `said` are
    the record's triples where they were made already."""
    if record.passages:
        raise ValueError("passages are made of admitted facts")
    found = violations(said or triples(record, base))
    if not found:
        return record, ()
    blamed = _blamed(record, base)
    refusals = tuple(Refusal(fact, v) for v in found for fact in (blamed.get(v.focus) or [None]))
    refused = {refusal.fact for refusal in refusals}
    unsound = {v.focus for v in found}
    report = record.iri(base)
    return replace(
        record,
        facts=tuple(fact for fact in record.facts if fact not in refused),
        checks=without(record.checks, refused),
        derived=tuple(
            value
            for value in record.derived
            if not refused.intersection(value.facts) and str(iris.derived_iri(report, value)) not in unsound
        ),
    ), refusals


def _blamed(record: Record, base: str) -> dict[str, list[Fact | None]]:
    """For every node, the facts that brought it into the graph."""
    report = record.iri(base)
    known = entities(report, record.facts, base)
    blamed: dict[str, list[Fact | None]] = defaultdict(list)
    for fact in record.facts:
        blamed[str(iris.fact_iri(report, fact))].append(fact)
        for evidence in places(fact):
            blamed[str(iris.evidence_iri(report, evidence.span))].append(fact)
        if thing := known.described(fact):
            blamed[str(thing)].append(fact)
    return blamed
