"""The W3C's SPARQL 1.1 tests through the endpoint: what the engine passes by itself, the service passes too.

Each test has a dataset of its own, so the workers' place is taken by one that evaluates in this
process what the route hands it; the route, the checks, the rewriting and the formats are the real ones.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import rdflib
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pyoxigraph import (
    BlankNode,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)
from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection

from api import problems
from api.routes import sparql
from api.workers import Limits
from kg.errors import BadQuery
from kg.stores._oxigraph import dataset
from search.index import SearchIndex
from search.query import written

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
KINDS = (MF.QueryEvaluationTest, MF.CSVResultFormatTest)
ELSEWHERE = {"service"}  # its tests call other servers, which no query may here
COLLECTED = 305
LEAST = 231  # the rest need entailment, or are about what the engine leaves open


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    query: str
    data: tuple[Path, ...]
    graphs: tuple[tuple[str, Path], ...]
    result: Path


@dataclass(slots=True)
class Here:
    """In the place of the workers: the dataset of the test at hand. `thread` is the only one of its own,
    for what the engine gives must be dropped in the thread that asked."""

    thread: ThreadPoolExecutor
    store: Store = field(default_factory=Store)
    limits: Limits = Limits()

    async def awaited(self, sparql: str, wanted: Sequence[str]) -> tuple[str, bytes]:
        answer = self.thread.submit(self._asked, sparql, wanted).result()
        if isinstance(answer, BadQuery):
            raise answer
        return answer

    def _asked(self, sparql: str, wanted: Sequence[str]) -> tuple[str, bytes] | BadQuery:
        try:
            return written(sparql, dataset(self.store), _no_index, wanted, 2**25)
        except Exception as error:
            return BadQuery("bad-query", str(error))


@dataclass(frozen=True, slots=True)
class Answering:
    """In the place of what the service answers from."""

    workers: Here
    collection: None = None
    warm: bool = True

    def opened(self) -> Answering:
        return self


@pytest.fixture
def here() -> Iterator[Here]:
    """Garbage is collected in its thread alone."""
    gc.disable()
    with ThreadPoolExecutor(1) as thread:
        yield Here(thread)
        thread.submit(gc.collect).result()
    gc.enable()


def _no_index() -> SearchIndex:
    pytest.fail("no test of the W3C searches")


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[Case]:
    manifests = sorted((shared / "rdf-tests" / "sparql11").glob("*/manifest.ttl"))
    return [case for path in manifests if path.parent.name not in ELSEWHERE for case in _cases(path)]


def _cases(manifest: Path) -> Iterator[Case]:
    told = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for entries in told.objects(None, MF.entries):
        for entry in Collection(told, entries):
            if told.value(entry, RDF.type) not in KINDS:
                continue
            action, result = told.value(entry, MF.action), told.value(entry, MF.result)
            data = tuple(_path(one) for one in told.objects(action, QT.data))
            graphs = tuple((str(one), _path(one)) for one in told.objects(action, QT.graphData))
            query = _path(told.value(action, QT.query))
            text = f"BASE <{query.as_uri()}>\n{query.read_text('utf-8')}"
            yield Case(f"{manifest.parent.name}/{str(entry).split('#')[-1]}", text, data, graphs, _path(result))


def _path(iri: object) -> Path:
    return Path(unquote(urlsplit(str(iri)).path))


def _loaded(case: Case) -> Store:
    store = Store()
    for path in case.data:
        store.load(path=path, base_iri=path.as_uri())
        if "FROM" in case.query:  # it names its data itself
            store.load(path=path, base_iri=path.as_uri(), to_graph=NamedNode(path.as_uri()))
    for name, path in case.graphs:
        store.load(path=path, base_iri=path.as_uri(), to_graph=NamedNode(name))
    return store


Result = tuple[str, object]


def _rows(found: QuerySolutions | QueryBoolean) -> Result:
    """A table as what makes it equal to another: variables that are bound, and rows without the names of blanks."""
    if isinstance(found, QueryBoolean):
        return "boolean", bool(found)
    names = [variable.value for variable in found.variables]
    rows = [{name: row[name] for name in names if row[name] is not None} for row in found]
    return "rows", Counter(frozenset((name, _term(term)) for name, term in row.items()) for row in rows)


def _term(term: object) -> str:
    return "_:" if isinstance(term, BlankNode) else str(term)


def _triples(data: bytes, format: RdfFormat, base: str) -> Result:
    quads = {quad.triple for quad in parse(data, format, base_iri=base)}
    return "triples", Counter(tuple(_term(part) for part in triple) for triple in quads)


def _expected(case: Case) -> Result:
    data, suffix = case.result.read_bytes(), case.result.suffix[1:]
    if suffix == "csv":
        return "lines", Counter(data.split())
    if format := QueryResultsFormat.from_extension(suffix):
        return _rows(parse_query_results(data, format))
    read = RdfFormat.from_extension(suffix)
    assert read, case.result
    return _triples(data, read, case.result.as_uri())


def _by_engine(case: Case, expected: str) -> Result:
    found = _loaded(case).query(case.query)
    if isinstance(found, QueryTriples):
        return "triples", Counter({tuple(_term(part) for part in triple): 1 for triple in found})
    if expected == "lines":
        return "lines", Counter(found.serialize(format=QueryResultsFormat.CSV).split())  # type: ignore[union-attr]
    return _rows(found)


def _by_http(case: Case, expected: str, client: TestClient, here: Here) -> Result:
    here.store = _loaded(case)
    format = {"lines": "csv", "triples": "nt"}.get(expected, "tsv" if case.result.suffix == ".tsv" else "xml")
    answer = client.post("/sparql", data={"query": case.query, "format": format})
    assert answer.status_code == 200, answer.text
    if expected == "lines":
        return "lines", Counter(answer.content.split())
    if expected == "triples":
        return _triples(answer.content, RdfFormat.N_TRIPLES, "")
    read = QueryResultsFormat.from_extension(format)
    assert read
    return _rows(parse_query_results(answer.content, read))


def _passed(cases: Sequence[Case], ask: Callable[[Case, str], Result]) -> set[str]:
    passed = set()
    for case in cases:
        expected = _expected(case)
        try:
            if ask(case, expected[0]) == expected:
                passed.add(case.name)
        except (AssertionError, SyntaxError, ValueError, OSError):
            continue  # refused, or not understood: not passed
    return passed


def test_the_endpoint_passes_what_the_engine_passes(
    cases: list[Case], here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)  # as in every worker
    app = FastAPI()
    app.include_router(sparql.router)
    app.state.live = Answering(here)
    problems.install(app)
    with TestClient(app) as client:
        through = _passed(cases, lambda case, expected: _by_http(case, expected, client, here))
    direct = _passed(cases, _by_engine)
    assert len(cases) == COLLECTED
    assert len(direct) >= LEAST, len(direct)
    assert direct - through == set()
