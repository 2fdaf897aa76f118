"""Is the service up, and can it answer?"""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from api.serving import Live

router = APIRouter(tags=["operation"])


class Health(BaseModel):
    status: str


class Readiness(Health):
    generation: int
    reports: int


@router.get("/healthz", operation_id="get_health")
async def healthz() -> Health:
    """进程在运行。The process is up."""
    return Health(status="ok")


@router.get("/readyz", operation_id="get_readiness")
def readyz(collection: Live) -> Readiness:
    """有可以回答的一代数据。There is a generation to answer from."""
    generation = collection.generation
    return Readiness(status="ready", generation=generation.number, reports=len(generation.entries))
