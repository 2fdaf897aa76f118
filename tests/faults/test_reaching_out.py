"""Queries that try to leave: nobody outside hears of them, no file is read, and the next query is answered."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import httpx

from api.workers import Limits, Workers
from kg.errors import BadQuery

HOSTNAME = Path("/etc/hostname")
FILE = "file:///etc/hostname"
ALIVE = "ASK { ?r a jx:Report }"

WAYS = [
    "SELECT * { SERVICE <CANARY> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <CANARY> { ?s ?p ?o } }",
    "SELECT * { sErViCe sIlEnT<CANARY>{ ?s ?p ?o } }",
    "SELECT * { SERVICE#\n<CANARY> { ?s ?p ?o } }",
    "PREFIX c: <CANARY> SELECT * { SERVICE c: { ?s ?p ?o } }",
    "PREFIX search: <CANARY> SELECT * { SERVICE search: { ?s ?p ?o } }",
    "PREFIX search: <https://w3id.org/jixiao/search#> PREFIX search: <CANARY>\n"
    "SELECT * { SERVICE search: { ?s ?p ?o } }",
    "BASE <CANARY> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "BASE <CANARY> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { BIND (<CANARY> AS ?where) SERVICE ?where { ?s ?p ?o } }",
    "SELECT * { VALUES ?where { <CANARY> } SERVICE SILENT ?where { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <CANARY> { ?s ?p ?o } } } }",
    "SELECT * { OPTIONAL { { { SERVICE <CANARY> { ?s ?p ?o } } } } }",
    "SELECT * { ?a ?b ?c FILTER EXISTS { SERVICE <CANARY> { ?s ?p ?o } } }",
    "SELECT (EXISTS { SERVICE <CANARY> { ?s ?p ?o } } AS ?x) { }",
    "SELECT * { ?a ?b ?c MINUS { SERVICE <CANARY> { ?a ?b ?c } } }",
    "SELECT * { GRAPH ?g { SERVICE <CANARY> { ?a ?b ?c } } }",
    "SELECT * { SERVICE search: { SERVICE <CANARY> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <CANARY> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <CANARY> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <CANARY> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '\\u0027 } SERVICE <CANARY> { ?s ?p ?o } #' }",
    "SELECT * { SERVICE <\\u0068ttp://127.0.0.1:PORT/x> { ?s ?p ?o } }",
    "SELECT * FROM <CANARY> { ?s ?p ?o }",
    "SELECT * FROM NAMED <CANARY> { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX c: <CANARY> SELECT * FROM c: { ?s ?p ?o }",
    "BASE <CANARY> SELECT * FROM <x> { ?s ?p ?o }",
    "CONSTRUCT FROM <CANARY> WHERE { ?s ?p ?o }",
    "DESCRIBE <CANARY> FROM <CANARY>",
    "DESCRIBE <CANARY>",
    "SELECT * { GRAPH <CANARY> { ?s ?p ?o } }",
    "LOAD <CANARY>",
    "LOAD SILENT <CANARY> INTO GRAPH <urn:x>",
    "ASK {} ; LOAD <CANARY>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <CANARY> { ?s ?p ?o } }",
    "SELECT (<CANARY>(1) AS ?x) { }",
]
BOMBS = [
    "SELECT * " + "{" * 3000 + "}" * 3000,
    "SELECT * { ?s ?p " + "[ ?p " * 3000 + "]" * 3000 + " }",
    "SELECT * { ?s ?p " + "( " * 3000 + ")" * 3000 + " }",
    "SELECT (" + "(" * 3000 + "1" + ")" * 3000 + " AS ?x) { }",
    "SELECT * { FILTER (" + "!" * 6000 + "true) }",
    "SELECT * { FILTER (" + "true || " * 5000 + "true) }",
    "SELECT * { ?s " + "^" * 3000 + "jx:name ?o }",
    "SELECT * { ?s " + "/".join(["jx:name"] * 3000) + " ?o }",
    "SELECT * { ?s " + "(" * 3000 + "jx:name" + ")*" * 3000 + " ?o }",
    "SELECT * { " + "OPTIONAL { " * 3000 + "}" * 3000 + " }",
    "SELECT * { VALUES (" + "?a " * 2000 + ") { (" + "1 " * 2000 + ") } }",
    "SELECT (COUNT(*) AS ?n) { VALUES ?a { " + "1 " * 9000 + "} VALUES ?b { " + "2 " * 9000 + "} ?s ?p ?o . ?t ?q ?r }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
]  # fmt: skip


def test_no_query_reaches_out(server: str, canary: tuple[str, list[str]]) -> None:
    address, asked = canary
    secret = HOSTNAME.read_text("utf-8").strip() if HOSTNAME.exists() else "no file of that name"
    port = address.split(":")[-1].split("/")[0]
    with httpx.Client(base_url=server, timeout=60) as client:
        for way in WAYS:
            for place in (address, FILE):
                query = way.replace("CANARY", place).replace("PORT", port)
                answer = client.post("/sparql", data={"query": query})
                assert answer.status_code in (200, 400), (query, answer.text)
                assert answer.status_code == 400 or "SERVICE" not in query.upper(), query
                assert secret not in answer.text, query
        for name in ("default-graph-uri", "named-graph-uri"):
            for place in (address, FILE):
                assert client.get("/sparql", params={"query": ALIVE, name: place}).status_code == 400
        for place in (address, FILE):
            assert client.get("/rdf-graph-store", params={"graph": place}).status_code == 404
        assert client.get("/sparql", params={"query": ALIVE}).json()["boolean"] is True
    assert len(WAYS) > 30
    assert asked == []


def test_a_bomb_costs_only_itself(demo: Path) -> None:
    workers = Workers(demo, count=1, limits=Limits(seconds=1.5, size=2_000_000))
    try:
        for bomb in BOMBS:
            with suppress(BadQuery):  # refused, killed or crashed; a small one may even be answered
                workers.query(bomb, ["json"])
            assert b"true" in workers.query(ALIVE, ["json"])[1]
    finally:
        workers.close()
