"""All pages as one router."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.pages import department, graph, home, listing, ontology, query, report, results

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
for part in (home, department, results, listing, query, ontology, graph, report):
    router.include_router(part.router)
