"""What the quick tests call sound pyshacl calls sound too, and nothing that breaks a shape gets by."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.loader import HERE
from ontology.shapes import Triple, sound
from ontology.terms import JX
from ontology.validation import _refused

SHAPES = Graph().parse(HERE / "shapes.ttl")
EVERY_CLASS = """
@prefix : <urn:> . @prefix jx: <https://w3id.org/jixiao/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
:e a jx:Evidence ; jx:start 3 ; jx:end 9 ; jx:quote "收入合计" ; jx:page 2 ; oa:hasSource :r .
:r a jx:Report ; jx:fileName "a.txt" ; jx:sha256 "SHA" ; jx:fiscalYear 2024 ; jx:department :d .
:d a jx:Department ; jx:name "青山县教育局" ; jx:executionRate 98.5 .
:u a jx:Unit ; jx:name "办公室" . :j a jx:Project ; jx:name "校舍维修" . :s a jx:Subject ; jx:name "教师" .
:f0 a jx:Fact , jx:Description ; jx:evidence :e ; jx:inReport :r ; jx:kind "report" ; jx:title "自评报告" ;
  jx:fiscalYear 2024 ; jx:year 2024 .
:f1 a jx:Staffing ; jx:subject :d ; jx:subjectName "局" ; jx:value 38.0 ; jx:measure :m ; jx:measureName "实有" ;
  jx:category "总计" .
:f2 a jx:Duty ; jx:subject :d ; jx:subjectName "局" ; jx:text "负责教育工作" ; jx:ordinal 1 .
:f3 a jx:Amount ; jx:subject :d ; jx:subjectName "局" ; jx:value 1.5 ; jx:measure :m ; jx:measureName "收入" ;
  jx:year 2024 ; jx:valueYuan 15000.0 .
:f4 a jx:Rate ; jx:subject :d ; jx:subjectName "局" ; jx:value 95.0 ; jx:measure :m ; jx:measureName "执行率" ;
  jx:year 2024 ; jx:unit "%" .
:f5 a jx:Indicator ; jx:subject :d ; jx:subjectName "局" ; jx:level1 "产出指标" ; jx:level3 "培训人次" ;
  jx:weight 10.0 ; jx:score 9.5 ; jx:met true .
:f6 a jx:Score ; jx:subject :d ; jx:subjectName "局" ; jx:value 96.5 ; jx:max 100.0 ; jx:dimension "综合" .
:f7 a jx:Quantity ; jx:subject :d ; jx:subjectName "局" ; jx:value 600.0 ; jx:name "培训" ; jx:year 2024 .
:f8 a jx:Problem ; jx:text "编制不够细化" . :f9 a jx:Improvement ; jx:text "加强培训" .
:f10 a jx:Person ; jx:name "林某某" .
:f11 a jx:Finding ; jx:type "sum-mismatch" ; jx:severity "error" ; jx:explanation "不相等" ; jx:primaryEvidence :e .
:c a jx:Check ; jx:outcome "holds" ; jx:evidence :e .
:v a jx:DerivedValue ; jx:value 90.0 ; jx:measure :m ; jx:measureName "执行率" ; jx:year 2024 ; jx:formula "a ÷ b" ;
  prov:wasDerivedFrom :f3 .
:p a jx:Passage ; jx:start 0 ; jx:end 4 ; jx:text "负责" ; jx:inReport :r .
""".replace("SHA", "0a" * 32)
GOOD = set(Graph().parse(data=EVERY_CLASS, format="turtle"))
ODD: dict[Node, Literal] = {
    SH.datatype: Literal("2024", datatype=XSD.gYear),
    SH.nodeKind: Literal("字"),
    SH.minLength: Literal(""),
    SH.maxLength: Literal("字" * 1000),
    SH.pattern: Literal("1\n"),
    SH.minInclusive: Literal(Decimal("-1e20")),
    SH.minExclusive: Literal(Decimal(0)),
    SH.maxInclusive: Literal(Decimal("1e20")),
    SH["in"]: Literal("别的"),
    SH.lessThan: Literal(10**6),
}
CONSTRAINTS = sorted(
    (shape, term)
    for shape in SHAPES.subjects(RDF.type, SH.PropertyShape)
    for term in set(SHAPES.predicates(shape)) - {RDF.type, SH.targetClass, SH.path, SH.message}
)


def paths(shape: Node) -> list[Node]:
    path = SHAPES.value(shape, SH.path)
    several = SHAPES.value(path, SH.alternativePath)
    return [*Collection(SHAPES, several)] if several else [path] if path else []


def broken(shape: Node, constraint: Node, of: Node) -> set[Triple]:
    """A graph with one node that fails in just this."""
    node = next(s for s, p, o in sorted(GOOD) if (p, o) == (RDF.type, of))
    mine = {t for t in GOOD if t[0] == node and t[1] in paths(shape)}
    if constraint == SH.maxCount:
        return {*GOOD, *((node, paths(shape)[0], Literal(n)) for n in (7, 8))}
    if constraint == SH.minCount:
        return GOOD - mine
    return {*(GOOD - mine), (node, paths(shape)[0], ODD[constraint])}


def conforms(triples: set[Triple]) -> bool:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return not _refused(graph)


def test_a_node_of_every_class_is_sound() -> None:
    assert set(SHAPES.objects(None, SH.targetClass)) <= {o for _, p, o in GOOD if p == RDF.type}
    assert sound(GOOD)
    assert conforms(GOOD)


@pytest.mark.parametrize(("shape", "constraint"), CONSTRAINTS)
def test_each_constraint_that_is_broken_is_seen(shape: Node, constraint: Node) -> None:
    for of in SHAPES.objects(shape, SH.targetClass):
        triples = broken(shape, constraint, of)
        assert not sound(triples)
        assert not conforms(triples)


def test_a_class_below_another_is_left_to_pyshacl() -> None:
    assert not sound({*GOOD, (URIRef("urn:Sub"), RDFS.subClassOf, JX.Evidence), (BNode(), RDF.type, URIRef("urn:Sub"))})


VALUES = st.sampled_from(
    [
        *(o for _, _, o in sorted(GOOD, key=str)),
        *ODD.values(),
        Literal("12a", datatype=XSD.integer),
        Literal("1.0", datatype=XSD.double),
        Literal("字", lang="zh"),
        Literal("字", datatype=XSD.string),
        BNode("b"),
    ]
)


@given(st.lists(st.tuples(st.sampled_from(sorted(GOOD, key=str)), st.none() | VALUES, st.booleans()), max_size=4))
def test_what_is_called_sound_pyshacl_admits(changes: list[tuple[Triple, object, bool]]) -> None:
    triples = set(GOOD)
    for triple, value, beside in changes:
        if not beside:
            triples.discard(triple)
        if value is not None:
            triples.add((*triple[:2], value))  # type: ignore[arg-type]
    if sound(triples):
        assert conforms(triples)
