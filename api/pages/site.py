"""All pages as one router."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.pages import (
    compare,
    department,
    findings,
    graph,
    home,
    listing,
    ontology,
    query,
    report,
    results,
    sheets,
    upload,
)

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
for part in (home, findings, department, compare, results, listing, query, ontology, graph, upload, sheets, report):
    router.include_router(part.router)
