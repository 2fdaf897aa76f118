"""The ledgers of reports, read back from the graph: how much of each was read, and what was not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import Dataset, Literal, URIRef

from kg.facts import Evidence
from kg.graph.dataset import PREFIXES
from kg.ledger import Tally

_TOLD = """SELECT ?report ?name ?read ?aside ?unread ?sections ?empty {
  ?report jx:fileName ?name ; jx:numbersRead ?read ; jx:numbersSetAside ?aside ; jx:numbersUnread ?unread ;
    jx:sectionsRead ?sections ; jx:sectionsUnread ?empty
} ORDER BY ?name ?report"""
_UNREAD = """SELECT ?what ?start ?end ?quote {
  ?report ?what ?place . ?place jx:start ?start ; jx:end ?end ; jx:quote ?quote
  FILTER(?what IN (jx:unreadNumber, jx:unreadSection))
} ORDER BY ?start ?end"""


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger of one report: the tally of its numbers, how many sections were read, and every number
    and every section's heading that no fact is from."""

    report: str
    numbers: Tally
    sections: Tally
    unread: tuple[Evidence, ...]
    unread_sections: tuple[Evidence, ...]


def books(dataset: Dataset, report: str | None = None) -> Iterator[Book]:
    """The ledger of the report with this file name, or of all reports in the order of their names."""
    asked = _TOLD if report is None else _TOLD.replace("{\n", f"{{ VALUES ?name {{ {Literal(report).n3()} }}\n", 1)
    told: Iterable[Any] = dataset.query(asked, initNs=PREFIXES)
    for iri, name, *counts in told:
        read, aside, unread, sections, empty = map(int, counts)
        places = _places(dataset, iri, str(name))
        numbers, headings = places["unreadNumber"], places["unreadSection"]
        yield Book(str(name), Tally(read, aside, unread), Tally(sections, 0, empty), tuple(numbers), tuple(headings))


def _places(dataset: Dataset, report: Any, name: str) -> Mapping[str, list[Evidence]]:
    found: Mapping[str, list[Evidence]] = defaultdict(list)
    rows: Iterable[Any] = dataset.query(_UNREAD.replace("?report", URIRef(report).n3()), initNs=PREFIXES)
    for what, start, end, quote in rows:
        found[str(what).rpartition("#")[2]].append(Evidence(name, int(start), int(end), str(quote)))
    return found
