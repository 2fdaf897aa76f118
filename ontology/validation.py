"""Shapes over the graph of one report: what does not fit, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyshacl
from rdflib import RDF, SH, Graph
from rdflib.term import Literal, Node

from ontology.loader import HERE
from ontology.shapes import Triple, sound


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """`focus` is the IRI of what does not fit, `path` the property it is about, `value` what stands
    there; `message` says in Chinese and `message_en` in English what must be."""

    focus: str
    path: str
    message: str
    message_en: str
    value: str = ""


def violations(triples: Iterable[Triple]) -> list[Violation]:
    """Everything in `triples`, the graph of one report, that violates a shape, sorted."""
    said = list(triples)
    if sound(said):
        return []
    graph = Graph()
    graph.addN((*triple, graph) for triple in said)
    return _refused(graph)


def _refused(graph: Graph) -> list[Violation]:
    """What pyshacl says, which does not know that the graph may well be sound."""
    conforms, results, _ = pyshacl.validate(graph, shacl_graph=_shapes(), inference="none", inplace=True)
    if conforms:
        return []
    return sorted({_violation(results, result) for result in results.subjects(RDF.type, SH.ValidationResult)})


@cache
def _shapes() -> Graph:
    return Graph().parse(HERE / "shapes.ttl")


def _violation(results: Graph, result: Node) -> Violation:
    said = {m.language: str(m) for m in results.objects(result, SH.resultMessage) if isinstance(m, Literal)}
    path, value = results.value(result, SH.resultPath), results.value(result, SH.value)
    return Violation(
        focus=str(results.value(result, SH.focusNode)),
        path=str(path) if path else "",
        message=said.get("zh", ""),
        message_en=said.get("en", ""),
        value=str(value) if value else "",
    )
