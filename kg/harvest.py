"""All that one file gives: its statements for the graph, its passages for the index, and its figures.

This is the part of a build that needs nothing but the file, so that many files can be worked on at
once; what is made here is only stored afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from kg.examine import examine
from kg.facts import Fact, Finding
from kg.graph.conformance import Refusal, admit
from kg.graph.lines import lines
from kg.graph.record import Record, shown, stated
from kg.ledger import Tally, ledger, tally
from kg.reading import Header, Reading
from kg.text import Source

VERSION = version("jixiao")
Passages = Callable[[Sequence[Reading], Sequence[Fact]], Sequence[Any]]
"""Makes the passages of one report, each with the indexes of the facts that it states."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """`statements` are N-Triples; `facts` and `findings` count; `gaps` are (start, end, reason); `notes`
    name single facts that were not let in, and why."""

    source: Source
    header: Header
    statements: bytes
    passages: Sequence[Any]
    facts: int
    findings: int
    gaps: tuple[tuple[int, int, str], ...]
    notes: tuple[str, ...]
    numbers: Tally


def harvest(data: bytes, name: str, passages: Passages) -> Harvest:
    """Read the file `name` and write down all that is known from it; a fact that violates a shape stays
    out. What `kg.examine.examine` raises."""
    examined = examine(data, name)
    facts = (*examined.facts, *examined.findings)
    books = ledger(examined.readings, examined.facts)
    read = Record(examined.document.source, facts, examined.derived, examined.checks, ledger=books, software=VERSION)
    said = list(stated(read))
    record, refusals = admit(read, said=said)
    if refusals:
        said = list(stated(record))
    record = replace(record, passages=passages(examined.readings, record.facts))
    return Harvest(
        source=record.source,
        header=examined.header,
        statements=lines((*said, *shown(record))),
        passages=record.passages,
        facts=len(record.facts),
        findings=sum(isinstance(fact, Finding) for fact in record.facts),
        gaps=tuple((gap.span.start, gap.span.end, gap.reason) for gap in examined.document.gaps),
        notes=tuple(map(_note, refusals)),
        numbers=tally(books.numbers),
    )


def _note(refusal: Refusal) -> str:
    """What stayed out, where it stands and why."""
    place = f"{refusal.fact.kind} {refusal.fact.evidence.start}–{refusal.fact.evidence.end}" if refusal.fact else ""
    return f"{place or refusal.violation.focus}：{refusal.violation.message} {refusal.violation.message_en}"
