"""One report: itself, its text, its passages, its facts."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse

from api.routes.lists import RESOURCES, answer, model
from api.schema import Gap, Report
from api.serving import Live
from kg import exports
from kg.facts import KINDS
from kg.workspace import Entry
from search.collection import Collection

router = APIRouter(prefix="/api/v1", tags=["reports"])
Kind = Annotated[str | None, Query(description=f"只要这一类事实 · only this kind: {' '.join(KINDS)}")]


def listed(collection: Collection) -> list[Report]:
    """Every report of the generation, by name."""
    return [shown(entry) for _, entry in sorted(collection.generation.entries.items())]


def shown(entry: Entry) -> Report:
    """One report as JSON and pages show it."""
    return Report(
        name=entry.name,
        iri=entry.iri,
        title=entry.title,
        department=entry.department or None,
        fiscal_year=entry.fiscal_year,
        report_type=entry.report_type or None,
        sha256=entry.sha256,
        media_type=entry.media_type,
        facts=entry.facts,
        findings=entry.findings,
        gaps=[Gap(start=start, end=end, reason=reason) for start, end, reason in entry.gaps],
    )


@router.get("/reports/{name:path}/text", operation_id="get_report_text", response_class=PlainTextResponse)
def get_text(collection: Live, name: str) -> str:
    """原文，所有位置都按它计数。The text that all offsets count in."""
    return collection.source(name).text


@router.get("/reports/{name:path}/facts", operation_id="get_report_facts", response_class=Response)
def get_facts(collection: Live, name: str, format: str = "jsonl", kind: Kind = None) -> Response:
    """这份报告的全部事实。Every fact of the report, one JSON object a line, or as csv, xlsx, turtle …"""
    out = BytesIO()
    media_type = exports.write(format, collection.told(name, kind or ""), out, collection.digests)
    return Response(out.getvalue(), media_type=media_type)


@router.get(
    "/reports/{name:path}/passages",
    operation_id="get_report_passages",
    response_class=Response,
    responses={200: {"model": model(RESOURCES["passages"])}},
)
def get_passages(
    request: Request,
    collection: Live,
    name: str,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """这份报告的段落，按先后。The passages of the report as they stand in it."""
    collection.entry(name)
    asked = {"report": name, "limit": limit, "cursor": cursor}
    return answer(collection, RESOURCES["passages"], asked, request)


@router.get("/reports/{name:path}", operation_id="get_report")
def get_report(collection: Live, name: str) -> Report:
    """一份报告。One report."""
    return shown(collection.entry(name))
