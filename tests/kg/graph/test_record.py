"""The graph of one report: things, links, provenance, passages; the same whenever it is built."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from rdflib import RDF, Dataset, Graph, Literal
from rdflib.namespace import PROV

from kg.graph import Record, add, fact_iri, graph_iri, passage_iri, remove, report_iris, triples
from kg.graph.dataset import ground
from kg.stores import memory
from kg.text import Span
from ontology.terms import JX


@pytest.fixture
def dataset(record: Record) -> Dataset:
    dataset = memory.open_store()
    add(dataset, record)
    return dataset


def rows(dataset: Dataset, query: str) -> list[tuple[str, ...]]:
    return sorted(tuple(str(cell) for cell in row) for row in dataset.query(query))  # type: ignore[union-attr]


def test_building_twice_gives_the_same_graph(record: Record) -> None:
    assert set(triples(record)) == set(triples(record))
    assert list(triples(record)) == list(triples(record))


def test_writing_a_report_again_adds_nothing(dataset: Dataset, record: Record) -> None:
    before = rows(dataset, "SELECT ?s ?p ?o { ?s ?p ?o }")
    add(dataset, record)
    assert rows(dataset, "SELECT ?s ?p ?o { ?s ?p ?o }") == before


def test_removing_a_report_leaves_nothing_of_it(dataset: Dataset, record: Record) -> None:
    assert report_iris(dataset) == [str(record.iri())]
    remove(dataset, str(record.iri()))
    assert report_iris(dataset) == []
    assert rows(dataset, "SELECT ?s ?p ?o { ?s ?p ?o }") == []
    remove(dataset, str(record.iri()))


def test_a_report_is_one_named_graph_with_its_provenance(dataset: Dataset, record: Record) -> None:
    graph = graph_iri(record.iri())
    assert rows(dataset, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }") == [(str(graph),)]
    (version,) = rows(
        dataset,
        """SELECT ?v { ?g prov:wasDerivedFrom ?r ; prov:wasGeneratedBy ?a . ?r a jx:Report . ?a prov:used ?r ;
        prov:wasAssociatedWith [ a prov:SoftwareAgent ; <http://purl.org/dc/terms/hasVersion> ?v ] }""",
    )
    assert version == ("1.2.3",)


def test_the_report_tells_what_file_it_is(dataset: Dataset, record: Record) -> None:
    ((name, sha, length, year),) = rows(
        dataset,
        "SELECT ?n ?s ?l ?y { ?r a jx:Report ; jx:fileName ?n ; jx:sha256 ?s ; jx:length ?l ; jx:fiscalYear ?y }",
    )
    assert (name, sha, int(length), int(year)) == (
        record.source.name,
        record.source.sha256,
        len(record.source.text),
        2024,
    )


def test_the_departments_rate_is_one_step_away(dataset: Dataset) -> None:
    found = rows(dataset, "SELECT ?n ?r { ?d a jx:Department ; jx:name ?n ; jx:executionRate ?r FILTER(?r < 100) }")
    assert found == [("青山县教育局", "90")]


def test_every_fact_leads_to_its_words(dataset: Dataset, record: Record) -> None:
    found = rows(
        dataset, "SELECT ?f ?s ?e ?q { ?f a jx:Fact ; jx:evidence ?p . ?p jx:start ?s ; jx:end ?e ; jx:quote ?q }"
    )
    assert {row[0] for row in found} == {str(fact_iri(record.iri(), fact)) for fact in record.facts}
    assert all(record.source.text[int(start) : int(end)] == quote for _, start, end, quote in found)


def test_evidence_is_also_a_web_annotation_selector(dataset: Dataset) -> None:
    query = """SELECT ?f { ?f a jx:Duty ; jx:evidence [ oa:hasSource [ a jx:Report ] ; oa:hasSelector ?s ] .
        ?s a oa:TextPositionSelector , oa:TextQuoteSelector ; oa:start ?start ; oa:exact '指导学校安全管理' }"""
    assert len(rows(dataset, query)) == 1


def test_names_lead_to_things(dataset: Dataset) -> None:
    units = rows(dataset, "SELECT ?u ?d { ?x a jx:Unit ; jx:name ?u ; jx:parent/jx:name ?d }")
    assert units == [("办公室", "青山县教育局"), ("青山县第一中学", "青山县教育局")]
    rates = rows(dataset, "SELECT ?n { ?r a jx:Rate ; jx:subject/jx:name ?n }")
    assert set(rates) == {("青山县教育局",)}, "an alias means its department"
    chain = rows(
        dataset, "SELECT ?n { ?i a jx:Indicator ; jx:level3 '受益学生' ; jx:subject/jx:department*/jx:name ?n }"
    )
    assert chain == [("学生营养餐项目",), ("青山县教育局",)]


def test_has_links_start_at_report_department_and_project(dataset: Dataset) -> None:
    query = "SELECT ?c (COUNT(?i) AS ?n) { ?x jx:hasIndicator ?i ; a ?c } GROUP BY ?c"
    found = dict(rows(dataset, query))
    assert {c.rsplit("#", 1)[-1]: n for c, n in found.items()} == {
        "Report": "2",
        "Entity": "2",
        "Department": "2",
        "Project": "2",
    }


def test_a_rate_of_something_is_narrower_than_the_rate(dataset: Dataset) -> None:
    ground(dataset)
    query = """SELECT ?n ?en { ?r a jx:Rate ; jx:measureName ?n ; jx:measure/skos:broader/skos:prefLabel ?en
        FILTER(lang(?en) = 'en') }"""
    assert rows(dataset, query) == [("公务接待费预算执行率", "Budget execution rate")]


def test_a_derived_value_shows_its_sum_and_its_facts(dataset: Dataset) -> None:
    query = """SELECT ?v ?f (COUNT(?q) AS ?n) { ?d a jx:DerivedValue ; jx:measureName '预算执行率' ; jx:value ?v ;
        jx:formula ?f ; prov:wasDerivedFrom/jx:evidence/jx:quote ?q } GROUP BY ?v ?f"""
    assert rows(dataset, query) == [("90", "1080.45万元 ÷ 1200.50万元 = 90.00%", "2")]


def test_what_supports_a_direct_property_can_be_asked(dataset: Dataset) -> None:
    query = (
        "SELECT ?q { ?f jx:supports jx:initialBudget ; jx:subject/jx:name '青山县教育局' ; jx:evidence/jx:quote ?q }"
    )
    assert rows(dataset, query) == [("年初预算1200.50万元",)]


def test_a_finding_has_all_its_places_and_a_first_one(dataset: Dataset) -> None:
    all_places = rows(dataset, "SELECT ?q { ?f a jx:Finding ; jx:evidence/jx:quote ?q }")
    first = rows(dataset, "SELECT ?q { ?f a jx:Finding ; jx:primaryEvidence/jx:quote ?q }")
    assert (len(all_places), first) == (3, [("预算执行率为95%",)])


@dataclass(frozen=True)
class Passage:
    """What the graph asks of a passage."""

    span: Span
    text: str
    sentence: str = ""
    kind: str = "duty"
    headings: tuple[str, ...] = ("部门概况", "主要职责")
    part: str = ""
    department: str = "青山县教育局"
    places: tuple[Span, ...] = ()
    facts: tuple[int, ...] = ()


def test_a_passage_states_facts_of_its_report(record: Record) -> None:
    index, duty = next((i, f) for i, f in enumerate(record.facts) if f.kind == "duty")
    passage = Passage(duty.evidence.span, duty.evidence.quote, "folded", facts=(index,), places=(Span(0, 6),))
    graph = Graph()
    for triple in triples(replace(record, passages=(passage,))):
        graph.add(triple)
    iri = passage_iri(record.iri(), passage.span)
    assert graph.value(iri, JX.states) == fact_iri(record.iri(), duty)
    assert graph.value(iri, JX.headingPath) == Literal("部门概况 › 主要职责")
    assert graph.value(iri, JX.searchText) == Literal("folded")
    assert graph.value(graph.value(iri, JX.alsoAt), JX.quote) == Literal("青山县教育局")
    assert graph.value(iri, JX.department) == graph.value(record.iri(), JX.department)


def test_two_reports_of_one_department_share_it(record: Record, make: Any) -> None:
    dataset = memory.open_store()
    add(dataset, record)
    other = replace(record, source=replace(record.source, name="other.txt", sha256="ff" * 32))
    add(dataset, other)
    assert len(rows(dataset, "SELECT DISTINCT ?d { ?d a jx:Department }")) == 1
    assert len(rows(dataset, "SELECT DISTINCT ?r { ?d jx:hasReport ?r }")) == 2
    assert len(rows(dataset, "SELECT DISTINCT ?p { ?p a jx:Project }")) == 2, "projects are their report's own"


def test_the_ground_explains_the_terms_in_the_store(dataset: Dataset) -> None:
    ground(dataset)
    ground(dataset)
    query = "SELECT ?l { jx:executionRate <http://www.w3.org/2000/01/rdf-schema#label> ?l }"
    assert rows(dataset, query) == [("execution rate",), ("预算执行率",)]
    query = "SELECT ?code { ?p a jx:Region ; skos:prefLabel '四川省'@zh ; skos:notation ?code }"
    assert rows(dataset, query) == [("510000",)]


def test_the_report_itself_is_an_entity_of_provenance(record: Record) -> None:
    assert (record.iri(), RDF.type, PROV.Entity) in set(triples(record))
