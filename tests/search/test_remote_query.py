"""Search inside SPARQL over an endpoint in another process, which knows nothing of search."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sparql_server
from rdflib import RDF, Dataset, Literal, Namespace, URIRef
from rdflib.query import Result
from rdflib.term import Node

from kg.errors import BadQuery, WorkspaceError
from kg.stores import sparql
from kg.text import Span
from search.index import SearchIndex, drafting
from search.passage import Passage
from search.query import run, written

JX = Namespace("https://w3id.org/jixiao/ontology#")
OA = Namespace("http://www.w3.org/ns/oa#")
EX = Namespace("https://example.org/")
DUTIES = {
    "水利局": ("负责水库防汛调度", "负责水库大坝维修", "受理投诉信访"),
    "教育局": ("负责学校校车安全", "负责学校食堂监督", "受理投诉信访"),
}
SCORES = {"水利局": 97, "教育局": 99}
Ask = Callable[[str], Result]


def passages() -> list[Passage]:
    return [
        Passage(report=d, sha256=d, span=Span(i, i + len(t)), text=t, sentence=t, kind="duty", department=d)
        for d, texts in DUTIES.items()
        for i, t in enumerate(texts)
    ]


def named(passage: Passage) -> str:
    return str(EX[f"{passage.report}-{passage.span.start}"])


def write_graph(path: Path) -> None:
    """The passages, a named graph a report, each with its evidence."""
    path.write_text("\n".join(f"{s.n3()} {p.n3()} {o.n3()} {g.n3()} ." for s, p, o, g in statements()), "utf-8")


def statements() -> Iterator[tuple[Node, URIRef, Node, URIRef]]:
    for passage in passages():
        graph, iri, department = EX[passage.report], URIRef(named(passage)), EX[f"d-{passage.report}"]
        evidence = URIRef(f"{iri}#e")
        yield iri, RDF.type, JX.Passage, graph
        yield iri, JX.department, department, graph
        yield iri, JX.evidence, evidence, graph
        yield evidence, OA.exact, Literal(passage.text), graph
        yield department, JX.overallScore, Literal(SCORES[passage.report]), graph
        yield department, JX.name, Literal(passage.report), graph


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    path = tmp_path_factory.mktemp("remote") / "graph.nq"
    write_graph(path)
    command = [sys.executable, sparql_server.__file__, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield sparql.open_store(server.stdout.readline().strip(), read_only=True)
        server.terminate()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, tiny_model: str) -> SearchIndex:
    folder = tmp_path_factory.mktemp("index")
    with drafting(folder, tiny_model) as draft:
        draft.add(passages(), named)
    return SearchIndex.open(folder, tiny_model)


@pytest.fixture
def ask(remote: Dataset, index: SearchIndex) -> Ask:
    return lambda query: run(query, remote, lambda: index)


def column(result: Result, name: str = "p") -> list[str]:
    return [str(row[name]).rsplit("/", 1)[-1] for row in result]  # type: ignore[index, call-overload]


def test_score_snippet_reason_and_evidence_are_bound(ask: Ask) -> None:
    query = """SELECT * { (?p ?score ?text ?why) search:query ("水库防汛" 1) . ?p jx:evidence/oa:exact ?quote }"""
    (row,) = ask(query)
    assert str(row["text"]) == str(row["quote"]) == "负责水库防汛调度"  # type: ignore[index, call-overload]
    assert 0 < float(row["score"]) <= 1  # type: ignore[index, call-overload, arg-type]
    assert "水库" in row["why"]  # type: ignore[index, call-overload]


def test_facts_at_the_endpoint_filter_before_the_ranking_is_cut(ask: Ask) -> None:
    query = """SELECT ?p { (?p ?s) search:query ("受理水库投诉信访" 2) .
        ?p jx:department/jx:overallScore ?o FILTER(?o > 98) } ORDER BY DESC(?s)"""
    found = column(ask(query))
    assert found[0] == "教育局-2"
    assert all(p.startswith("教育局") for p in found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (
            'SELECT ?p { ?d jx:name "教育局" OPTIONAL { ?p search:query ("校车" 1) ; jx:department ?d } }',
            {"教育局-0"},
        ),
        (
            'SELECT ?p { { ?p search:query ("校车" 1) } UNION { ?p search:query ("防汛" 1) } }',
            {"教育局-0", "水利局-0"},
        ),
        (
            'SELECT ?p { { SELECT ?p { ?p search:query ("校车" 1) } } ?p jx:department/jx:name ?n }',
            {"教育局-0"},
        ),
        (
            f'SELECT ?p {{ GRAPH <{EX["教育局"]}> {{ ?p search:query ("校车食堂" 2) . ?p a jx:Passage }} }}',
            {"教育局-0", "教育局-1"},
        ),
        (
            'SELECT ?p { GRAPH ?g { ?p search:query ("校车" 1) . ?p a jx:Passage } }',
            {"教育局-0"},
        ),
        (
            f'SELECT ?p FROM <{EX["水利局"]}> {{ ?p search:query ("投诉信访" 1) . ?p a jx:Passage }}',
            {"水利局-2"},
        ),
        (
            'SELECT ?p { SERVICE search: { ?p search:words "防汛" ; search:limit 1 } ?p jx:department ?d }',
            {"水利局-0"},
        ),
    ],
)
def test_a_search_stands_wherever_a_pattern_can(ask: Ask, query: str, found: set[str]) -> None:
    assert set(column(ask(query))) == found


def test_several_searches_in_one_query(ask: Ask) -> None:
    query = """SELECT ?p ?q { (?p ?s) search:query ("水库防汛" 1) . (?q ?t) search:query ("校车" 1) .
        FILTER(?s + ?t > 0) }"""
    result = ask(query)
    assert (column(result), column(result, "q")) == (["水利局-0"], ["教育局-0"])


def test_ask_and_construct(ask: Ask, remote: Dataset, index: SearchIndex) -> None:
    assert ask('ASK { ?p search:query ("校车" 1) }').askAnswer
    graph = ask('CONSTRUCT { ?p jx:found ?s } WHERE { (?p ?s) search:query ("校车" 2) }').graph
    assert graph is not None
    assert len(graph) == 2
    kind, data = written('SELECT ?p { ?p search:query ("校车" 1) }', remote, lambda: index, ("json",), 10_000)
    assert kind.startswith("application/sparql-results+json")
    assert b"example.org" in data


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT * { ?p search:query ?words }", "search-pattern"),
        ("SELECT * { ?s ?p ?o FILTER(?p = search:query) }", "search-place"),
        ('SELECT * { ?p search:query ("x" "colour:red") }', "search-option"),
        ("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }", "service"),
        ("SELECT * FROM <https://example.org/unknown> { ?s ?p ?o }", "unknown-graph"),
    ],
)
def test_what_cannot_be_evaluated_is_a_clear_error_before_anything_is_sent(ask: Ask, query: str, code: str) -> None:
    with pytest.raises(BadQuery) as error:
        ask(query)
    assert error.value.code == code


def test_an_endpoint_that_is_gone_is_a_clear_error(index: SearchIndex) -> None:
    gone = sparql.open_store("http://127.0.0.1:9/query", read_only=True)
    with pytest.raises(WorkspaceError, match="store"):
        run('SELECT ?p { ?p search:query ("校车" 1) }', gone, lambda: index)
