"""A query that runs away is killed, and the next one is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from api.workers import SMALL, Limits, Workers
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


def idle(workers: Workers) -> int:
    """The process that answers next."""
    with workers._seated(workers._idle.get(), "", workers.limits) as worker:
        assert worker.process.pid
        return worker.process.pid


async def refused(workers: Workers, query: str) -> str:
    """The code of what an awaited query is refused for."""
    with pytest.raises(BadQuery) as told:
        await workers.awaited(query, ["json"])
    return told.value.code


def test_a_loop_is_told_the_same_as_who_waits(workers: Workers) -> None:
    async def ask() -> None:
        assert b"true" in (await workers.awaited("ASK {}", ["json"]))[1]  # by a thread, which starts the worker
        assert b"true" in (await workers.awaited("ASK {}", ["json"]))[1]
        assert await refused(workers, ENDLESS) == "timeout"
        assert await refused(workers, "SELECT * { ?s ?p ?o } LIMIT 5000") == "too-large"
        assert await refused(workers, "SELECT * {") == "syntax"
        process = idle(workers)
        assert await refused(workers, "SELECT * { SERVICE <http://127.0.0.1:9/> {} }") == "service"
        assert idle(workers) == process  # what only was refused goes on
        assert b"true" in (await workers.awaited("ASK {}", ["json"]))[1]

    anyio.run(ask)


def test_a_long_result_comes_whole(demo: Path) -> None:
    workers = Workers(demo, count=1)
    query = "SELECT * { ?s ?p ?o } LIMIT 3000"
    _, data = workers.query(query, ["xml"])
    assert len(data) > SMALL
    assert anyio.run(workers.awaited, query, ["xml"])[1] == data
    workers.close()


def test_who_no_longer_waits_leaves_no_answer_behind_for_the_next(workers: Workers) -> None:
    workers.query("ASK {}", ["json"])
    process = idle(workers)

    async def leave() -> None:
        with anyio.move_on_after(0.1):
            await workers.awaited(ENDLESS, ["json"])
        assert b"false" in (await workers.awaited("ASK { FILTER(false) }", ["json"]))[1]

    anyio.run(leave)
    assert idle(workers) != process


def test_who_waits_for_a_turn_is_told_when_it_does_not_come(demo: Path) -> None:
    workers = Workers(demo, count=1, limits=Limits(seconds=1))
    workers.query("ASK {}", ["json"])
    codes: list[str] = []

    async def ask() -> None:
        codes.append(await refused(workers, ENDLESS))

    async def together() -> None:
        async with anyio.create_task_group() as tasks:
            for _ in range(4):
                tasks.start_soon(ask)

    anyio.run(together)
    workers.close()
    assert set(codes) <= {"timeout", "busy"}
    assert {"timeout", "busy"} <= set(codes)
