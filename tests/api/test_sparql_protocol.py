"""The SPARQL 1.1 Protocol as programs speak it: its forms, its datasets, its formats, its errors."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
from pyoxigraph import Quad, RdfFormat, parse

SD = "http://www.w3.org/ns/sparql-service-description#"
DIRECT = "application/sparql-query"
NAMES = "SELECT DISTINCT ?name { ?d a jx:Department ; jx:name ?name }"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?r a jx:Report } }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
TRIPLES = "CONSTRUCT { ?d jx:name ?name } { ?d a jx:Department ; jx:name ?name }"


def values(answer: httpx.Response, name: str) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {row[name]["value"] for row in answer.json()["results"]["bindings"]}


def count(answer: httpx.Response) -> int:
    (number,) = values(answer, "n")
    return int(number)


def read(answer: httpx.Response) -> set[Quad]:
    format = RdfFormat.from_media_type(answer.headers["content-type"])
    assert format, answer.text
    return set(parse(answer.content, format))


@pytest.fixture(scope="module")
def graphs(client: httpx.Client) -> list[str]:
    found = sorted(values(client.get("/sparql", params={"query": GRAPHS}), "g"))
    assert len(found) > 2
    return found


Ask = dict[str, object]


def ways(query: str, dataset: list[tuple[str, str]]) -> Iterator[tuple[str, Ask]]:
    """The three ways in which the protocol lets a program send the same query."""
    address = urlencode(dataset)
    pairs = urlencode([("query", query), *dataset])
    form = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    yield "GET", {"url": f"/sparql?{pairs}"}
    yield "POST", {"url": "/sparql", "content": pairs, "headers": form}
    yield "POST", {"url": f"/sparql?{address}", "content": query, "headers": {"Content-Type": DIRECT}}


def test_the_dataset_of_the_request_holds_in_all_three_forms(client: httpx.Client, graphs: list[str]) -> None:
    one, two = graphs[:2]
    whole = count(client.get("/sparql", params={"query": COUNT}))
    singles = [count(client.get("/sparql", params={"query": COUNT, "default-graph-uri": g})) for g in (one, two)]
    assert all(0 < single < whole for single in singles)
    for method, sent in ways(COUNT, [("default-graph-uri", one), ("default-graph-uri", two)]):
        merged = count(client.request(method, **sent))  # type: ignore[arg-type]
        assert max(singles) < merged <= sum(singles)
    for method, sent in ways(GRAPHS, [("named-graph-uri", one), ("named-graph-uri", two)]):
        assert values(client.request(method, **sent), "g") == {one, two}  # type: ignore[arg-type]


def test_only_the_graphs_that_are_named_can_be_asked(client: httpx.Client, graphs: list[str]) -> None:
    only = {"default-graph-uri": graphs[0]}
    assert values(client.get("/sparql", params={"query": GRAPHS, **only}), "g") == set()
    assert count(client.get("/sparql", params={"query": COUNT, "named-graph-uri": graphs[0]})) == 0


def test_the_dataset_of_the_request_goes_before_that_of_the_query(client: httpx.Client, graphs: list[str]) -> None:
    query = f"SELECT ?r FROM <{graphs[0]}> FROM NAMED <{graphs[0]}> WHERE {{ ?r a jx:Report }}"
    (first,) = values(client.get("/sparql", params={"query": query}), "r")
    (second,) = values(client.get("/sparql", params={"query": query, "default-graph-uri": graphs[1]}), "r")
    assert (graphs[0].startswith(first), graphs[1].startswith(second)) == (True, True)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?r a jx:Report }",
        "CONSTRUCT { ?r a jx:Report } WHERE { ?r a jx:Report }",
        "CONSTRUCT WHERE { ?r a jx:Report }",
        "DESCRIBE ?r WHERE { ?r a jx:Report } LIMIT 1",
        "SELECT (EXISTS { ?r a jx:Report } AS ?x) { } # a remark {",
        "SELECT ?r { { SELECT ?r { ?r a jx:Report } } } ORDER BY ?r",
    ],
)
def test_every_form_of_query_takes_a_dataset(client: httpx.Client, graphs: list[str], query: str) -> None:
    answer = client.get("/sparql", params={"query": query, "default-graph-uri": graphs[0]})
    assert answer.status_code == 200, answer.text


def test_describe_without_a_pattern_takes_a_dataset(client: httpx.Client, graphs: list[str]) -> None:
    report = graphs[0].removesuffix("/graph")
    query = f"DESCRIBE <{report}> # nothing more"
    for graph, found in ((graphs[0], True), (graphs[1], False)):
        answer = client.get("/sparql", params={"query": query, "default-graph-uri": graph, "format": "nt"})
        assert answer.status_code == 200, answer.text
        assert bool(answer.text.strip()) is found


def test_search_inside_finds_only_in_the_dataset(client: httpx.Client, graphs: list[str]) -> None:
    query = 'SELECT ?p ?g { GRAPH ?g { ?p search:query ("教育" 50) ; a jx:Passage } }'
    found = values(client.get("/sparql", params={"query": query}), "g")
    assert len(found) > 1
    one = min(found)
    assert values(client.get("/sparql", params={"query": query, "named-graph-uri": one}), "g") == {one}


@pytest.mark.parametrize(
    "graph",
    ["https://w3id.org/jixiao/id/report/none", "http://127.0.0.1:9/x", "file:///etc/hostname", "none", "", "a b",
     "urn:x> { ?s ?p ?o } #", "urn:x\\u003E"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_is_not_here_is_refused(client: httpx.Client, name: str, graph: str) -> None:
    answer = client.get("/sparql", params={"query": COUNT, name: graph})
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("accept", "media"),
    [(media, media) for media in ("text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples")]
    + [("*/*", "text/turtle")],
)
def test_asked_for_nothing_it_describes_itself(
    client: httpx.Client, graphs: list[str], accept: str, media: str
) -> None:
    answer = client.get("/sparql", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, media)
    told: dict[str, set[str]] = {}
    for quad in read(answer):
        told.setdefault(quad.predicate.value.removeprefix(SD), set()).add(quad.object.value)  # type: ignore[union-attr]
    assert {one.rsplit("/", 1)[-1] for one in told["endpoint"]} == {"sparql"}
    assert told["supportedLanguage"] == {f"{SD}SPARQL11Query"}
    assert told["name"] == set(graphs)
    assert told["defaultDataset"]


def test_people_who_ask_for_nothing_get_the_page(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")


MEDIA = {
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
}


@pytest.mark.parametrize("name", MEDIA)
def test_graphs_come_in_every_format_by_name_and_by_negotiation(client: httpx.Client, name: str) -> None:
    media = MEDIA[name]
    by_name = client.get("/sparql", params={"query": TRIPLES, "format": name})
    by_media = client.get("/sparql", params={"query": TRIPLES, "format": media})
    by_accept = client.get("/sparql", params={"query": TRIPLES}, headers={"Accept": f"text/csv;q=0.2, {media}"})
    names = values(client.get("/sparql", params={"query": NAMES}), "name")
    for answer in (by_name, by_media, by_accept):
        assert answer.headers["content-type"].split(";")[0] == media
        assert {quad.object.value for quad in read(answer)} == names  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("accept", "begins"),
    [
        ("text/*", "text/csv"),
        ("application/*;q=0.5, text/tab-separated-values;q=0.9", "text/tab-separated-values"),
        ("text/csv;q=0, text/*", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0.1, */*;q=0.2", "application/sparql-results+xml"),
        ("application/json", "application/sparql-results+json"),
        ("image/png, */*;q=0.01", "application/sparql-results+json"),
    ],
)
def test_weights_and_ranges_of_accept_are_honoured(client: httpx.Client, accept: str, begins: str) -> None:
    answer = client.get("/sparql", params={"query": NAMES}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(begins)
    assert "Accept" in answer.headers["vary"]


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("method", "address", "headers", "content", "status"),
    [
        ("GET", "?query=", {}, b"", 400),
        ("GET", "?query=ASK%7B%7D&query=ASK%7B%7D", {}, b"", 400),
        ("GET", "?query=ASK%7B", {}, b"", 400),
        ("GET", "?query=%C4%E3", {}, b"", 400),
        ("GET", "?query=ASK%7B%7D&format=pdf", {}, b"", 400),
        ("GET", "?query=ASK%7B%7D", {"Accept": "image/png"}, b"", 406),
        ("GET", "?query=ASK%7B%7D", {"Accept": "text/turtle"}, b"", 406),
        ("GET", "?query=CONSTRUCT%20WHERE%7B%7D", {"Accept": "text/csv"}, b"", 406),
        ("PUT", "?query=ASK%7B%7D", {}, b"", 405),
        ("DELETE", "?query=ASK%7B%7D", {}, b"", 405),
        ("POST", "", {"Content-Type": FORM}, b"query=ASK%7B%7D&query=ASK%7B%7D", 400),
        ("POST", "", {"Content-Type": FORM}, b"update=CLEAR%20ALL", 400),
        ("POST", "?query=ASK%7B%7D", {"Content-Type": DIRECT}, b"ASK{}", 400),
        ("POST", "", {"Content-Type": FORM}, b"query=%FF", 400),
        ("POST", "", {"Content-Type": DIRECT}, b"\xff\xfeA\x00S\x00K\x00", 400),
        ("POST", "", {"Content-Type": f"{DIRECT}; charset=UTF-16"}, "ASK{}".encode("utf-16"), 415),
        ("POST", "", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 415),
        ("POST", "", {"Content-Type": "text/plain"}, b"ASK{}", 415),
        ("POST", "", {}, b"ASK{}", 415),
        ("POST", "", {"Content-Type": DIRECT}, b"CLEAR ALL", 400),
        ("POST", "", {"Content-Type": DIRECT}, b"#" * 300_000, 413),
    ],
)
def test_what_is_no_query_is_refused_as_the_standard_says(
    client: httpx.Client, method: str, address: str, headers: dict[str, str], content: bytes, status: int
) -> None:
    answer = client.request(method, f"/sparql{address}", headers=headers, content=content)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_a_report_is_read_as_the_graph_that_it_is(client: httpx.Client, graphs: list[str]) -> None:
    for graph in graphs[:2]:
        answer = client.get("/rdf-graph-store", params={"graph": graph}, headers={"Accept": "application/n-triples"})
        asked = count(client.get("/sparql", params={"query": COUNT, "default-graph-uri": graph}))
        assert len(read(answer)) == asked
    assert client.get("/rdf-graph-store?default&format=nt").status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "", 400),
        ("GET", "?default&graph=urn:x", 400),
        ("GET", "?graph=urn:none", 404),
        ("GET", "?graph=file:///etc/hostname", 404),
        ("GET", "?default&format=csv", 406),
        ("PUT", "?default", 405),
        ("DELETE", "?default", 405),
    ],
)
def test_a_graph_store_request_that_cannot_be_met(client: httpx.Client, method: str, address: str, status: int) -> None:
    answer = client.request(method, f"/rdf-graph-store{address}")
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["/sparql", "/sparql?query=ASK%7B%7D", "/rdf-graph-store?graph={graph}"])
def test_head_answers_as_get_would_without_the_content(client: httpx.Client, graphs: list[str], address: str) -> None:
    address = address.format(graph=graphs[0])
    head, got = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
