"""Two departments, or two years of one, side by side: their figures, and what both or only one state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.departments import compared, years
from api.pages import taking
from api.pages.department import MONEY
from api.pages.language import Language, chosen
from api.pages.rendering import number, wan
from api.pages.rendering import page as rendered
from api.serving import Live
from kg.errors import BadQuery
from search.collection import Collection
from search.passage import Passage
from search.similar import Comparison

router = APIRouter()
KINDS = ("duty", "problem", "improvement", "indicator", "project")
FIGURES = (*MONEY, "stated_execution_rate", "computed_execution_rate", "overall_score", "staff_count")
_HEAT = (5, 20, 50)  # percent of difference from which a row is tinted more
Text = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a department, and the year where one was chosen."""

    name: str
    year: int | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.year}" if self.year else self.name


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of both: `change` is by how many percent `there` differs from `here`, `heat` 0 to 3, `apart` the same
    without its sign."""

    name: str
    unit: str
    here: str
    there: str
    change: str = ""
    heat: int = 0
    apart: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Both:
    here: Passage
    there: Passage
    similarity: int


@dataclass(frozen=True, slots=True)
class Found:
    shared: tuple[Both, ...] = ()
    only_here: tuple[Passage, ...] = ()
    only_there: tuple[Passage, ...] = ()
    none: str = ""


@router.get("/compare")
def compare(
    request: Request,
    collection: Live,
    here: Text = "",
    there: Text = "",
    here_year: Text = "",
    there_year: Text = "",
    kind: Text = "duty",
    sort: Text = "",
    format: str = "",
) -> Response:
    spoken = chosen(request)
    entries = collection.generation.entries.values()
    names = sorted({e.department for e in entries if e.department})
    one, other = Side(here, _year(here_year)), Side(there or (here if there_year else ""), _year(there_year))
    found, measures = Found(), []
    if one.name and other.name:
        kind = kind if kind in KINDS else KINDS[0]
        measures = list(_measures(_row(collection, one), _row(collection, other), spoken))
        if sort == "change":
            measures.sort(key=lambda measure: -measure.apart)
        found = _found(collection, one, other, kind)
    if format and measures:
        return taking.table(format, *_taken(one, other, measures, found, spoken))
    return rendered(
        request,
        "compare.html",
        names=names[:_OFFERED],
        all_years=sorted({e.fiscal_year for e in entries if e.fiscal_year}, reverse=True),
        kinds=KINDS,
        kind=kind,
        sort=sort,
        here_=one,
        there_=other,
        measures=measures,
        found=found,
    )


_OFFERED = 1000  # names that the form completes


def _year(written: str) -> int | None:
    return int(written) if written.isdecimal() else None


def _row(collection: Collection, side: Side) -> Mapping[str, Any]:
    """The figures of the side's year, or of its last. JixiaoError `no-such-department`."""
    rows = years(collection, side.name)
    fitting = [row for row in rows if side.year in (None, row.get("fiscal_year"))]
    return fitting[-1] if fitting else {}


def _measures(one: Mapping[str, Any], other: Mapping[str, Any], spoken: Language) -> Iterator[Measure]:
    for name in FIGURES:
        a, b = one.get(name), other.get(name)
        if a is None and b is None:
            continue
        show = wan if name in MONEY else number
        change = _change(a, b)
        heat = 0 if change is None else sum(abs(change) >= least for least in _HEAT)
        difference = "" if change is None else _difference(name, a, b, change, spoken)
        apart = abs(change or Decimal(0))
        yield Measure(spoken.say(f"figure.{name}"), _unit(name, spoken), show(a), show(b), difference, heat, apart)


def _difference(name: str, a: Any, b: Any, change: Decimal, spoken: Language) -> str:
    """In percent; of what is itself in percent or points, in those."""
    if "rate" not in name and name != "overall_score":
        return f"{change:+.1f}%"
    difference = Decimal(str(b)) - Decimal(str(a))
    return f"{difference:+} {spoken.say('unit.percent_points' if 'rate' in name else 'unit.points')}"


def _unit(name: str, spoken: Language) -> str:
    if name in MONEY:
        return spoken.say("unit.wan")
    return "%" if "rate" in name else spoken.say("unit.points" if name == "overall_score" else "unit.people")


def _change(a: Any, b: Any) -> Decimal | None:
    """By how many percent `b` is more than `a`; None where that says nothing."""
    if a is None or b is None or Decimal(str(a)) == 0:
        return None
    return (Decimal(str(b)) - Decimal(str(a))) / abs(Decimal(str(a))) * 100


def _found(collection: Collection, one: Side, other: Side, kind: str) -> Found:
    try:
        found: Comparison = compared(collection, one.name, other.name, kind, one.year, other.year)
    except BadQuery as error:  # one of them states nothing of the kind
        return Found(none=error.message)
    pairs = (Both(p.here[1], p.there[1], round(p.similarity * 100)) for p in found.shared)
    return Found(tuple(pairs), tuple(p for _, p in found.only_here), tuple(p for _, p in found.only_there))


def _taken(
    one: Side, other: Side, measures: Sequence[Measure], found: Found, spoken: Language
) -> tuple[Sequence[str], list[Sequence[Any]]]:
    """Both tables as one: figures first, then what is shared, only here, only there."""
    say = spoken.say
    sides = (str(one), str(other) if other != one else f"{other} ({say('compare.there')})")
    columns = (say("compare.part"), say("department.figure"), *sides, say("compare.change"))
    rows: list[Sequence[Any]] = [
        (say("compare.figures"), f"{m.name}（{m.unit}）", _exact(m.here), _exact(m.there), m.change) for m in measures
    ]
    rows += [(say("compare.shared"), "", b.here.text, b.there.text, f"{b.similarity}%") for b in found.shared]
    rows += [(say("compare.only_here"), "", p.text, None, None) for p in found.only_here]
    rows += [(say("compare.only_there"), "", None, p.text, None) for p in found.only_there]
    return columns, rows


def _exact(shown: str) -> Decimal | None:
    return Decimal(shown.replace(",", "")) if shown else None
