"""All pages as one router."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.pages import home, report, results

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
for part in (home, results, report):
    router.include_router(part.router)
