"""The board of findings: what does not hold together in all reports, and what people decided of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.pages.language import Language, chosen
from api.pages.rendering import page as rendered
from api.pages.results import Count, Facet
from api.serving import Live, MayWrite
from kg import decisions, review
from kg.errors import BadQuery
from kg.findings import SEVERITIES, Brief, Filters, one
from kg.rulebook import rules

router = APIRouter()
PAGE = 20
FACETS = ("status", "severity", "type", "department", "year", "rule")
_SCHEMES = {"severity": "severities", "type": "finding-types"}
_LISTED = 12
Text = Annotated[str, Query(max_length=300)]


@router.get("/findings")
def board(
    request: Request,
    collection: Live,
    status: Text = "",
    severity: Text = "",
    type: Text = "",
    rule: Text = "",
    department: Text = "",
    year: Text = "",
    report: Text = "",
    key: Text = "",
    decided: Text = "",
    page: int = 1,
) -> HTMLResponse:
    """`decided` is the key of a finding that was just decided about, and may be on the board no more."""
    spoken = chosen(request)
    asked = {"status": status, "severity": severity, "type": type, "rule": rule, "department": department, "year": year}
    wanted = Filters(
        report=report or None,
        key=key or None,
        year=_year(year),
        **{name: value or None for name, value in asked.items() if name != "year"},
    )
    shown = collection.briefs(wanted)
    pages = max(1, -(-len(shown) // PAGE))
    page = min(max(page, 1), pages)
    return rendered(
        request,
        "findings.html",
        found=collection.read(shown[(page - 1) * PAGE : page * PAGE]),
        facets=list(_facets(spoken, shown, asked)),
        report=report,
        asked={name: value for name, value in {**asked, "report": report, "key": key}.items() if value},
        counts=Counter(found.severity for found in shown),
        severities=SEVERITIES,
        rules=rules(),
        decided=[found for found in collection.briefs() if found.key == decided][:1] if decided else (),
        total=len(shown),
        page=page,
        pages=pages,
    )


@router.post("/findings/{key}")
def decide(
    request: Request,
    collection: Live,
    key: str,
    who: MayWrite,
    status: Annotated[str, Form()],
    reason: Annotated[str, Form(max_length=decisions.LONGEST)] = "",
    back: Annotated[str, Form(max_length=2000)] = "",
) -> RedirectResponse:
    """Confirm, dismiss, mark fixed or open again, in the name of the key; then `back` to the board as it was."""
    (found,) = collection.read([one(collection.briefs(), key)])
    review.decide(collection.place, [decisions.decision(found.finding, status, who.name, reason)])
    board = back if back.startswith("/findings?") else f"/findings?key={found.key}"
    return RedirectResponse(f"{board}&decided={found.key}#{found.key}", status_code=303)


def _year(written: str) -> int | None:
    if written and not written.isdecimal():
        raise BadQuery("bad-number", f"年度要是一个数，而不是 {written[:40]}")
    return int(written) if written else None


def _facets(spoken: Language, shown: Sequence[Brief], asked: dict[str, str]) -> Iterator[Facet]:
    for name in FACETS:
        values = Counter(value for found in shown if (value := _value(found, name)))
        counts = tuple(Count(key, _called(spoken, name, key), n) for key, n in values.most_common(_LISTED))
        yield Facet(name, spoken.say(f"findings.{name}"), counts, _called(spoken, name, asked[name]))


def _value(found: Brief, name: str) -> str:
    return str(found.fiscal_year or "") if name == "year" else str(getattr(found, name))


def _called(spoken: Language, name: str, key: str) -> str:
    if name == "status" and key:
        return spoken.say(f"status.{key}") if spoken.has(f"status.{key}") else key
    if name == "rule" and key in rules():
        rule = rules()[key]
        return rule.zh if spoken.code == "zh" else rule.en
    return spoken.word(_SCHEMES[name], key) if name in _SCHEMES else key
