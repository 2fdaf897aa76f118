"""What every route is handed: the live collection and the query workers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

import anyio
from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from api import live as live_generation
from api.guard import key_of
from api.keys import Key
from api.live import Opened
from api.workers import Workers, busy
from kg.errors import JixiaoError
from search.collection import Collection

T = TypeVar("T")


async def _opened(request: Request) -> Opened:
    """The generation that this request is answered from, all of it. In the loop's own thread: only the
    very first has to open it."""
    live: live_generation.Live = request.app.state.live
    return live.opened() if live.warm else await run_in_threadpool(live.opened)


async def _collection(opened: Annotated[Opened, Depends(_opened)]) -> Collection:
    return opened.collection


async def _workers(opened: Annotated[Opened, Depends(_opened)]) -> Workers:
    return opened.workers


async def _writer(request: Request) -> Key:
    """The key of somebody who may write. JixiaoError `no-key` or `may-not`."""
    return _with_role(request, "write")


async def _admin(request: Request) -> Key:
    return _with_role(request, "admin")


def _with_role(request: Request, role: str) -> Key:
    key = key_of(request)
    if key is None:
        raise JixiaoError("no-key", "要有密钥才能改动；jixiao key add 可新建")
    if not key.may(role):
        raise JixiaoError("may-not", f"这个密钥的角色是 {key.role}，这里要 {role}")
    return key


async def in_turn(workers: Workers, ask: Callable[[], T]) -> T:
    """What `ask` gives, in a thread, once a worker is free for it. Who waits holds no thread, so that
    many slow queries keep nobody waiting who asks something else. BadQuery `busy`."""
    turn = object()
    with anyio.move_on_after(workers.limits.seconds) as waiting:
        await workers.turns.acquire_on_behalf_of(turn)
    if waiting.cancelled_caught:
        raise busy()
    try:
        return await run_in_threadpool(ask)
    finally:
        workers.turns.release_on_behalf_of(turn)


MayWrite = Annotated[Key, Depends(_writer)]
"""For routes that change something: only a key that may write gets there."""
MayAdminister = Annotated[Key, Depends(_admin)]
Live = Annotated[Collection, Depends(_collection)]
Killable = Annotated[Workers, Depends(_workers)]
