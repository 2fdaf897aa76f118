"""A report's graph in writing: N-Triples, which cross from process to process and any store takes in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any

from pyoxigraph import BlankNode, NamedNode
from pyoxigraph import Literal as OxigraphLiteral
from rdflib import BNode, Literal
from rdflib.term import Node

from kg.graph.record import Triple

_KNOWN = 1 << 13  # what stands in it once or twice, some pages apart, is most of a large report
END = b" .\n"
"""What ends a triple, and stands nowhere else: line breaks inside words are escaped."""


def lines(triples: Iterable[Triple]) -> bytes:
    """`triples` as N-Triples. ValueError for an IRI that is none."""
    written = lru_cache(maxsize=_KNOWN)(_written)  # the same few things are named again and again
    page = BytesIO()
    page.writelines(f"{written(s)} {written(p)} {written(o)} .\n".encode() for s, p, o in triples)
    return page.getvalue()


def _written(node: Node) -> str:
    return str(term(node))


def term(node: Node) -> Any:
    """An rdflib term as the engine has it. ValueError for an IRI that is none."""
    if isinstance(node, Literal):
        datatype = NamedNode(node.datatype) if node.datatype else None
        return OxigraphLiteral(str(node), datatype=datatype, language=node.language)
    return BlankNode(str(node)) if isinstance(node, BNode) else NamedNode(str(node))
