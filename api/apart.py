"""Work on what strangers have sent, in a process of its own: bounded in time and memory, without a network."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import BoundedSemaphore
from typing import Any

from kg.errors import BadQuery, JixiaoError

MEMORY = 2 * 2**30  # bytes of address space
AT_ONCE = 2  # processes; who comes later waits as long as the work may take
_LEAVING = frozenset(
    {"socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.exec", "os.system"}
)
_PROGRAMS = frozenset({"tesseract"})
_seats = BoundedSemaphore(AT_ONCE)


def apart(work: Callable[..., Any], *given: Any, seconds: float) -> Any:
    """What `work` returns for `given`, or the JixiaoError that it raises. BadQuery `timeout` where it takes
    longer than `seconds`, `crashed` where its process goes down, `busy` where no process is free."""
    if not _seats.acquire(timeout=seconds):
        raise BadQuery("busy", "同时核对的太多，请稍后再试")
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(work, given, theirs), daemon=True)
    try:
        process.start()
        theirs.close()
        if not ours.poll(seconds):
            raise BadQuery("timeout", f"超过 {seconds:g} 秒，已中止")
        answer = ours.recv()
    except EOFError as error:
        raise BadQuery("crashed", "耗尽了内存或使程序崩溃，已中止") from error
    finally:
        process.kill()
        process.join()
        ours.close()
        _seats.release()
    if isinstance(answer, JixiaoError):
        raise answer
    return answer


def confine(memory: int) -> None:
    """Make this process one that reads what strangers have sent: so much address space, no core dumps, no
    network, no programs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which then ends it
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_stay)


def _do(work: Callable[..., Any], given: tuple[Any, ...], pipe: Connection) -> None:
    confine(MEMORY)
    try:
        pipe.send(work(*given))
    except JixiaoError as error:
        pipe.send(error)


def _stay(event: str, arguments: tuple[Any, ...]) -> None:
    """Nothing that reads a report has any business elsewhere, but for the program that reads scanned pages."""
    if event in _LEAVING and not (event == "subprocess.Popen" and arguments[0] in _PROGRAMS):
        raise PermissionError(f"not allowed while reading reports: {event}")
