"""Queries of strangers in processes that can be killed.

The engine has no time limit of its own and cannot be interrupted, so each query runs in a
worker process with the live generation opened read-only. A worker that is late or grows too
large is killed and replaced; the service itself never waits on the engine.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import Empty, LifoQueue

import rdflib
from rdflib.query import Result

from kg.errors import BadQuery, JixiaoError, WorkspaceError
from search.collection import open_collection
from search.results import serialise

MEMORY = 4 * 2**30  # bytes of address space beyond which the system stops a worker
START = 60.0  # seconds a new worker may take to come up


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` a query may run and wait for a worker, `size` bytes its result may have."""

    seconds: float = 10.0
    size: int = 32 * 2**20


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    pointer: bytes


@dataclass(slots=True)
class _Seat:
    """`spoiled` once its worker must not be used again."""

    worker: _Worker
    spoiled: bool = False


@dataclass(slots=True)
class Workers:
    """At most `count` queries at once over the live generation of the workspace in `folder`."""

    folder: Path
    count: int = 2
    limits: Limits = Limits()
    _idle: LifoQueue[_Worker | None] = field(default_factory=LifoQueue)

    def __post_init__(self) -> None:
        for _ in range(self.count):
            self._idle.put(None)  # a seat; the process is started when the seat is first taken

    def query(self, sparql: str, wanted: Sequence[str]) -> tuple[str, bytes]:
        """Media type and bytes of the result, in the first format of `wanted` that fits it.

        BadQuery `timeout`, `busy`, `too-large` or `crashed` where the limits end it, or what the
        query itself was refused for."""
        with self._seat() as seat:
            worker = seat.worker
            worker.pipe.send((sparql, tuple(wanted), self.limits.size))
            try:
                if not worker.pipe.poll(self.limits.seconds):
                    seat.spoiled = True
                    message = f"查询超过 {self.limits.seconds:g} 秒，已中止；请加上限定条件或 LIMIT"
                    raise BadQuery("timeout", message)
                answer = worker.pipe.recv()
            except (EOFError, ConnectionError) as error:
                seat.spoiled = True
                raise BadQuery("crashed", "查询耗尽了内存或使引擎崩溃，已中止；请简化查询") from error
        if isinstance(answer, JixiaoError):
            raise answer
        result: tuple[str, bytes] = answer
        return result

    def result(self, sparql: str) -> Result:
        """The rows of a SELECT or ASK query; what `query` raises."""
        return Result.parse(BytesIO(self.query(sparql, ("json",))[1]), format="json")

    def close(self) -> None:
        """Stop every idle worker; those still busy end with their query."""
        while not self._idle.empty():
            if worker := self._idle.get_nowait():
                _stop(worker)

    @contextmanager
    def _seat(self) -> Iterator[_Seat]:
        """A worker over the live generation, for one query; a spoiled one is killed afterwards."""
        try:
            idle = self._idle.get(timeout=self.limits.seconds)
        except Empty:
            raise BadQuery("busy", "同时进行的查询太多，请稍后再试") from None
        seat: _Seat | None = None
        try:
            seat = _Seat(self._fresh(idle))
            yield seat
        finally:
            if seat and seat.spoiled:
                _stop(seat.worker)
            self._idle.put(seat.worker if seat and not seat.spoiled else None)

    def _fresh(self, idle: _Worker | None) -> _Worker:
        """`idle` where it lives and has the live generation open, else a new worker."""
        try:
            pointer = (self.folder / "current").read_bytes()
        except OSError as error:
            raise WorkspaceError("empty", "工作区里还没有报告；先运行 jixiao build") from error
        if idle and idle.pointer == pointer and idle.process.is_alive():
            return idle
        if idle:
            _stop(idle)
        return _start(self.folder, pointer)


def _start(folder: Path, pointer: bytes) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(str(folder), theirs), daemon=True)
    process.start()
    theirs.close()
    worker = _Worker(process, ours, pointer)
    try:
        ready = ours.poll(START) and ours.recv() == "ready"
    except EOFError:
        ready = False
    if not ready:
        _stop(worker)
        raise BadQuery("busy", "查询进程没有启动，请稍后再试")
    return worker


def _stop(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _serve(folder: str, pipe: Connection) -> None:
    """The life of a worker: answer one query after another until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which then closes its workers
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    rdflib.NORMALIZE_LITERALS = False  # results are passed on as the engine writes them
    collection = open_collection(Path(folder))
    pipe.send("ready")
    while True:
        try:
            sparql, wanted, size = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(serialise(collection.query(sparql), wanted, size))
        except JixiaoError as error:
            pipe.send(error)
        except MemoryError:
            pipe.send(BadQuery("too-large", "结果太大，放不进内存；请加上 LIMIT"))
        except Exception as error:
            pipe.send(BadQuery("bad-query", f"查询无法执行：{error}"))
