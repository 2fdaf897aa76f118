"""The pages: twins of the JSON routes, made from the same functions, working without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.templating import Jinja2Templates

from api.routes.ask import answered
from api.routes.reports import listed, shown
from api.routes.search import found
from api.serving import Live
from kg.facts import Evidence, Finding
from kg.text import Span

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
templates = Jinja2Templates(directory=Path(__file__).parent / "templates")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a report's text; `marked` where it is what the reader came for."""

    text: str
    marked: bool = False


@router.get("/")
def home(request: Request, collection: Live, q: Annotated[str, Query(max_length=10_000)] = "") -> HTMLResponse:
    """One box that asks and searches."""
    q = q.strip()
    given = {
        "q": q,
        "reports": listed(collection).reports,
        "answer": answered(collection, q) if q else None,
        "result": found(collection, q[:1000]) if q else None,
    }
    return templates.TemplateResponse(request, "home.html", given)


@router.get("/reports/{name:path}")
def report(
    request: Request, collection: Live, name: str, start: int | None = None, end: int | None = None
) -> HTMLResponse:
    """A report's text with the words of the evidence marked, its findings beside it."""
    text = collection.source(name).text
    findings = [fact for fact in collection.facts(name) if isinstance(fact, Finding)]
    span = Span(start, min(end, len(text))) if start is not None and end is not None and 0 <= start < end else None
    given = {
        "report": shown(collection.entry(name)),
        "pieces": marked(text, span),
        "findings": [(finding, (finding.evidence, *finding.others)) for finding in findings],
    }
    return templates.TemplateResponse(request, "report.html", given)


def marked(text: str, span: Span | None) -> list[Piece]:
    """`text` cut so that the words at `span` stand alone."""
    if span is None or span.start >= len(text):
        return [Piece(text)]
    return [Piece(text[: span.start]), Piece(text[span.start : span.end], marked=True), Piece(text[span.end :])]


def one_line(evidence: Evidence) -> str:
    return " ".join(evidence.quote.split())


templates.env.filters["one_line"] = one_line
