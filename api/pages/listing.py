"""Lists as tables: filtered, sorted and paged by what the JSON route of the same name uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.lists import page
from api.pages.language import Language, chosen
from api.pages.rendering import number, wan
from api.pages.rendering import page as rendered
from api.resource import OF_REPORT, Resource, Row
from api.routes.lists import RESOURCES, wanted
from api.serving import Live
from api.wanted import BOUNDS
from ontology import loader
from search.collection import Collection

router = APIRouter()
ROWS = 30


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: `style` is number, words, name, yes or no; `url` where it leads."""

    text: str
    style: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the column to sort by, empty where there is none; `unit` stands in the head."""

    name: str
    label: str
    style: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: offered `values` as key and label, or free words where there are none."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...] = ()
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """How the page shows a resource: its columns in order, the filters it offers first."""

    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()


VIEWS: Mapping[str, View] = {
    "reports": View(("title", "department", "fiscal_year", "report_type", "facts", "findings", "gaps"), ("q",)),
    "departments": View(
        ("name", "fiscal_year", "adjusted_budget", "total_expenditure", "stated_execution_rate")
        + ("computed_execution_rate", "overall_score", "overall_grade", "staff_count", "report"),
        ("computed_execution_rate_below",),
    ),
    "indicators": View(
        ("department", "fiscal_year", "subject", "level1", "level3", "target", "actual", "met", "weight", "score")
        + ("deviation_reason",),
        ("level1", "met", "subject"),
    ),
    "projects": View(("department", "fiscal_year", "name", "code", "quote"), ("name",)),
    "scores": View(
        ("department", "fiscal_year", "subject", "dimension", "value", "max", "grade", "quote"), ("dimension",)
    ),
    "amounts": View(
        ("department", "fiscal_year", "subject", "measure", "value", "year", "name", "quote"), ("measure", "year")
    ),
    "duties": View(("department", "fiscal_year", "text")),
    "problems": View(("department", "fiscal_year", "text")),
    "improvements": View(("department", "fiscal_year", "text")),
    "people": View(("department", "fiscal_year", "name", "role", "unit", "quote"), ("name", "role")),
}
_MONEY = (
    "initial_budget",
    "adjusted_budget",
    "total_income",
    "total_expenditure",
    "basic_expenditure",
    "project_expenditure",
)
_RATES = ("execution_rate", "stated_execution_rate", "computed_execution_rate", "completion")


def listed(name: str) -> Callable[..., HTMLResponse]:
    """The page of the list `name`."""
    view, resource = VIEWS[name], RESOURCES[name]

    def show(request: Request, collection: Live) -> HTMLResponse:
        spoken = chosen(request)
        known = {*OF_REPORT, "q", *resource.filters, *(n + m for n in resource.filters for m in BOUNDS)}
        asked: dict[str, Any] = {k: v for k, v in request.query_params.items() if v and k in {*known, "sort", "cursor"}}
        found = page(collection, resource, wanted(resource, asked | {"limit": ROWS}))
        sort = asked.get("sort", "")
        return rendered(
            request,
            "listing.html",
            name=name,
            title=spoken.say(f"nav.{name}") if spoken.has(f"nav.{name}") else spoken.term(name),
            lead=spoken.say(f"lead.{name}") if spoken.has(f"lead.{name}") else resource.title_en,
            columns=[_column(resource, column, spoken) for column in view.columns],
            rows=[[_cell(row, column, spoken) for column in view.columns] for row in found.rows],
            choices=list(_choices(collection, view, asked, spoken)),
            sort=sort.removeprefix("-"),
            descending=sort.startswith("-"),
            next=found.next,
            total=found.total,
            first="cursor" in asked,
            files=("csv", "xlsx", "jsonl"),
            asked={k: v for k, v in asked.items() if k != "cursor"},
        )

    return show


def _column(resource: Resource, name: str, spoken: Language) -> Column:
    column = resource.column(name) if any(c.name == name for c in resource.columns) else None
    sortable = name in OF_REPORT or bool(column and (column.term or resource.single))
    unit = spoken.say("unit.wan") if name in _MONEY else "%" if name in _RATES else ""
    numeric = name not in ("target", "actual", "fiscal_year", "year") and bool(
        column and column.kind in ("number", "integer")
    )
    if spoken.has(f"column.{name}"):
        label = spoken.say(f"column.{name}")
    else:
        label = (column.label if spoken.code == "zh" else column.label_en.capitalize()) if column else name
    return Column(name if sortable and name != "title" else "", label, "number" if numeric else "", unit)


def _cell(row: Row, name: str, spoken: Language) -> Cell:
    value = row.get(name)
    match name:
        case "department" | "name" if name == "department" or "execution_rate" in row:
            return Cell(value or "", "name", department_url(value) if value else "")
        case "title" | "report":
            return Cell(
                value or row.get("name") or "", "name", f"/reports/{quote(str(row.get('report') or row.get('name')))}"
            )
        case "quote" | "text":
            place = _place(row)
            words = " ".join(str(value).split())
            if name == "text":
                return Cell(words, "words", place)
            return Cell(words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…", "words proof", place)
        case "target" | "actual":
            sign = row.get("operator" if name == "target" else "comparator") or ""
            unit = row.get(f"{name}_unit") or ""
            return Cell("" if value is None else f"{sign}{number(value)}{'' if isinstance(value, str) else unit}")
        case "met":
            return Cell("", "") if value is None else Cell(spoken.say(f"met.{bool(value)}"), "yes" if value else "no")
        case "value" if "measure" in row or "unit" in row:
            return Cell(f"{row.get('comparator') or ''}{number(value)} {row.get('unit') or ''}".strip(), "number")
        case "report_type" | "measure" | "dimension" | "level1":
            return Cell(spoken.word(_SCHEMES[name], value))
        case _ if name in _MONEY:
            return Cell(wan(value), "number")
        case "level3":
            return Cell(str(value or ""), "name", _place(row))
        case "deviation_reason" | "subject":
            return Cell(" ".join(str(value or "").split()), "words")
    return Cell(
        number(value), "number" if value is not None and not isinstance(value, str) and name not in _YEARS else ""
    )


def _place(row: Row) -> str:
    """Where the words of a row stand in its report."""
    return f"/reports/{quote(str(row['report']))}?start={row['start']}&end={row['end']}#evidence"


_LONGEST = 36  # characters of a quotation in a table
_YEARS = ("fiscal_year", "year")
_SCHEMES = {
    "report_type": "report-types",
    "measure": "measures",
    "dimension": "dimensions",
    "level1": "indicator-levels",
}


def department_url(name: str) -> str:
    return f"/departments/{quote(name, safe='')}"


def _choices(collection: Collection, view: View, asked: Mapping[str, str], spoken: Language) -> Iterator[Choice]:
    entries = collection.generation.entries.values()
    years = sorted({e.fiscal_year for e in entries if e.fiscal_year}, reverse=True)
    types = sorted({e.report_type for e in entries if e.report_type})
    levels = [c.label for c in loader.scheme("indicator-levels").values() if not c.broader]
    values: Mapping[str, Sequence[tuple[str, str]]] = {
        "fiscal_year": [(str(year), str(year)) for year in years],
        "report_type": [(t, spoken.word("report-types", t)) for t in types],
        "level1": [(level, spoken.word("indicator-levels", level)) for level in levels],
        "met": [(key, spoken.say(f"met.{key.title()}")) for key in ("true", "false")],
    }
    for name in (*view.filters, "department", "fiscal_year", "report_type"):
        label = spoken.say(f"column.{name}") if spoken.has(f"column.{name}") else spoken.term(_term(name))
        yield Choice(name, label, tuple(values.get(name, ())), asked.get(name, ""))


def _term(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))


for _name in VIEWS:
    if _name in RESOURCES:
        router.add_api_route(f"/{_name}", listed(_name), response_class=HTMLResponse, name=f"page_{_name}")
