"""A department over the years: its money, what it is charged with, what it promised and delivered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.departments import Profile, profile
from api.pages import charts
from api.pages.charts import Bars, Group, Share
from api.pages.held import facts_of
from api.pages.language import Language, chosen
from api.pages.rendering import number, wan
from api.pages.rendering import page as rendered
from api.pages.report import SEVERITIES
from api.pages.told import Told, told
from api.serving import Live
from kg.errors import JixiaoError
from kg.facts import Duty, Fact, Finding, Improvement, Indicator, Problem, Project
from kg.workspace import Entry
from search.collection import Collection

router = APIRouter()
MONEY = (
    "initial_budget",
    "adjusted_budget",
    "total_income",
    "total_expenditure",
    "basic_expenditure",
    "project_expenditure",
)
CHARTED = ("adjusted_budget", "total_expenditure")
RATES = ("stated_execution_rate", "computed_execution_rate")
SIMILAR = 6
_ASKED = 300  # characters of the duties that similar departments are looked for with
_QUOTES = re.compile(r"[“”\"「」『』]")  # in a query they demand the very words
_DEEP = 60  # duties of others that are looked at


@dataclass(frozen=True, slots=True)
class Missed:
    fact: Indicator
    told: Told


@dataclass(frozen=True, slots=True)
class Year:
    """What one report of the department says, sorted for the page."""

    entry: Entry
    duties: tuple[Duty, ...]
    projects: tuple[Project, ...]
    problems: tuple[Problem, ...]
    improvements: tuple[Improvement, ...]
    missed: tuple[Missed, ...]
    shares: tuple[Share, ...]
    findings: tuple[Finding, ...]


@router.get("/departments/{name:path}")
def department(request: Request, collection: Live, name: str, report: str = "") -> HTMLResponse:
    found = profile(collection, name)
    spoken = chosen(request)
    entry = next((e for e in found.reports if e.name == report), found.reports[-1])
    year = _year(entry, facts_of(collection, entry.name), spoken)
    return rendered(
        request,
        "department.html",
        profile=found,
        latest=found.years[-1] if found.years else {},
        money=[(field, [row.get(field) for row in found.years]) for field in MONEY],
        has_money=any(row.get(field) is not None for row in found.years for field in MONEY),
        money_chart=_bars(found, CHARTED, spoken),
        rates_chart=_bars(found, RATES, spoken),
        rates=RATES,
        charted=CHARTED,
        year=year,
        similar=_similar(collection, name, year.duties),
    )


def _year(entry: Entry, facts: Sequence[Fact], spoken: Language) -> Year:
    indicators = [fact for fact in facts if isinstance(fact, Indicator)]
    counted = Counter({True: "met", False: "missed", None: "unknown"}[fact.met] for fact in indicators)
    findings = sorted(_of(facts, Finding), key=lambda f: SEVERITIES.index(f.severity))
    return Year(
        entry=entry,
        duties=_of(facts, Duty),
        projects=tuple({fact.name: fact for fact in reversed(_of(facts, Project))}.values())[::-1],
        problems=_of(facts, Problem),
        improvements=_of(facts, Improvement),
        missed=tuple(Missed(fact, told(fact, spoken)) for fact in indicators if fact.met is False),
        shares=charts.stacked([(name, counted[name]) for name in ("met", "missed", "unknown")]),
        findings=tuple(findings),
    )


F = TypeVar("F", bound=Fact)


def _of(facts: Sequence[Fact], kind: type[F]) -> tuple[F, ...]:
    return tuple(fact for fact in facts if isinstance(fact, kind))


def _bars(found: Profile, fields: Sequence[str], spoken: Language) -> Bars | None:
    """One group for each year and report."""
    groups = [
        Group(str(row.get("fiscal_year") or row["report"]), tuple(_valued(row, field) for field in fields))
        for row in found.years
    ]
    return charts.bars(groups)


def _valued(row: Mapping[str, Any], field: str) -> tuple[Decimal | None, str]:
    value = row.get(field)
    if value is None:
        return None, ""
    return Decimal(str(value)), f"{number(value)}%" if field in RATES else wan(value)


def _similar(collection: Collection, name: str, duties: Sequence[Duty]) -> list[tuple[str, float]]:
    """Other departments charged with the like, most alike first, with a measure from 0 to 1."""
    words = "".join(duty.text for duty in duties)[:_ASKED]
    if not words:
        return []
    alike: dict[str, float] = {}
    try:
        hits = collection.search(_QUOTES.sub("", words), k=_DEEP, kind="duty")
    except JixiaoError:  # an index that has to be built again takes nothing else from the page
        return []
    for hit in hits:
        of = hit.passage.department
        if of and of != name:
            alike[of] = max(alike.get(of, 0.0), hit.score)
    return sorted(alike.items(), key=lambda pair: (-pair[1], pair[0]))[:SIMILAR]
