"""Asking the graph on behalf of a question: rows of a query, what departments are called, and the
words that prove a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from rdflib import Dataset
from rdflib.query import Result
from rdflib.store import Store

from kg.facts import Evidence
from kg.graph.dataset import PREFIXES
from kg.graph.iris import graph_iri
from kg.graph.statements import value_of
from search.grammar.english import EnglishNames, english_names
from search.grammar.measures import Measure
from search.grammar.names import Names, Spellings, names, spellings

_CALLED = """SELECT DISTINCT ?department ?name ?region ?own WHERE {
  GRAPH ?graph {
    ?department a jx:Department .
    { ?department jx:name ?name BIND(true AS ?own) } UNION { ?department jx:alias ?name BIND(false AS ?own) }
    OPTIONAL { ?department jx:region ?region }
    FILTER EXISTS { ?report a jx:Report ; jx:department ?department }
  }
}"""
_THINGS = "SELECT DISTINCT ?thing ?name { VALUES ?kind { jx:Project jx:Unit } ?thing a ?kind ; jx:name|jx:alias ?name }"
_PROOF = """SELECT DISTINCT ?graph ?department ?file ?formula ?start ?end ?quote WHERE {{
  GRAPH ?graph {{
    VALUES (?graph ?department) {{ {places} }}
    {proof}
    OPTIONAL {{ ?by jx:formula ?formula }}
    ?by prov:wasDerivedFrom?/jx:evidence ?place .
    ?place jx:start ?start ; jx:end ?end ; jx:quote ?quote ; oa:hasSource/jx:fileName ?file .
  }}
}} ORDER BY ?file ?start"""
_PLACES = """SELECT DISTINCT ?thing ?file ?start ?end ?quote WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing jx:evidence ?place .
  ?place jx:start ?start ; jx:end ?end ; jx:quote ?quote ; oa:hasSource/jx:fileName ?file .
}} ORDER BY ?file ?start ?end"""

Row = Mapping[str, Any]
"""A row of a query by variable: Decimal, int, bool or str; what is not bound is not there."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The words behind one value, and the sum where it is computed."""

    evidence: tuple[Evidence, ...]
    formula: str = ""


_known: WeakKeyDictionary[Store, Names] = WeakKeyDictionary()
_in_english: WeakKeyDictionary[Store, EnglishNames] = WeakKeyDictionary()
_of_things: WeakKeyDictionary[Store, Spellings] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Graph:
    """The graph of one generation; `query` runs queries with search inside."""

    dataset: Dataset
    query: Callable[[str], Result]

    def rows(self, sparql: str) -> list[Row]:
        """The rows of a SELECT query."""
        return _rows(self.dataset.query(sparql, initNs=PREFIXES))

    def searched(self, sparql: str) -> list[Row]:
        """The rows of a SELECT query with search inside."""
        return _rows(self.query(sparql))

    def names(self) -> Names:
        """What its departments are called; asked once for a store."""
        store = self.dataset.store
        if store not in _known:
            rows = sorted(self.rows(_CALLED), key=lambda r: (r["department"], not r["own"], -len(r["name"]), r["name"]))
            _known[store] = names((r["department"], r["name"], r.get("region", "")) for r in rows)
        return _known[store]

    def english_names(self) -> EnglishNames:
        """What they are called in English; worked out when first needed."""
        store = self.dataset.store
        if store not in _in_english:
            _in_english[store] = english_names(self.names().departments.values())
        return _in_english[store]

    def things(self) -> Spellings:
        """What its projects and units are called; asked once for a store. 校舍维修项目 is also called 校舍维修."""
        store = self.dataset.store
        if store not in _of_things:
            called = [(row["thing"], row["name"]) for row in self.rows(_THINGS)]
            short = [(iri, name.removesuffix("项目")) for iri, name in called]
            _of_things[store] = spellings((*called, *short))
        return _of_things[store]

    def proofs(self, measure: Measure, rows: Sequence[Row]) -> dict[tuple[str, str], Proof]:
        """What proves `measure`, by report and department of each row."""
        graphs = {str(graph_iri(row["report"])): row["report"] for row in rows}
        places = " ".join(dict.fromkeys(f"(<{graph_iri(row['report'])}> <{row['department']}>)" for row in rows))
        if not places:
            return {}
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows(_PROOF.format(places=places, proof=measure.proof())):
            found.setdefault((graphs[row["graph"]], row["department"]), []).append(row)
        return {
            key: Proof(
                tuple(dict.fromkeys(Evidence(r["file"], r["start"], r["end"], r["quote"]) for r in rows)),
                next((r["formula"] for r in rows if "formula" in r), ""),
            )
            for key, rows in found.items()
        }

    def places(self, things: Iterable[str]) -> dict[str, tuple[Evidence, ...]]:
        """The words that prove each of `things` (IRIs of facts, units, projects)."""
        wanted = " ".join(dict.fromkeys(f"<{thing}>" for thing in things))
        found: dict[str, list[Evidence]] = {}
        for row in self.rows(_PLACES.format(things=wanted)) if wanted else ():
            found.setdefault(row["thing"], []).append(Evidence(row["file"], row["start"], row["end"], row["quote"]))
        return {thing: tuple(dict.fromkeys(places)) for thing, places in found.items()}


def _rows(result: Result) -> list[Row]:
    variables = [str(v) for v in result.vars or ()]
    return [
        {v: value_of(term) for v, term in zip(variables, row, strict=True) if term is not None}  # type: ignore[arg-type]
        for row in result
    ]
