"""The first page: one box that searches and asks, and the collection at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.pages.held import example
from api.pages.language import CODES, chosen
from api.pages.rendering import page
from api.routes.ask import answered
from api.serving import Live
from search.collection import Collection

router = APIRouter()
LISTED = 6  # reports of each sort on the page


@dataclass(frozen=True, slots=True)
class Glance:
    """What the collection holds; `years` are sorted."""

    reports: int
    departments: int
    years: tuple[int, ...]
    facts: int
    findings: int


@router.get("/")
def home(request: Request, collection: Live) -> HTMLResponse:
    entries = list(collection.generation.entries.values())
    newest = sorted(entries, key=lambda e: (-(e.fiscal_year or 0), e.name))
    troubled = sorted((e for e in entries if e.findings), key=lambda e: (-e.findings, e.name))
    return page(
        request,
        "home.html",
        glance=glance(collection),
        newest=newest[:LISTED],
        troubled=troubled[:LISTED],
        examples=examples(collection, chosen(request).code),
    )


def glance(collection: Collection) -> Glance:
    entries = collection.generation.entries.values()
    return Glance(
        reports=len(entries),
        departments=len({e.department for e in entries if e.department}),
        years=tuple(sorted({e.fiscal_year for e in entries if e.fiscal_year})),
        facts=sum(e.facts for e in entries),
        findings=len(collection.briefs()),
    )


def examples(collection: Collection, language: str) -> tuple[str, ...]:
    """Questions that this collection can answer: of its own departments, not of somebody else's."""
    known = example(collection)
    if language == "en":
        return (
            "departments with execution rate below 100%",
            "which indicators missed their targets",
            "who handles complaints",
        )
    own = (f"{known[0]}{known[1]}年的项目支出是多少",) if known else ()
    return ("执行率低于100%的部门有哪些", *own, "外商来投诉找谁", "没有完成目标的指标有哪些")


def ready(collection: Collection) -> None:
    """Answer the questions that the page offers, before anybody follows one; not where a language model,
    which costs something, is asked too."""
    for code in () if collection.model else CODES:
        for question in examples(collection, code):
            answered(collection, question)
