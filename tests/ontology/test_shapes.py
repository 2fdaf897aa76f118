"""The shapes stay in step with the words, and say in both languages what must be."""

from __future__ import annotations

import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.collection import Collection

from ontology.loader import HERE, scheme
from ontology.terms import JX
from ontology.validation import violations

SHAPES = Graph().parse(HERE / "shapes.ttl")


@pytest.mark.parametrize("shape", sorted(SHAPES.subjects(RDF.type, SH.PropertyShape)))
def test_every_shape_has_a_target_and_a_message_in_both_languages(shape: URIRef) -> None:
    assert {str(t).removeprefix(str(JX)) for t in SHAPES.objects(shape, SH.targetClass)} <= set(JX.__annotations__)
    assert list(SHAPES.objects(shape, SH.targetClass))
    assert sorted(m.language for m in SHAPES.objects(shape, SH.message)) == ["en", "zh"]


@pytest.mark.parametrize(("path", "words"), [(JX.type, "finding-types"), (JX.severity, "severities")])
def test_lists_of_values_are_those_of_the_vocabulary(path: URIRef, words: str) -> None:
    (shape,) = SHAPES.subjects(SH.path, path)
    allowed = Collection(SHAPES, SHAPES.value(shape, SH["in"]))
    assert {str(value) for value in allowed} == {concept.notation for concept in scheme(words).values()}


def test_an_empty_graph_violates_nothing() -> None:
    assert violations(Graph()) == []


def test_a_violation_names_the_node_the_property_and_the_value() -> None:
    graph = Graph()
    evidence = URIRef("urn:evidence")
    graph.add((evidence, RDF.type, JX.Evidence))
    graph.add((evidence, JX.start, Literal(9)))
    graph.add((evidence, JX.end, Literal(3)))
    before = set(graph)
    found = violations(graph)
    assert {v.focus for v in found} == {"urn:evidence"}
    backwards = next(v for v in found if v.path == str(JX.start))
    assert (backwards.value, backwards.message[:2], backwards.message_en[:8]) == ("9", "原文", "Evidence")
    assert set(graph) == before
