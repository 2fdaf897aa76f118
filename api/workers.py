"""Queries of strangers in processes that can be killed.

The engine has no time limit of its own and cannot be interrupted, so each query runs in a
worker process with one generation opened read-only. A worker that is late or grows too large is
killed and replaced; the service itself never waits on the engine. Workers are forked from a process
that has loaded everything and opened nothing, so that a new one costs milliseconds.
"""

from __future__ import annotations

import csv
import io
import multiprocessing
import resource
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from queue import Empty, LifoQueue

import anyio
import rdflib
from anyio import CapacityLimiter, to_thread
from rdflib.query import Result

from kg.errors import BadQuery, JixiaoError
from search.collection import open_collection

MEMORY = 4 * 2**30  # bytes of address space beyond which the system stops a worker
START = 60.0  # seconds a new worker may take to come up
SMALL = 256 * 1024  # bytes of a result that are not worth a thread to receive them
_WARM = 'SELECT ?p { ?p search:query ("职责" 1) }'  # opens the store and every retriever
_LOADED = ["search.collection", "search.query", "search.retrievers.dense", "search.retrievers.lexical", "faiss"]
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__, *_LOADED])


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` a query may run and wait for a worker, `size` bytes its result may have."""

    seconds: float = 10.0
    size: int = 32 * 2**20


OURS = Limits(120.0, 512 * 2**20)
"""For queries of the service's own: they are known, and end."""


@dataclass(slots=True)
class _Worker:
    process: ForkServerProcess
    pipe: Connection

    def told(self) -> tuple[str, int]:
        """Media type and length of the bytes that come next, or the JixiaoError that there is instead."""
        told: tuple[str, int] | JixiaoError = self.pipe.recv()
        if isinstance(told, JixiaoError):
            raise told
        return told


@dataclass(slots=True)
class Workers:
    """At most `count` queries at once over one generation of the workspace in `folder`: that of the
    `number`, or the one that is live when a worker starts where there is none."""

    folder: Path
    count: int = 2
    limits: Limits = Limits()
    number: int | None = None
    turns: CapacityLimiter = field(init=False)
    _idle: LifoQueue[_Worker | None] = field(default_factory=LifoQueue)
    _closed: bool = False

    def __post_init__(self) -> None:
        self.turns = CapacityLimiter(self.count)
        for _ in range(self.count):
            self._idle.put(None)  # a seat; the process is started when the seat is first taken

    def query(self, sparql: str, wanted: Sequence[str]) -> tuple[str, bytes]:
        """Media type and bytes of the result, in the first format of `wanted` that fits it.

        BadQuery `timeout`, `busy`, `too-large` or `crashed` where the limits end it, or what the
        query itself was refused for."""
        return self._asked(sparql, tuple(wanted), self.limits)

    async def awaited(self, sparql: str, wanted: Sequence[str]) -> tuple[str, bytes]:
        """The same for a loop, which goes on meanwhile. Who waits holds no thread, so that many slow queries
        keep nobody waiting who asks something else; a thread would also cost quick ones more than the engine."""
        turn = object()
        try:
            self.turns.acquire_on_behalf_of_nowait(turn)
        except anyio.WouldBlock:
            with anyio.move_on_after(self.limits.seconds) as waiting:
                await self.turns.acquire_on_behalf_of(turn)
            if waiting.cancelled_caught:
                raise busy() from None
        try:
            return await self._awaited(sparql, tuple(wanted))
        finally:
            self.turns.release_on_behalf_of(turn)

    async def _awaited(self, sparql: str, wanted: tuple[str, ...]) -> tuple[str, bytes]:
        idle = self._at_hand()
        if not idle:
            return await to_thread.run_sync(self.query, sparql, wanted)
        with self._seated(idle, sparql, self.limits) as worker:
            worker.pipe.send((sparql, wanted, self.limits.size))
            with anyio.fail_after(self.limits.seconds):
                await anyio.wait_readable(worker.pipe)
            media_type, size = worker.told()
            receive = worker.pipe.recv_bytes
            return media_type, receive() if size < SMALL else await to_thread.run_sync(receive)

    def _at_hand(self) -> _Worker | None:
        """A worker that need not be waited for or started."""
        with suppress(Empty):
            if idle := self._idle.get_nowait():
                return idle
            self._idle.put(None)
        return None

    def __call__(self, sparql: str) -> Result:
        """The rows of a SELECT or ASK query; what `query` raises."""
        return Result.parse(BytesIO(self.query(sparql, ("json",))[1]), format="json")

    def rows(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """The rows of a SELECT query of ours as text, what is unbound empty; what `query` raises."""
        text = self._asked(sparql, ("csv",), OURS)[1].decode("utf-8")
        rows = csv.reader(io.StringIO(text, newline=""))
        next(rows, None)
        return (tuple(row) if row else ("",) for row in rows)

    def warm(self) -> None:
        """Start every worker and let it open what it will need, before anybody waits for it."""
        ready: list[_Worker] = []
        try:
            for _ in range(self.count):
                ready.append(_start(self.folder, self.number))
                ready[-1].pipe.send((_WARM, (), OURS.size))
            for worker in ready:
                if not worker.pipe.poll(START):
                    raise TimeoutError  # its answer, when it comes, would be taken for that to another query
                with suppress(JixiaoError):
                    worker.told()
                    worker.pipe.recv_bytes()
        except (EOFError, OSError, JixiaoError):  # whoever asks next is told what is wrong
            for worker in ready:
                _stop(worker)
            ready.clear()
        for idle in self._all_idle():
            self._put(idle or (ready.pop() if ready else None))
        for worker in ready:  # others were started meanwhile, by who could not wait
            _stop(worker)

    def close(self) -> None:
        """Stop every idle worker; those still busy end with their query. Who still asks is answered, by a
        worker that ends with the answer."""
        self._closed = True
        for idle in self._all_idle():
            self._put(idle)

    def _all_idle(self) -> list[_Worker | None]:
        """Every seat that is free, taken."""
        seats = []
        with suppress(Empty):
            while True:
                seats.append(self._idle.get_nowait())
        return seats

    def _asked(self, sparql: str, wanted: tuple[str, ...], limits: Limits) -> tuple[str, bytes]:
        try:
            idle = self._idle.get(timeout=self.limits.seconds)
        except Empty:
            raise busy() from None
        with self._seated(idle, sparql, limits) as worker:
            worker.pipe.send((sparql, wanted, limits.size))
            if not worker.pipe.poll(limits.seconds):
                raise TimeoutError
            media_type, _ = worker.told()
            return media_type, worker.pipe.recv_bytes()

    @contextmanager
    def _seated(self, idle: _Worker | None, sparql: str, limits: Limits) -> Iterator[_Worker]:
        """The worker in this seat, a new one where there is none that lives, for one query. What goes wrong
        is told as the BadQuery that it is; unless the worker itself said so it is killed, for it may still
        be at work."""
        worker: _Worker | None = None
        try:
            worker = self._fresh(idle)
            yield worker
        except BaseException as error:
            if worker and not isinstance(error, JixiaoError):
                _stop(worker)
                worker = None
            if isinstance(error, TimeoutError):
                message = f"查询超过 {limits.seconds:g} 秒，已中止；请加上限定条件或 LIMIT"
                raise BadQuery("timeout", message + hint(sparql)) from None
            if isinstance(error, EOFError | ConnectionError):
                raise BadQuery("crashed", "查询耗尽了内存或使引擎崩溃，已中止；请简化查询") from error
            raise
        finally:
            self._put(worker)

    def _put(self, worker: _Worker | None) -> None:
        if worker and self._closed:
            _stop(worker)
            worker = None
        self._idle.put(worker)

    def _fresh(self, idle: _Worker | None) -> _Worker:
        """`idle` where it lives, else a new worker."""
        if idle and idle.process.is_alive():
            return idle
        if idle:
            _stop(idle)
        return _start(self.folder, self.number)


def busy() -> BadQuery:
    return BadQuery("busy", "同时进行的查询太多，请稍后再试")


def hint(sparql: str) -> str:
    """What would make a query that took too long faster, where that is known."""
    words = sparql.lower().split()
    if any(one == "not" and other.startswith("exists") for one, other in zip(words, words[1:], strict=False)):
        return "；FILTER NOT EXISTS 很慢，改写成 MINUS { … } 往往快上千倍"
    return ""


def _start(folder: Path, number: int | None) -> _Worker:
    ours, theirs = _FORKS.Pipe()
    process = _FORKS.Process(target=_serve, args=(str(folder), number, theirs), daemon=True)
    process.start()
    theirs.close()
    worker = _Worker(process, ours)
    try:
        ready = ours.recv() if ours.poll(START) else None
    except EOFError:
        ready = None
    if ready != "ready":
        _stop(worker)
        raise ready if isinstance(ready, JixiaoError) else BadQuery("busy", "查询进程没有启动，请稍后再试")
    return worker


def _stop(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _serve(folder: str, number: int | None, pipe: Connection) -> None:
    """The life of a worker: answer one query after another until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which then closes its workers
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    rdflib.NORMALIZE_LITERALS = False  # results are passed on as the engine writes them
    try:
        collection = open_collection(Path(folder), number=number)
    except JixiaoError as error:
        pipe.send(error)
        return
    pipe.send("ready")
    while True:
        try:
            sparql, wanted, size = pipe.recv()
        except EOFError:
            return
        try:
            media_type, data = collection.written(sparql, wanted, size)
            pipe.send((media_type, len(data)))
            pipe.send_bytes(data)
        except JixiaoError as error:
            pipe.send(error)
        except MemoryError:
            pipe.send(BadQuery("too-large", "结果太大，放不进内存；请加上 LIMIT"))
        except Exception as error:
            pipe.send(BadQuery("bad-query", f"查询无法执行：{error}"))
