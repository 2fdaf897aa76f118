"""What every route is handed: the live collection and the query workers."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from api import live as live_generation
from api.guard import key_of
from api.keys import Key
from api.live import Opened
from api.workers import Workers
from kg.errors import JixiaoError
from search.collection import Collection


async def opened(request: Request) -> Opened:
    """The generation that this request is answered from, all of it. In the loop's own thread: only the
    very first has to open it."""
    live: live_generation.Live = request.app.state.live
    return live.opened() if live.warm else await run_in_threadpool(live.opened)


async def _collection(found: Annotated[Opened, Depends(opened)]) -> Collection:
    return found.collection


async def _workers(found: Annotated[Opened, Depends(opened)]) -> Workers:
    return found.workers


async def _writer(request: Request) -> Key:
    """The key of somebody who may write. JixiaoError `no-key` or `may-not`."""
    key = key_of(request)
    if key is None:
        raise JixiaoError("no-key", "要有密钥才能改动；jixiao key add 可新建")
    if not key.may("write"):
        raise JixiaoError("may-not", f"这个密钥的角色是 {key.role}，这里要 write")
    return key


MayWrite = Annotated[Key, Depends(_writer)]
"""For routes that change something: only a key that may write gets there."""
Live = Annotated[Collection, Depends(_collection)]
Killable = Annotated[Workers, Depends(_workers)]
