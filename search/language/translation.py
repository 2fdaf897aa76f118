"""A language model's reading of a question, held to what the graph proves.

It may say the question again in words that the forms read, or write a query. Of a query only rows
are kept in which every value is a value of a node that the row names and whose words are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, RDFS, SDO, Graph
from rdflib.query import Result
from rdflib.term import Literal, Node, URIRef

from kg.errors import BadQuery
from kg.graph.statements import value_of
from kg.values.exact import plain
from ontology.loader import HERE, NAMESPACE, VOCABULARY
from search.grammar import guide
from search.grammar.facts import Graph as Facts
from search.grammar.facts import Row
from search.grammar.reading import Answer
from search.language.model import LanguageModel
from search.sparql import check_read_only, expanded, prefixes, tokens

Query = Callable[[str], Result]
MOST_NAMES, MOST_ROWS = 200, 500
_TASK = Path(__file__).with_suffix(".md")
_SAID = """SELECT DISTINCT ?node ?value WHERE {{
  VALUES ?node {{ {nodes} }}
  {{ ?node ?property ?value FILTER(?property != jx:valueYuan) }}
  UNION {{ ?node ?link ?other . ?other ?property ?value FILTER(!isNumeric(?value)) }}
  FILTER(isLiteral(?value))
}}"""
_UNITS = "SELECT ?node ?unit WHERE {{ VALUES ?node {{ {nodes} }} ?node jx:unit ?unit }}"


def translated(model: LanguageModel, question: str, facts: Facts) -> Mapping[str, Any]:
    """What the model makes of `question`: {"question": …}, {"sparql": …} or {}. ModelError where it fails."""
    departments = [called.name for called in facts.names().departments.values()][:MOST_NAMES]
    years = [row["year"] for row in facts.rows("SELECT DISTINCT ?year { ?r a jx:Report ; jx:fiscalYear ?year }")]
    return model.reply(instruction(), {"question": question, "departments": departments, "years": sorted(years)})


@cache
def instruction() -> str:
    """What the model is told: the task, the forms of questions and the terms of the ontology."""
    return "\n".join([_TASK.read_text("utf-8"), guide.page(), "# Ontology, prefix jx: " + NAMESPACE, *_terms()])


def _terms() -> Iterator[str]:
    turtle = Graph().parse(HERE / "ontology.ttl")
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in sorted(str(t) for t in turtle.subjects(RDF.type, kind) if str(t).startswith(NAMESPACE)):
            labels = " / ".join(sorted(str(label) for label in turtle.objects(URIRef(term), RDFS.label)))
            of = [*turtle.objects(URIRef(term), SDO.domainIncludes), *turtle.objects(URIRef(term), RDFS.domain)]
            domain = ", ".join(sorted(str(d).removeprefix(NAMESPACE) for d in of))
            yield f"jx:{term.removeprefix(NAMESPACE)} {labels}" + (f" (of {domain})" if domain else "")


def proven(sparql: str, facts: Facts, query: Query) -> Answer | None:
    """What the model's query finds, each row with its words; None where a row cannot show them.

    BadQuery where the query may not run, or names terms that the ontology does not have."""
    check(sparql)
    result = query(sparql)
    rows = [tuple(row) for row in list(result)[:MOST_ROWS]]  # type: ignore[arg-type]
    nodes = {str(cell) for row in rows for cell in row if isinstance(cell, URIRef)}
    places = facts.places(nodes)
    said, units = _said(facts, places), _units(facts, places)
    if not rows or not all(_shown(row, said, units) for row in rows):
        return None
    values = [i for i in range(len(rows[0])) if any(isinstance(row[i], Literal) for row in rows)]
    heads = tuple(str(name) for i, name in enumerate(result.vars or ()) if i in values)
    evidence = dict.fromkeys(place for row in rows for cell in row for place in places.get(str(cell), ()))
    told = tuple(tuple(_cell(row[i]) for i in values) for row in rows)
    return Answer(answerable=True, text="", columns=heads, rows=told, sparql=sparql, evidence=tuple(evidence))


def check(sparql: str) -> None:
    """BadQuery unless `sparql` is one SELECT over known terms, with neither FROM nor SERVICE."""
    check_read_only(sparql)
    found = tokens(sparql)
    names = prefixes(found)
    words = [token.text.lower() for token in found if token.kind == "word"]
    if "select" not in words or {"construct", "describe", "ask", "from", "service"} & set(words):
        raise BadQuery("not-select", "语言模型只能写 SELECT 查询，不带 FROM 和 SERVICE")
    for iri in (expanded(token, names) for token in found):
        if iri.startswith((NAMESPACE, VOCABULARY)) and iri not in _known():
            raise BadQuery("unknown-term", f"本体里没有 {iri}")


@cache
def _known() -> frozenset[str]:
    """Every IRI of the ontology and of its vocabulary."""
    files = [HERE / "ontology.ttl", *sorted((HERE / "vocabulary").glob("*.ttl"))]
    terms = {str(term) for file in files for term in Graph().parse(file).subjects()}
    return frozenset({NAMESPACE, VOCABULARY, *terms})


def _said(facts: Facts, nodes: Iterable[str]) -> Mapping[str, frozenset[Any]]:
    """The values of each node that has words to show, and of what it links to: its department's name.
    Money only as it was written, so that a number never stands beside another's unit."""
    found: dict[str, set[Any]] = {}
    for row in _of(facts, _SAID, nodes):
        found.setdefault(row["node"], set()).add(row["value"])
    return {node: frozenset(values) for node, values in found.items()}


def _units(facts: Facts, nodes: Iterable[str]) -> Mapping[str, str]:
    return {row["node"]: row["unit"] for row in _of(facts, _UNITS, nodes)}


def _of(facts: Facts, sparql: str, nodes: Iterable[str]) -> list[Row]:
    wanted = " ".join(f"<{node}>" for node in nodes)
    return facts.rows(sparql.format(nodes=wanted)) if wanted else []


def _shown(row: tuple[Node | None, ...], said: Mapping[str, frozenset[Any]], units: Mapping[str, str]) -> bool:
    """Whether the row names a node with words, every value in it is a value of such a node, and a number
    that has a unit has it beside it."""
    of = [str(cell) for cell in row if str(cell) in said]
    values = [value_of(cell) for cell in row if isinstance(cell, Literal)]
    return (
        bool(of and values)
        and all(any(value in said[node] for node in of) for value in values)
        and all(units[node] in values for node in of if node in units)
    )


def _cell(cell: Node | None) -> Any:
    value = value_of(cell) if isinstance(cell, Literal) else None if cell is None else str(cell)
    return Decimal(plain(value)) if isinstance(value, Decimal) else value
