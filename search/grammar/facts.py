"""Asking the graph on behalf of a question: rows of a query, what departments are called, and the
words that prove a value."""

from __future__ import annotations

import json
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from rdflib import RDF, Dataset
from rdflib.query import Result
from rdflib.store import Store

from kg.errors import JixiaoError
from kg.facts import Evidence
from kg.graph.dataset import box, select
from kg.graph.iris import graph_iri
from kg.graph.statements import value_of
from kg.imprint import Box
from search.grammar.english import EnglishNames, english_names
from search.grammar.measures import Measure
from search.grammar.names import Names, Spellings, names, spellings

_CALLED = """SELECT DISTINCT ?graph ?department ?name ?report ?year ?region WHERE {
  GRAPH ?graph {
    ?report a jx:Report ; jx:department ?department .
    ?department jx:name ?name .
    OPTIONAL { ?report jx:fiscalYear ?year }
    OPTIONAL { ?department jx:region ?region }
  }
}"""
_ALSO_CALLED = "SELECT DISTINCT ?department ?name { ?department a jx:Department ; jx:alias ?name }"
_KINDS = "(jx:Project, jx:Unit)"
_THINGS = (
    "SELECT DISTINCT ?name { ?thing a jx:Project ; jx:name ?name }",
    "SELECT DISTINCT ?name { ?thing a jx:Unit ; jx:name ?name }",
    f"SELECT DISTINCT ?name {{ ?thing jx:alias ?name FILTER EXISTS {{ ?thing a ?kind FILTER(?kind IN {_KINDS}) }} }}",
)
_SO_CALLED = """SELECT DISTINCT ?thing ?name {{
  VALUES ?name {{ {names} }}
  ?thing jx:name|jx:alias ?name ; a ?kind FILTER(?kind IN {kinds})
}}"""
_LABELS = {
    "indicator": "SELECT DISTINCT ?label { ?thing jx:level3 ?label }",
    "quantity": "SELECT DISTINCT ?label { ?thing a jx:Quantity ; jx:name ?label }",
}
_PROOF = """SELECT DISTINCT ?graph ?department ?file ?formula ?place ?start ?end ?quote WHERE {{
  GRAPH ?graph {{
    VALUES (?graph ?department) {{ {places} }}
    {proof}
    OPTIONAL {{ ?by jx:formula ?formula }}
    ?by prov:wasDerivedFrom?/jx:evidence ?place .
    ?place jx:start ?start ; jx:end ?end ; jx:quote ?quote ; oa:hasSource/jx:fileName ?file .
  }}
}} ORDER BY ?file ?start"""
_PLACES = """SELECT DISTINCT ?thing ?file ?place ?start ?end ?quote WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing jx:evidence ?place .
  ?place jx:start ?start ; jx:end ?end ; jx:quote ?quote ; oa:hasSource/jx:fileName ?file .
}} ORDER BY ?file ?start ?end"""
_BOXES = """SELECT DISTINCT ?place ?fragment WHERE {{
  VALUES ?place {{ {places} }} ?place oa:hasSelector/RDF_VALUE ?fragment
}}""".replace("RDF_VALUE", RDF.value.n3())
_CELLS = "SELECT DISTINCT ?place ?cell WHERE {{ VALUES ?place {{ {places} }} ?place jx:cell ?cell }}"
_LOOK = 500  # rows between two looks at the clock

Row = Mapping[str, Any]
"""A row of a query by variable: Decimal, int, bool or str; what is not bound is not there."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The words behind one value, and the sum where it is computed."""

    evidence: tuple[Evidence, ...]
    formula: str = ""


_reports: WeakKeyDictionary[Store, Mapping[tuple[str, str], Sequence[Row]]] = WeakKeyDictionary()
_known: WeakKeyDictionary[Store, Names] = WeakKeyDictionary()
_in_english: WeakKeyDictionary[Store, EnglishNames] = WeakKeyDictionary()
_of_things: WeakKeyDictionary[Store, Spellings] = WeakKeyDictionary()
_labels: WeakKeyDictionary[Store, dict[str, tuple[str, ...]]] = WeakKeyDictionary()


class TooSlow(JixiaoError):
    """A question that needs more of the graph than can be read while somebody waits."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The graph of one generation; `query` runs queries with search inside. What is asked after `until`,
    on the clock of time.monotonic, is TooSlow."""

    dataset: Dataset
    query: Callable[[str], Result]
    until: float = math.inf

    def rows(self, sparql: str) -> list[Row]:
        """The rows of a SELECT query. TooSlow between two rows: the engine cannot be interrupted before it
        gives one."""
        self._in_time()
        variables, found = select(self.dataset, sparql)
        rows: list[Row] = []
        for at, row in enumerate(found):
            if not at % _LOOK:
                self._in_time()
            rows.append({v: value for v, value in zip(variables, row, strict=True) if value is not None})
        return rows

    def _in_time(self) -> None:
        if time.monotonic() > self.until:
            raise TooSlow("too-slow", "这个问题要翻看的内容太多，没有算完；请限定部门、年度再问")

    def searched(self, sparql: str) -> list[Row]:
        """The rows of a SELECT query with search inside."""
        self._in_time()
        result = self.query(sparql)
        variables = [str(v) for v in result.vars or ()]
        return [
            {v: value_of(term) for v, term in zip(variables, row, strict=True) if term is not None}  # type: ignore[arg-type]
            for row in result
        ]

    def reports(self) -> Mapping[tuple[str, str], Sequence[Row]]:
        """Every report by its graph and department: ?department ?name ?report ?year, as tables have them;
        asked once for a store."""
        self.names()
        return _reports[self.dataset.store]

    def names(self) -> Names:
        """What its departments are called; asked once for a store."""
        store = self.dataset.store
        if store not in _known:
            called = self._always(_CALLED)
            _reports[store] = _by_graph(called)
            own = list(_without(called, "graph", "report", "year"))
            regions = {row["department"]: row.get("region", "") for row in own}
            others = [row for row in self._always(_ALSO_CALLED) if row["department"] in regions]
            rows = [(row, at) for at, called in enumerate((own, others)) for row in called]
            rows.sort(key=lambda pair: (pair[0]["department"], pair[1], -len(pair[0]["name"]), pair[0]["name"]))
            _known[store] = names((r["department"], r["name"], regions[r["department"]]) for r, _ in rows)
        return _known[store]

    def english_names(self) -> EnglishNames:
        """What they are called in English; worked out when first needed."""
        store = self.dataset.store
        if store not in _in_english:
            _in_english[store] = english_names(self.names().departments.values())
        return _in_english[store]

    def things(self) -> Spellings:
        """What its projects and units are called → the names as they are written; asked once for a store.
        校舍维修项目 is also called 校舍维修."""
        store = self.dataset.store
        if store not in _of_things:
            written = {row["name"] for query in _THINGS for row in self._always(query)}
            _of_things[store] = spellings((name, called) for name in written for called in (name, _short(name)))
        return _of_things[store]

    def called(self, names: Iterable[str]) -> tuple[str, ...]:
        """The projects and units with one of these names, as written, in their order."""
        wanted = list(dict.fromkeys(names))
        rows = self.rows(_SO_CALLED.format(names=" ".join(map(literal, wanted)), kinds=_KINDS)) if wanted else []
        found = sorted(rows, key=lambda row: (wanted.index(row["name"]), row["thing"]))
        return tuple(dict.fromkeys(row["thing"] for row in found))

    def labels(self, kind: str) -> tuple[str, ...]:
        """Every name that an `indicator` or a `quantity` goes by; asked once for a store."""
        known = _labels.setdefault(self.dataset.store, {})
        if kind not in known:
            known[kind] = tuple(sorted(row["label"] for row in self._always(_LABELS[kind])))
        return known[kind]

    def _always(self, sparql: str) -> list[Row]:
        """The rows however long they take: what is asked once and kept."""
        return replace(self, until=math.inf).rows(sparql)

    def proofs(self, measure: Measure, rows: Sequence[Row]) -> dict[tuple[str, str], Proof]:
        """What proves `measure`, by report and department of each row."""
        graphs = {str(graph_iri(row["report"])): row["report"] for row in rows}
        places = " ".join(dict.fromkeys(f"(<{graph_iri(row['report'])}> <{row['department']}>)" for row in rows))
        if not places:
            return {}
        found: dict[tuple[str, str], list[Row]] = {}
        proof = self.rows(_PROOF.format(places=places, proof=measure.proof()))
        shown = self._evidence(proof)
        for row in proof:
            found.setdefault((graphs[row["graph"]], row["department"]), []).append(row)
        return {
            key: Proof(
                tuple(dict.fromkeys(shown[r["place"]] for r in rows)),
                next((r["formula"] for r in rows if "formula" in r), ""),
            )
            for key, rows in found.items()
        }

    def places(self, things: Iterable[str]) -> dict[str, tuple[Evidence, ...]]:
        """The words that prove each of `things` (IRIs of facts, units, projects)."""
        wanted = " ".join(dict.fromkeys(f"<{thing}>" for thing in things))
        found: dict[str, list[Evidence]] = {}
        rows = self.rows(_PLACES.format(things=wanted)) if wanted else []
        shown = self._evidence(rows)
        for row in rows:
            found.setdefault(row["thing"], []).append(shown[row["place"]])
        return {thing: tuple(dict.fromkeys(places)) for thing, places in found.items()}

    def _evidence(self, rows: Sequence[Row]) -> dict[str, Evidence]:
        """The places of `rows` with where they stand on pages and in sheets."""
        places = " ".join(dict.fromkeys(f"<{row['place']}>" for row in rows))
        boxes: dict[str, list[Box]] = defaultdict(list)
        cells: dict[str, list[str]] = defaultdict(list)
        for piece in self.rows(_BOXES.format(places=places)) if places else ():
            boxes[piece["place"]].append(box(piece["fragment"]))
        for piece in self.rows(_CELLS.format(places=places)) if places else ():
            cells[piece["place"]].append(piece["cell"])
        return {
            at: Evidence(
                row["file"], row["start"], row["end"], row["quote"], tuple(sorted(boxes[at])), tuple(sorted(cells[at]))
            )
            for row in rows
            for at in (row["place"],)
        }


def _by_graph(called: Iterable[Row]) -> Mapping[tuple[str, str], Sequence[Row]]:
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _without(called, "region"):
        rows[row["graph"], row["department"]] += _without((row,), "graph")
    return dict(rows)


def _without(rows: Iterable[Row], *variables: str) -> Iterator[Row]:
    """The rows without these variables, each once."""
    kept = [tuple((name, value) for name, value in row.items() if name not in variables) for row in rows]
    return map(dict, dict.fromkeys(kept))


def _short(name: str) -> str:
    return name.removesuffix("项目")


def literal(words: str) -> str:
    """`words` as a string literal of SPARQL, whatever they hold."""
    return json.dumps(words, ensure_ascii=False)
