"""The reports: the list, one of them, its text, its facts."""

from __future__ import annotations

from io import BytesIO

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from api.schema import Report, ReportList
from api.serving import Live
from kg import exports
from kg.workspace import Entry
from search.collection import Collection

router = APIRouter(prefix="/api/v1", tags=["reports"])


def listed(collection: Collection) -> ReportList:
    """Every report of the generation, by name."""
    reports = [shown(entry) for _, entry in sorted(collection.generation.entries.items())]
    return ReportList(count=len(reports), reports=reports)


def shown(entry: Entry) -> Report:
    return Report(
        name=entry.name,
        iri=entry.iri,
        title=entry.title,
        department=entry.department or None,
        fiscal_year=entry.fiscal_year,
        report_type=entry.report_type or None,
        sha256=entry.sha256,
        facts=entry.facts,
        findings=entry.findings,
    )


@router.get("/reports", operation_id="list_reports")
def list_reports(collection: Live) -> ReportList:
    """全部报告。All reports."""
    return listed(collection)


@router.get("/reports/{name:path}/text", operation_id="get_report_text", response_class=PlainTextResponse)
def get_text(collection: Live, name: str) -> str:
    """原文，所有位置都按它计数。The text that all offsets count in."""
    return collection.source(name).text


@router.get("/reports/{name:path}/facts", operation_id="get_report_facts", response_class=Response)
def get_facts(collection: Live, name: str, format: str = "jsonl") -> Response:
    """这份报告的全部事实。Every fact of the report, one JSON object a line, or as csv, xlsx, turtle …"""
    out = BytesIO()
    media_type = exports.write(format, collection.facts(name), out, collection.digests)
    return Response(out.getvalue(), media_type=media_type)


@router.get("/reports/{name:path}", operation_id="get_report")
def get_report(collection: Live, name: str) -> Report:
    """一份报告。One report."""
    return shown(collection.entry(name))
