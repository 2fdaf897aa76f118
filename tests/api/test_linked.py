"""Every IRI answers: people with a page, programs with RDF that says the same."""

from __future__ import annotations

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from rdflib import RDF, Graph, URIRef

from ontology.terms import JX
from search.collection import Collection

WATER = "/id/department/青岭区水利局"
IRI = "https://w3id.org/jixiao/id/department/青岭区水利局"


@pytest.mark.parametrize(
    ("accept", "media_type", "format"),
    [
        ("text/turtle", "text/turtle", RdfFormat.TURTLE),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml;q=0.9, text/html;q=0.1", "application/rdf+xml", RdfFormat.RDF_XML),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("*/*", "text/turtle", RdfFormat.TURTLE),
    ],
)
def test_a_program_gets_rdf_in_the_form_it_prefers(
    client: httpx.Client, accept: str, media_type: str, format: RdfFormat
) -> None:
    answer = client.get(WATER, headers={"Accept": accept})
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert "Accept" in answer.headers["vary"]
    is_department = Triple(NamedNode(IRI), NamedNode(str(RDF.type)), NamedNode(str(JX.Department)))
    assert is_department in {quad.triple for quad in parse(answer.content, format)}


def test_a_person_gets_a_page_that_leads_on(client: httpx.Client) -> None:
    answer = client.get(WATER, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.headers["content-type"].startswith("text/html")
    assert "青岭区水利局" in answer.text
    assert 'href="/id/report/' in answer.text
    assert "Accept" in answer.headers["vary"]


def test_every_report_and_what_it_links_to_answers(client: httpx.Client, collection: Collection) -> None:
    for entry in collection.generation.entries.values():
        path = entry.iri.removeprefix("https://w3id.org/jixiao")
        assert client.get(path, params={"format": "nt"}).status_code == 200
    rows = collection.query("SELECT DISTINCT ?p { ?p a jx:Project } LIMIT 20")
    for (iri,) in rows:
        assert client.get(str(iri).removeprefix("https://w3id.org/jixiao")).status_code == 200


def test_a_thing_that_is_not_there_is_a_404(client: httpx.Client) -> None:
    for path in ("/id/nothing", "/id/a%3E%20b", "/id/%00", "/id/"):
        assert client.get(path).status_code == 404


def test_the_context_of_json_ld_is_inside_it(client: httpx.Client) -> None:
    document = client.get(WATER, params={"format": "jsonld"}).json()
    assert isinstance(document["@context"], dict)
    assert document["@context"] == client.get("/context.jsonld").json()["@context"]


def test_the_data_set_says_what_it_is_and_where_to_ask(client: httpx.Client) -> None:
    answer = client.get("/.well-known/void")
    graph = Graph().parse(data=answer.content, format="turtle")
    void = "http://rdfs.org/ns/void#"
    [endpoint] = graph.objects(None, URIRef(f"{void}sparqlEndpoint"))
    assert client.get(str(endpoint), params={"query": "ASK {}"}).status_code == 200
    [example] = graph.objects(None, URIRef(f"{void}exampleResource"))
    assert client.get(str(example).removeprefix("https://w3id.org/jixiao")).status_code == 200
