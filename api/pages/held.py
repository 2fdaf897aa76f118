"""What follows from one generation, worked out once and kept while it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kg.facts import Fact
from kg.graph.books import Book
from search.collection import Collection


@dataclass(frozen=True, slots=True)
class _Held:
    """A generation by what tells it from others."""

    folder: Path
    number: int
    collection: Collection = field(compare=False, repr=False, kw_only=True)


def facts_of(collection: Collection, report: str) -> tuple[Fact, ...]:
    """The facts of one report, in reading order. JixiaoError `no-such-report`."""
    return _facts(_Held(collection.place.folder, collection.generation.number, collection=collection), report)


@lru_cache(maxsize=64)
def _facts(held: _Held, report: str) -> tuple[Fact, ...]:
    return tuple(held.collection.facts(report))


def book_of(collection: Collection, report: str) -> Book | None:
    """The ledger of one report: what was read of it and what was not."""
    return _book(_Held(collection.place.folder, collection.generation.number, collection=collection), report)


@lru_cache(maxsize=64)
def _book(held: _Held, report: str) -> Book | None:
    return next(held.collection.books(report), None)


def example(collection: Collection) -> tuple[str, int] | None:
    """A department and a year whose project expenditure is known: somebody to ask about."""
    return _example(_Held(collection.place.folder, collection.generation.number, collection=collection))


@lru_cache(maxsize=2)
def _example(held: _Held) -> tuple[str, int] | None:
    pattern = "?r a jx:Report ; jx:fiscalYear ?year ; jx:department ?d . ?d jx:name ?name ; jx:projectExpenditure ?v"
    rows = held.collection.query(f"SELECT ?name ?year {{ GRAPH ?g {{ {pattern} }} }} LIMIT 1")
    return next(((str(name), int(year)) for name, year in rows), None)
