"""A query that runs away is killed, and the next one is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.workers import Limits, Workers
from kg.errors import BadQuery

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }"


@pytest.fixture
def workers(demo: Path) -> Iterator[Workers]:
    workers = Workers(demo, count=1, limits=Limits(seconds=1.5, size=200_000))
    yield workers
    workers.close()


def test_a_late_query_is_killed_and_the_next_is_served(workers: Workers) -> None:
    assert workers.query("ASK {}", ["json"])[1]
    with pytest.raises(BadQuery) as late:
        workers.query(ENDLESS, ["json"])
    assert late.value.code == "timeout"
    assert b"true" in workers.query("ASK { ?report a jx:Report }", ["json"])[1]


def test_a_result_that_is_too_large_is_refused(workers: Workers) -> None:
    with pytest.raises(BadQuery) as large:
        workers.query("SELECT * { ?s ?p ?o } LIMIT 5000", ["xml"])
    assert large.value.code == "too-large"
    assert workers.query("ASK {}", ["json"])


def test_a_worker_that_dies_costs_only_its_query(workers: Workers) -> None:
    workers.query("ASK {}", ["json"])
    seat = workers._idle.get()
    assert seat is not None
    seat.process.kill()
    seat.process.join()
    workers._idle.put(seat)
    assert workers.query("ASK {}", ["json"])
