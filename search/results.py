"""A query's result as bytes in the formats of SPARQL 1.1 (Query Results JSON, XML, CSV/TSV; RDF 1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib import Graph
from rdflib.query import Result
from rdflib.term import Node

from kg.errors import BadQuery

TABLES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
GRAPHS = {
    "turtle": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
}
_RDFLIB = {"rdfxml": "pretty-xml", "jsonld": "json-ld"}


def formats(result: Result) -> dict[str, str]:
    """The formats that this kind of result can have, with their media types; the usual one first."""
    return GRAPHS if result.type in ("CONSTRUCT", "DESCRIBE") else TABLES


def serialise(result: Result, wanted: Sequence[str], size: int) -> tuple[str, bytes]:
    """The media type and the bytes of `result` in the first format of `wanted` that fits it, else
    in its usual one. BadQuery `too-large` where it has more than `size` bytes."""
    known = formats(result)
    format = next((name for name in wanted if name in known), next(iter(known)))
    data = _tsv(result) if format == "tsv" else _written(result, format)
    if len(data) > size:
        raise BadQuery("too-large", f"结果超过 {size // 2**20} MB；请加上 LIMIT")
    return known[format], data


def _written(result: Result, format: str) -> bytes:
    if isinstance(result.graph, Graph):
        return result.graph.serialize(format=_RDFLIB.get(format, format), encoding="utf-8")
    data = result.serialize(format=format, encoding="utf-8")
    return data or b""


def _tsv(result: Result) -> bytes:
    """SPARQL 1.1 TSV, which rdflib reads but does not write: terms as in Turtle, tabs between."""
    if result.type == "ASK":
        return b"true\n" if result.askAnswer else b"false\n"
    return "".join(_lines(result)).encode("utf-8")


def _lines(result: Result) -> Iterator[str]:
    names = [str(v) for v in result.vars or ()]
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for row in result.bindings:
        yield "\t".join(_term(row.get(name)) for name in result.vars or ()) + "\n"


def _term(cell: Node | None) -> str:
    return "" if cell is None else cell.n3()
