"""Is the service up, can it answer, and what has it done?"""

from __future__ import annotations

import os

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from pydantic import BaseModel

from api.journal import Journal
from api.serving import Live
from kg.errors import JixiaoError

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
def readyz(request: Request, collection: Live) -> Readiness:
    """有可以回答的一代数据，并已就绪。There is a generation to answer from, and nobody has to wait for it."""
    if not request.app.state.live.warm:
        raise JixiaoError("warming", "正在打开数据，请稍候")
    generation = collection.generation
    return Readiness(status="ready", generation=generation.number, reports=len(generation.entries))


@router.get("/metrics", operation_id="get_metrics", response_class=Response)
def metrics(request: Request) -> Response:
    """Prometheus 指标。Counts and times, and which generation is live."""
    journal: Journal = request.app.state.journal
    registry = journal.registry
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # several processes answer: their counts are one
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry) + _live(request), media_type=CONTENT_TYPE_LATEST)


class _Gauges:
    """Numbers that are looked up when they are asked for."""

    def __init__(self, values: dict[str, tuple[str, float]]) -> None:
        self.values = values

    def collect(self) -> list[GaugeMetricFamily]:
        return [GaugeMetricFamily(name, text, value) for name, (text, value) in self.values.items()]


def _live(request: Request) -> bytes:
    try:
        generation = request.app.state.live.collection().generation
        number, reports = generation.number, len(generation.entries)
    except JixiaoError:
        number = reports = 0
    registry = CollectorRegistry()
    texts = {"jixiao_generation": ("Live generation", number), "jixiao_reports": ("Reports in it", reports)}
    registry.register(_Gauges(texts))
    return generate_latest(registry)
