"""One report: itself, its text, its passages, its facts, its findings, its ledger."""

from __future__ import annotations

from dataclasses import asdict
from io import BytesIO
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse

from api.routes.findings import shown as finding_shown
from api.routes.lists import RESOURCES, answer, model
from api.schema import FindingList, Gap, LedgerShown, Report
from api.serving import Live
from kg import exports
from kg.errors import JixiaoError
from kg.facts import KINDS
from kg.findings import Filters
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


@router.get("/reports/{name:path}/findings", operation_id="get_report_findings")
def get_findings(collection: Live, name: str) -> FindingList:
    """这份报告的全部发现。Everything in the report that does not hold together, gravest first."""
    collection.entry(name)
    items = [finding_shown(found) for found in collection.findings(Filters(report=name))]
    return FindingList(items=items, count=len(items), total=len(items), truncated=False)


@router.get("/reports/{name:path}/ledger", operation_id="get_report_ledger")
def get_ledger(collection: Live, name: str) -> LedgerShown:
    """这份报告读出了多少，哪些数字和章节没有读出。How much of the report was read, and what was not."""
    for book in collection.books(name):
        return LedgerShown.model_validate(asdict(book))
    raise JixiaoError("no-ledger", "这份报告还没有读数账；重新运行 jixiao build --again", file=name)


@router.get("/reports/{name:path}", operation_id="get_report")
def get_report(collection: Live, name: str) -> Report:
    """一份报告。One report."""
    return shown(collection.entry(name))
