"""What every route is handed: the live collection and the query workers."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.guard import key_of
from api.keys import Key
from api.workers import Workers
from kg.errors import JixiaoError
from search.collection import Collection


def _collection(request: Request) -> Collection:
    collection: Collection = request.app.state.live.collection()
    return collection


def _workers(request: Request) -> Workers:
    workers: Workers = request.app.state.workers
    return workers


def _writer(request: Request) -> Key:
    """The key of somebody who may write. JixiaoError `no-key` or `may-not`."""
    return _with_role(request, "write")


def _admin(request: Request) -> Key:
    return _with_role(request, "admin")


def _with_role(request: Request, role: str) -> Key:
    key = key_of(request)
    if key is None:
        raise JixiaoError("no-key", "要有密钥才能改动；jixiao key add 可新建")
    if not key.may(role):
        raise JixiaoError("may-not", f"这个密钥的角色是 {key.role}，这里要 {role}")
    return key


MayWrite = Annotated[Key, Depends(_writer)]
"""For routes that change something: only a key that may write gets there."""
MayAdminister = Annotated[Key, Depends(_admin)]
Live = Annotated[Collection, Depends(_collection)]
Killable = Annotated[Workers, Depends(_workers)]
