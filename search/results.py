"""A query's result as bytes in the formats of SPARQL 1.1 (Query Results JSON, XML, CSV/TSV; RDF 1.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from rdflib import BNode, Graph, Literal, Variable
from rdflib.query import Result
from rdflib.term import Identifier, Node

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
_UNWRITABLE_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no XML can hold it
_RDFLIB = {"rdfxml": "pretty-xml", "jsonld": "json-ld"}


def formats(result: Result) -> dict[str, str]:
    """The formats that this kind of result can have, with their media types; the usual one first."""
    return GRAPHS if result.type in ("CONSTRUCT", "DESCRIBE") else TABLES


class Bounded:
    """Where a result is written to: at most `size` bytes, else BadQuery `too-large`."""

    def __init__(self, size: int) -> None:
        self._left, self._pieces = size, list[bytes]()

    def write(self, piece: bytes) -> int:
        self._left -= len(piece)
        if self._left < 0:
            raise BadQuery("too-large", "结果太大；请加上 LIMIT")
        self._pieces.append(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""

    def content(self, format: str) -> bytes:
        """What was written; in XML without the characters that no XML can hold."""
        data = b"".join(self._pieces)
        return _UNWRITABLE_BYTES.sub("\ufffd".encode(), data) if format in ("xml", "rdfxml") else data


def serialise(result: Result, wanted: Sequence[str], size: int) -> tuple[str, bytes]:
    """The media type and the bytes of `result` in the first format of `wanted` that fits it; in its
    usual one where nothing is wanted. BadQuery `not-acceptable` where none fits, `too-large` where
    it has more than `size` bytes."""
    known = formats(result)
    format = next((name for name in wanted or known if name in known), "")
    if not format:
        raise BadQuery("not-acceptable", f"这种查询的结果没有所要的格式；可用：{'、'.join(known)}")
    data = _OWN[format](result) if format in _OWN else _written(result, format)
    if len(data) > size:
        raise BadQuery("too-large", f"结果超过 {size // 2**20} MB；请加上 LIMIT")
    return known[format], data


def _written(result: Result, format: str) -> bytes:
    if isinstance(result.graph, Graph):
        return result.graph.serialize(format=_RDFLIB.get(format, format), encoding="utf-8")
    data = result.serialize(format=format, encoding="utf-8")
    return data or b""


def _xml(result: Result) -> bytes:
    """SPARQL 1.1 XML, which rdflib writes wrongly: 0 and false as nothing, a variable unbound as an error."""
    head = "".join(f"<variable name={quoteattr(str(v))}/>" for v in result.vars or ())
    if result.type == "ASK":
        told = f"<boolean>{'true' if result.askAnswer else 'false'}</boolean>"
    else:
        told = f"<results>{''.join(map(_result, result.bindings))}</results>"
    begin = '<?xml version="1.0" encoding="utf-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    return f"{begin}<head>{head}</head>{told}</sparql>\n".encode()


def _result(row: Mapping[Variable, Identifier]) -> str:
    cells = (
        f"<binding name={quoteattr(str(v))}>{_cell(term)}</binding>" for v, term in row.items() if term is not None
    )
    return f"<result>{''.join(cells)}</result>\n"


def _cell(term: Identifier) -> str:
    text = escape(_UNWRITABLE.sub("\ufffd", str(term)))
    if not isinstance(term, Literal):
        kind = "bnode" if isinstance(term, BNode) else "uri"
        return f"<{kind}>{text}</{kind}>"
    datatype = f" datatype={quoteattr(str(term.datatype))}" if term.datatype else ""
    language = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    return f"<literal{language or datatype}>{text}</literal>"


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


_OWN: Mapping[str, Callable[[Result], bytes]] = {"tsv": _tsv, "xml": _xml}
