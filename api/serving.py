"""What every route is handed: the live collection and the query workers."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.workers import Workers
from search.collection import Collection


def _collection(request: Request) -> Collection:
    collection: Collection = request.app.state.live.collection()
    return collection


def _workers(request: Request) -> Workers:
    workers: Workers = request.app.state.workers
    return workers


Live = Annotated[Collection, Depends(_collection)]
Killable = Annotated[Workers, Depends(_workers)]
