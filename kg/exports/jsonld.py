"""JSON-LD: the facts as the graph states them, readable by programs that know no RDF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from kg.exports._rdf import NONE, graphs
from kg.exports._told import Told
from kg.graph.dataset import PREFIXES
from ontology.terms import JX

MEDIA_TYPE = "application/ld+json"
EXTENSION = ".jsonld"
_CONTEXT = {"@vocab": str(JX)} | {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix != "jx"}


def write(facts: Iterable[Told], out: BinaryIO, digests: Mapping[str, str] = NONE) -> None:
    """One graph of all reports, its context inside: nothing has to be fetched."""
    out.write(f'{{"@context": {json.dumps(_CONTEXT)},\n"@graph": ['.encode())
    separator = "\n"
    for graph in graphs(facts, digests):
        for node in json.loads(graph.serialize(format="json-ld", context=_CONTEXT))["@graph"]:
            out.write(f"{separator}{json.dumps(node, ensure_ascii=False)}".encode())
            separator = ",\n"
    out.write(b"\n]}\n")
