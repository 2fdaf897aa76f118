"""The HTTP service, asked as its users ask it."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

FIRST = "SELECT ?d ?r { ?d jx:executionRate ?r FILTER(?r < 100) }"


def test_it_says_that_it_is_up_and_what_it_serves(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    while (answer := client.get("/readyz")).status_code == 503:  # until it is warm
        time.sleep(0.05)
    ready = answer.json()
    assert ready["status"] == "ready"
    assert ready["reports"] == client.get("/api/v1/reports").json()["total"]


@pytest.mark.parametrize(
    ("accept", "media_type", "begins"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", b"{"),
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv", b"d,r"),
        ("text/tab-separated-values", "text/tab-separated-values", b"?d\t?r"),
        ("text/html;q=0.1, text/csv;q=0.9", "text/csv", b"d,r"),
        ("*/*", "application/sparql-results+json", b"{"),
    ],
)
def test_a_query_is_answered_in_the_format_that_the_client_prefers(
    client: httpx.Client, accept: str, media_type: str, begins: bytes
) -> None:
    answer = client.get("/sparql", params={"query": FIRST}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert answer.content.startswith(begins)


def test_both_forms_of_post_answer_like_get(client: httpx.Client) -> None:
    by_get = client.get("/sparql", params={"query": FIRST}).json()
    form = client.post("/sparql", data={"query": FIRST})
    direct = client.post("/sparql", content=FIRST, headers={"Content-Type": "application/sparql-query"})
    assert form.json() == direct.json() == by_get
    assert by_get["results"]["bindings"]


def test_a_graph_comes_as_turtle(client: httpx.Client) -> None:
    query = "CONSTRUCT { ?d jx:name ?n } { ?d a jx:Department ; jx:name ?n }"
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"].startswith("text/turtle")
    assert "云溪县教育局" in answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("SELECT ?s {", 400),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400),
        ("SELECT * { " * 400, 400),
        ("SELECT * { ?s ?p '" + "长" * 70_000 + "' }", 413),
    ],
)
def test_what_may_not_run_is_refused_with_a_reason(client: httpx.Client, query: str, status: int) -> None:
    answer = client.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"]


def test_search_finds_by_meaning_and_gives_the_place(client: httpx.Client) -> None:
    result = client.get("/api/v1/search", params={"q": "外商来投诉找谁", "kind": "duty"}).json()
    assert result["count"] == len(result["hits"]) > 0
    for hit in result["hits"]:
        text = client.get(f"/api/v1/reports/{hit['report']}/text").text
        assert text[hit["start"] : hit["end"]] == hit["text"]
        assert hit["kind"] == "duty"
        assert hit["reason"]


def test_an_answer_brings_rows_its_query_and_its_evidence(client: httpx.Client) -> None:
    answer = client.get("/api/v1/ask", params={"question": "执行率低于100%的部门有哪些"}).json()
    assert answer["answerable"]
    assert "云溪县教育局" in str(answer["rows"])
    evidence = answer["evidence"][0]
    text = client.get(f"/api/v1/reports/{evidence['report']}/text").text
    assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
    rerun = client.get("/sparql", params={"query": answer["sparql"]})
    assert rerun.status_code == 200
    assert rerun.json()["results"]["bindings"]


def test_departments_come_with_their_figures_by_year(client: httpx.Client) -> None:
    departments = client.get("/api/v1/departments").json()["items"]
    water = [d["fiscal_year"] for d in departments if d["name"] == "青岭区水利局"]
    assert water == [2023, 2024]


def test_a_report_that_is_not_there_is_a_404_that_names_it(client: httpx.Client) -> None:
    for path in ("/api/v1/reports/没有.txt", "/api/v1/reports/没有.txt/text", "/reports/没有.txt"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.json()["file"] == "没有.txt"


def test_wrong_parameters_are_named(client: httpx.Client) -> None:
    answer = client.get("/api/v1/search", params={"q": "水", "k": "很多"})
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["where"] == "query.k"


def test_facts_can_be_taken_away_as_a_table(client: httpx.Client) -> None:
    name = client.get("/api/v1/reports").json()["items"][0]["name"]
    table = client.get(f"/api/v1/reports/{name}/facts", params={"format": "csv"})
    assert table.status_code == 200
    assert table.content.startswith(b"\xef\xbb\xbf")  # so that a spreadsheet reads the Chinese right


def test_what_has_not_changed_is_not_sent_again(client: httpx.Client) -> None:
    for path in ("/api/v1/reports", "/api/v1/amounts?limit=3", "/openapi.json"):
        first = client.get(path)
        etag = first.headers["etag"]
        again = client.get(path, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
        other = client.get(path, headers={"If-None-Match": '"another"'})
        assert other.content == first.content


def test_the_document_names_every_route_once_and_shows_examples(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    operations = [op for path in document["paths"].values() for op in path.values() if isinstance(op, dict)]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names)) > 35
    assert all(operation.get("summary") or operation.get("description") for operation in operations)
    assert "example" in document["components"]["schemas"]["AmountsRow"]


def test_the_pages_of_the_document_need_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/docs").text
    assert "//" not in page.replace("<!doctype html>", "")
    for asset in ("/docs/assets/swagger-ui-bundle.js", "/docs/assets/swagger-ui.css", "/static/docs.js"):
        assert asset in page
        assert client.get(asset).status_code == 200


def test_the_page_on_http_names_every_route(client: httpx.Client) -> None:
    page = (Path(__file__).parents[2] / "docs" / "http.md").read_text("utf-8")
    for path in client.get("/openapi.json").json()["paths"]:
        steps = [step for step in path.removeprefix("/api/v1").split("/") if step and "{" not in step]
        assert all(step in page for step in steps), path
