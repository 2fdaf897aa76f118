"""Work done on many things in processes of their own, where a crash costs just one of them.

A process is started by its own command, not by multiprocessing, which would run the main module of
whoever calls once more in it. It ends when its pipe does, so that it never outlives the one that
started it, however that ended.
"""

from __future__ import annotations

import math
import os
import pickle
import resource
import signal
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from threading import Lock, current_thread, main_thread
from types import TracebackType
from typing import Generic, TypeVar

from kg.errors import JixiaoError

SECONDS = 1800.0  # for one thing: hundreds of scanned pages take so long
MEMORY = 8 * 2**30  # bytes of address space beyond which the system refuses a process more
MANY = 4  # processes beyond which whoever takes in what they do has no time for more
ALONE = 16  # things that are done before a process that is started for them is ready
_COMMAND = "import sys; sys.path[:] = sys.argv[2:]; from kg.workers import serve; serve(int(sys.argv[1]))"
T = TypeVar("T")
R = TypeVar("R")


class WorkerLost(JixiaoError):
    """A process died or took too long over one thing; the others go on."""


@dataclass(frozen=True, slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    pipe: Connection


class Crew(Generic[T, R]):
    """Up to `count` processes that do `work`: as many as suit the machine if not said, and then the first
    things, which may be all, are done in this process. `work` and what it takes and gives can be pickled.
    None is left when this is left."""

    def __init__(self, work: Callable[[T], R], count: int | None = None) -> None:
        suited = min(MANY, len(os.sched_getaffinity(0)))
        self.count = max(count or suited, 1)
        self._work, self._alone = work, math.inf if self.count == 1 else 0 if count else ALONE
        self._begun = 0
        self._threads = ThreadPoolExecutor(self.count)  # one for each process: it waits for what that does
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._living: set[_Worker] = set()
        self._lock, self._closed = Lock(), False

    def __enter__(self) -> Crew[T, R]:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._closed = True
            for worker in self._living:
                worker.process.kill()
        self._threads.shutdown()  # each that was waiting for a process sees its end
        for worker in list(self._living):
            self._stop(worker)

    def begin(self, thing: T) -> Callable[[], R]:
        """Begin with `thing`. What is returned waits for the result, and raises what `work` raised, or
        WorkerLost."""
        self._begun += 1
        if self._begun <= self._alone:
            return partial(_alone, self._work, thing)
        return self._threads.submit(self._done, thing).result

    def _done(self, thing: T) -> R:
        worker = self._free()
        try:
            worker.pipe.send((self._work, thing))
            if not worker.pipe.poll(SECONDS):
                raise _too_slow()
            good, result = worker.pipe.recv()
        except (EOFError, OSError) as error:
            self._stop(worker)
            message = "读它的进程中途停止（崩溃或内存不足）。The process that read it died."
            raise WorkerLost("crashed", message) from error
        except WorkerLost:
            self._stop(worker)
            raise
        self._idle.put(worker)
        if good:
            return result  # type: ignore[no-any-return]
        raise result

    def _free(self) -> _Worker:
        with suppress(Empty):
            return self._idle.get_nowait()
        ours, theirs = Pipe()
        with self._lock, theirs:
            if self._closed:
                raise EOFError
            handle = theirs.fileno()
            command = [sys.executable, "-c", _COMMAND, str(handle), *sys.path]
            # In a group of its own, Ctrl-C does not reach it: that is for the one that started it.
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=(handle,), process_group=0)  # noqa: S603
            worker = _Worker(process, ours)
            self._living.add(worker)
        return worker

    def _stop(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.wait()
        worker.pipe.close()
        with self._lock:
            self._living.discard(worker)


class _Late(BaseException):
    """Time is up. No error, for nobody who passes over errors may pass over it."""


def _alone(work: Callable[[T], R], thing: T) -> R:
    """`work` done in this process, for no longer than another would be given: in the main thread only, which
    alone can be called off."""
    if current_thread() is not main_thread():
        return work(thing)

    def stop(number: int, frame: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, stop)
    left = signal.setitimer(signal.ITIMER_REAL, SECONDS)  # of somebody else's clock
    try:
        return work(thing)
    except _Late as error:
        raise _too_slow() from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, *left)
        signal.signal(signal.SIGALRM, before)


def _too_slow() -> WorkerLost:
    return WorkerLost("too-slow", f"超过 {SECONDS:g} 秒没有读完，已放弃。Given up: it took too long.")


def ahead(given: Iterable[T], count: int) -> Iterator[T]:
    """What `given` yields, asked for up to `count` things early."""
    waiting: deque[T] = deque()
    for thing in given:
        waiting.append(thing)
        if len(waiting) > count:
            yield waiting.popleft()
    yield from waiting


def serve(handle: int) -> None:
    """The life of a process: one thing after another until the pipe with this file handle ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with Connection(handle) as pipe, suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            work, thing = pipe.recv()
            try:
                answer = (True, work(thing))
            except Exception as error:
                answer = (False, _sendable(error))
            pipe.send(answer)


def _sendable(error: Exception) -> Exception:
    """`error`, with the lines that led to it, as another process can have it."""
    error.add_note(traceback.format_exc())
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  (our own)
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
