"""The Turtle, its Python names and the records say the same."""

from __future__ import annotations

from dataclasses import fields

import pytest
from rdflib import OWL, RDF, RDFS, SDO, SKOS, Graph, URIRef

from kg.facts import KINDS, Department, Project, Report, Unit
from kg.graph.statements import TERMS
from ontology.loader import HERE, concept_iris, scheme, schemes, summaries
from ontology.terms import JX, ONTOLOGY

TURTLE = Graph().parse(HERE / "ontology.ttl")
DEFINED = sorted(s for s in set(TURTLE.subjects()) if str(s).startswith(str(JX)))


def test_every_term_has_a_python_name_and_the_other_way_round() -> None:
    assert {str(term).removeprefix(str(JX)) for term in DEFINED} == set(JX.__annotations__) - {"_NS", "_fail"}


@pytest.mark.parametrize("term", DEFINED)
def test_every_term_is_named_and_defined_in_both_languages(term: URIRef) -> None:
    for said in (RDFS.label, SKOS.definition):
        assert sorted(o.language for o in TURTLE.objects(term, said)) == ["en", "zh"], (term, said)


def test_the_ontology_is_versioned() -> None:
    (version,) = TURTLE.objects(ONTOLOGY, OWL.versionInfo)
    assert (ONTOLOGY, OWL.versionIRI, URIRef(f"{ONTOLOGY}/{version}")) in TURTLE


def test_whatever_the_turtle_mentions_exists() -> None:
    mentioned = {o for p in (RDFS.range, SDO.domainIncludes, SDO.rangeIncludes) for o in TURTLE.objects(None, p)}
    assert {o for o in mentioned if str(o).startswith(str(JX))} <= set(DEFINED)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_fact_is_a_property_of_its_class(kind: str) -> None:
    record = KINDS[kind]
    described = record in (Report, Department, Unit, Project)
    owner = JX.Description if described else JX[record.__name__]
    for field in fields(record):
        if field.name not in ("evidence", "others", "part"):
            assert (TERMS[field.name], SDO.domainIncludes, owner) in TURTLE, field.name


def test_direct_properties_take_their_values_from_measures_that_exist() -> None:
    assert set(summaries()) == {str(s).removeprefix(str(JX)) for s in TURTLE.subjects(JX.summarises)}
    assert all(summaries().values())


def test_schemes_that_give_values_exist() -> None:
    named = {str(o).rsplit("/", 1)[-1] for o in TURTLE.objects(None, JX.valuesFrom)}
    assert named <= set(schemes())


@pytest.mark.parametrize("name", schemes())
def test_every_concept_is_named_in_both_languages(name: str) -> None:
    turtle = Graph().parse(HERE / "vocabulary" / f"{name}.ttl")
    concepts = set(turtle.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == len(scheme(name)), "two concepts of one name, or one outside its scheme"
    for concept in concepts:
        assert {"en", "zh"} <= {o.language for o in turtle.objects(concept, SKOS.prefLabel)}, concept


def test_fact_kinds_are_the_kinds_of_the_records() -> None:
    assert [concept.notation for concept in scheme("fact-kinds").values()] == list(KINDS)


def test_provinces_have_the_codes_of_the_national_standard() -> None:
    codes = [concept.notation for concept in scheme("provinces").values()]
    assert len(codes) == len(set(codes)) == 34
    assert all(code.endswith("0000") for code in codes)
    assert scheme("provinces")["四川省"].notation == "510000"


def test_functional_classes_are_found_by_their_three_digits() -> None:
    codes = {concept.notation: label for label, concept in scheme("functional-classes").items()}
    assert codes["205"] == "教育支出"
    assert codes["208"] == "社会保障和就业支出"
    assert all(len(code) == 3 for code in codes)


def test_units_lead_to_qudt() -> None:
    turtle = Graph().parse(HERE / "vocabulary" / "units.ttl")
    yuan = URIRef(concept_iris("units")["元"])
    assert (yuan, SKOS.exactMatch, URIRef("http://qudt.org/vocab/unit/CCY_CNY")) in turtle
