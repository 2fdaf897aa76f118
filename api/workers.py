"""Queries of strangers in processes that can be killed.

The engine has no time limit of its own and cannot be interrupted, so each query runs in a
worker process with the live generation opened read-only. A worker that is late or grows too
large is killed and replaced; the service itself never waits on the engine.
"""

from __future__ import annotations

import multiprocessing
import resource
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import Empty, LifoQueue

from kg.errors import BadQuery, JixiaoError
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
class Workers:
    """At most `count` queries at once over the live generation of the workspace in `folder`."""

    folder: Path
    count: int = 2
    limits: Limits = Limits()
    _idle: LifoQueue[_Worker | None] = field(default_factory=LifoQueue)
    _closed: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        for _ in range(self.count):
            self._idle.put(None)  # a seat; the process is started when the seat is first taken

    def query(self, sparql: str, wanted: Sequence[str]) -> tuple[str, bytes]:
        """Media type and bytes of the result, in the first format of `wanted` that fits it.

        BadQuery `timeout`, `busy`, `too-large` or `crashed` where the limits end it, or what the
        query itself was refused for."""
        with self._seat() as seat:
            worker = seat[0]
            worker.pipe.send((sparql, tuple(wanted), self.limits.size))
            try:
                if not worker.pipe.poll(self.limits.seconds):
                    seat[0] = _stop(worker)
                    message = f"查询超过 {self.limits.seconds:g} 秒，已中止；请加上限定条件或 LIMIT"
                    raise BadQuery("timeout", message)
                answer = worker.pipe.recv()
            except (EOFError, ConnectionError) as error:
                seat[0] = _stop(worker)
                raise BadQuery("crashed", "查询耗尽了内存或使引擎崩溃，已中止；请简化查询") from error
        if isinstance(answer, JixiaoError):
            raise answer
        result: tuple[str, bytes] = answer
        return result

    def close(self) -> None:
        """Stop every idle worker; those still busy end with their query."""
        self._closed.set()
        for _ in range(self.count):
            try:
                _stop(self._idle.get_nowait())
            except Empty:
                return

    @contextmanager
    def _seat(self) -> Iterator[list[_Worker]]:
        try:
            worker = self._idle.get(timeout=self.limits.seconds)
        except Empty:
            raise BadQuery("busy", "同时进行的查询太多，请稍后再试") from None
        held: list[_Worker | None] = [worker]
        try:
            pointer = (self.folder / "current").read_bytes()
            if worker is None or worker.pointer != pointer or not worker.process.is_alive():
                _stop(worker)
                held[0] = None
                held[0] = _start(self.folder, pointer)
            yield held  # type: ignore[misc]
        finally:
            self._idle.put(held[0])


def _start(folder: Path, pointer: bytes) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(str(folder), theirs), daemon=True)
    process.start()
    theirs.close()
    if not ours.poll(START) or ours.recv() != "ready":
        process.kill()
        raise BadQuery("busy", "查询进程没有启动，请稍后再试")
    return _Worker(process, ours, pointer)


def _stop(worker: _Worker | None) -> None:
    if worker is not None:
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()


def _serve(folder: str, pipe: Connection) -> None:
    """The life of a worker: answer one query after another until the pipe closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
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
