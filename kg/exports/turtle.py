"""Turtle: the facts as the graph states them, with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from kg.exports._rdf import NONE, graphs
from kg.exports._told import Told

MEDIA_TYPE = "text/turtle; charset=utf-8"
EXTENSION = ".ttl"


def write(facts: Iterable[Told], out: BinaryIO, digests: Mapping[str, str] = NONE) -> None:
    """The facts of one report after those of another; prefixes are declared for each."""
    for graph in graphs(facts, digests):
        out.write(graph.serialize(format="turtle", encoding="utf-8"))
