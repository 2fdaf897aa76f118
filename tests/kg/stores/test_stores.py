"""One scenario that every store goes through, and what is special to each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import RDFS, BNode, Dataset, Literal, URIRef

from kg import dropin, stores
from kg.errors import WorkspaceError
from kg.facts import Evidence, Fact, Finding
from kg.graph import Record, add, facts_from, ground, remove, report_iris
from kg.graph.dataset import load, replace_graph
from kg.stores import _oxigraph, memory, oxigraph, sparql
from kg.text import Source

Open = Callable[..., Dataset]
KEEPING = ("oxigraph", "sparql")  # stores that keep what was written after they are closed


@pytest.fixture
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the store of this test is: an address for the remote one, else a folder."""
    name = request.getfixturevalue("name")
    address: str = request.getfixturevalue("endpoint") if name == "sparql" else str(tmp_path / "graph")
    return address


@pytest.mark.parametrize("name", dropin.names(stores))
def test_every_store_keeps_replaces_and_gives_back_reports(name: str, location: str, record: Record) -> None:
    open_store: Open = dropin.one(stores, name).open_store
    dataset = open_store(location)
    ground(dataset)
    awkward = 'quotes " and \\ and\r\nline ends\t，表格\n\t10\n\u2028{ WHERE { ?x }'
    other = Record(Source("other.txt", awkward, "cd" * 32), (replace(record.facts[6], evidence=whole(awkward)),))
    add(dataset, record)
    add(dataset, other)

    assert report_iris(dataset) == sorted([str(record.iri()), str(other.iri())])
    assert set(facts_from(dataset, record.source.name)) == set(record.facts[:-1]) | {sorted_places(record)}
    (back,) = facts_from(dataset, "other.txt")
    assert back.evidence.quote == awkward
    assert len(list(facts_from(dataset))) == len(record.facts) + 1

    query = "SELECT ?d ?r { ?d a jx:Department ; jx:executionRate ?r FILTER(?r < 100) }"
    assert [row[1].toPython() for row in dataset.query(query)] == [90]  # type: ignore[index, union-attr]
    assert dataset.query("ASK { GRAPH ?g { ?r a jx:Report } }").askAnswer

    add(dataset, replace(record, facts=record.facts[:3], derived=()))
    assert len(list(facts_from(dataset, record.source.name))) == 3
    remove(dataset, str(other.iri()))
    assert report_iris(dataset) == [str(record.iri())]
    dataset.store.close()

    if name in KEEPING:
        again = open_store(location, read_only=True)
        assert len(list(facts_from(again))) == 3
        with pytest.raises(Exception):  # noqa: B017, PT011  (each engine has its own)
            add(again, record)
        again.store.close()


def whole(text: str) -> Evidence:
    return Evidence("other.txt", 0, len(text), text)


def sorted_places(record: Record) -> Fact:
    """The finding as the graph gives it back: its further places in reading order."""
    finding = record.facts[-1]
    assert isinstance(finding, Finding)
    return replace(finding, others=tuple(sorted(finding.others, key=lambda e: e.start)))


def test_a_store_holds_every_report_that_is_written(tmp_path: Path, record: Record) -> None:
    dataset = oxigraph.open_store(str(tmp_path / "graph"))
    for number in range(20):
        add(dataset, replace(record, source=replace(record.source, sha256=f"{number:02}" * 32)))
    assert len(report_iris(dataset)) == 20
    dataset.store.close()
    dataset.store.close()


def test_a_closed_store_keeps_no_log_of_what_was_written(tmp_path: Path, record: Record) -> None:
    dataset = oxigraph.open_store(str(tmp_path / "graph"))
    add(dataset, record)
    dataset.store.close()
    assert sum(file.stat().st_size for file in (tmp_path / "graph").glob("*.log")) == 0


@pytest.mark.parametrize("name", ["memory", "oxigraph"])
def test_what_two_reports_state_is_there_once(name: str, location: str, record: Record) -> None:
    dataset: Dataset = dropin.one(stores, name).open_store(location)
    other = replace(record, source=replace(record.source, name="other.txt", sha256="cd" * 32))
    count = "SELECT (COUNT(*) AS ?n) { ?d a jx:Department ; jx:name ?name ; jx:executionRate ?rate }"
    everything = "SELECT ?s ?p ?o { ?s ?p ?o }"

    def counted() -> list[int]:
        return [row[0].toPython() for row in dataset.query(count)]  # type: ignore[index, union-attr]

    add(dataset, record)
    alone = set(dataset.query(everything))
    add(dataset, other)
    assert counted() == [1]
    remove(dataset, str(other.iri()))
    assert counted() == [1], "what the other report still states stays"
    assert set(dataset.query(everything)) == alone
    remove(dataset, str(record.iri()))
    assert list(dataset.query(everything)) == []
    dataset.store.close()


def test_single_triples_are_followed_too() -> None:
    dataset = memory.open_store()
    here, there = dataset.graph(URIRef("urn:here")), dataset.graph(URIRef("urn:there"))
    triple = (URIRef("urn:s"), RDFS.label, Literal("x", lang="en"))
    here.add(triple)
    there.add(triple)
    there.add((BNode(), RDFS.label, Literal("y")))
    ask = "ASK { <urn:s> ?p ?o }"
    here.remove(triple)
    assert dataset.query(ask).askAnswer
    there.remove((None, None, None))
    assert list(dataset.query("SELECT ?s { ?s ?p ?o }")) == []


def test_a_store_that_another_process_writes_says_so(tmp_path: Path) -> None:
    folder = str(tmp_path / "graph")
    dataset = oxigraph.open_store(folder)
    code = (
        "import sys; from kg.stores.oxigraph import open_store; from kg.errors import WorkspaceError\n"
        "try: open_store(sys.argv[1])\n"
        "except WorkspaceError as error: print(error.code)"
    )
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)
    assert done.stdout == "store\n"
    dataset.store.close()


def test_a_folder_without_a_store_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="打不开"):
        oxigraph.open_store(str(tmp_path / "nothing"), read_only=True)


def test_a_server_that_refuses_or_is_away_is_an_error_of_ours(endpoint: str) -> None:
    dataset = sparql.open_store(endpoint)
    with pytest.raises(WorkspaceError, match="SPARQL"):
        dataset.query("SELECT nonsense")
    with pytest.raises(WorkspaceError, match="SPARQL"):
        report_iris(sparql.open_store(endpoint.replace("/query", "/elsewhere")))
    away = sparql.open_store("http://127.0.0.1:9/query")
    with pytest.raises(WorkspaceError, match="SPARQL"):
        report_iris(away)
    with pytest.raises(WorkspaceError, match="SPARQL"):
        replace_graph(away, URIRef("urn:g"), [(URIRef("urn:s"), RDFS.label, Literal("x"))])


def test_the_update_address_can_be_given(endpoint: str, record: Record) -> None:
    dataset = sparql.open_store(f"{endpoint} {endpoint.replace('/query', '/update')}")
    add(dataset, record)
    assert report_iris(dataset) == [str(record.iri())]


@pytest.mark.parametrize("name", dropin.names(stores))
def test_no_store_reads_files_that_a_query_names(name: str, location: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.nt"
    secret.write_text('<urn:s> <urn:p> "secret" .')
    dataset: Dataset = dropin.one(stores, name).open_store(location)
    rows = dataset.query(f"SELECT ?o FROM <{secret.as_uri()}> {{ ?s ?p ?o }}")
    assert list(rows) == []
    dataset.store.close()


def test_large_graphs_are_loaded_like_small_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graphs = {
        URIRef(f"https://example.org/report/{said}"): b'<https://example.org/s> <https://example.org/p> "%b" .\n'
        % said.encode()
        for said in ("so", "so" * 40)
    }
    held = []
    for place, large in (("apart", 60), ("together", 1 << 24)):
        monkeypatch.setattr(_oxigraph, "_LARGE", large)
        dataset = oxigraph.open_store(str(tmp_path / place))
        load(dataset, graphs)
        rows = dataset.query("SELECT ?g ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
        held.append({tuple(map(str, row)) for row in rows})  # type: ignore[arg-type]
        dataset.store.close()
    assert held[0] == held[1]
    assert len(held[0]) == 4


def test_a_store_that_was_opened_anew_between_loads_holds_them_all(tmp_path: Path) -> None:
    dataset = oxigraph.open_store(str(tmp_path / "graph"))
    names = [URIRef(f"https://example.org/report/{number}") for number in range(9)]
    for name in names:
        load(dataset, {name: b'<%b> <https://example.org/says> "so" .\n' % name.encode()})
        assert dataset.query(f"ASK {{ {name.n3()} ?p ?o GRAPH ?g {{ {name.n3()} ?p ?o }} }}").askAnswer
    dataset.store.close()
    again = oxigraph.open_store(str(tmp_path / "graph"), read_only=True)
    assert {row[0] for row in again.query("SELECT ?s { ?s ?p ?o }")} == set(names)  # type: ignore[index]
    again.store.close()
