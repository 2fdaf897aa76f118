"""What follows from one generation, worked out once and kept while it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kg import decisions
from kg.decisions import Decision
from kg.facts import Fact
from kg.findings import Found, findings
from search.collection import Collection


@dataclass(frozen=True, slots=True)
class _Held:
    """A generation by what tells it from others; `taken` are the decisions where they matter."""

    folder: Path
    number: int
    taken: tuple[Decision, ...] = ()
    collection: Collection = field(compare=False, repr=False, kw_only=True)


def facts_of(collection: Collection, report: str) -> tuple[Fact, ...]:
    """The facts of one report, in reading order. JixiaoError `no-such-report`."""
    return _facts(_Held(collection.place.folder, collection.generation.number, collection=collection), report)


@lru_cache(maxsize=64)
def _facts(held: _Held, report: str) -> tuple[Fact, ...]:
    return tuple(held.collection.facts(report))


def all_findings(collection: Collection) -> tuple[Found, ...]:
    """Every finding as it stands, gravest first."""
    place = collection.place
    taken = decisions.decisions(place)
    return _found(_Held(place.folder, collection.generation.number, taken, collection=collection))


@lru_cache(maxsize=2)
def _found(held: _Held) -> tuple[Found, ...]:
    return tuple(findings(held.collection.dataset, held.collection.generation.entries, held.taken))
