"""SPARQL for people: an editor with examples and completion, the result as a table and a chart."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from api.pages import charts, taking
from api.pages.charts import Bars, Group
from api.pages.language import CODES, chosen
from api.pages.rendering import number
from api.pages.rendering import page as rendered
from api.problems import STATUS
from api.serving import Killable
from api.workers import Workers
from kg.errors import BadQuery
from kg.graph.dataset import PREFIXES
from ontology import loader
from search.sparql import limited

router = APIRouter()
EXAMPLES = Path(__file__).parents[2] / "examples" / "queries"
ROWS = 500  # on the page, and no more are asked for; the files have all
CHARTED = 30  # rows that a chart can show
_DATA = "https://w3id.org/jixiao/"
_LONG = 40  # characters of a label in a chart
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Example:
    title: str
    query: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: `iri` where it names a thing; `number` where it is one."""

    text: str
    iri: str = ""
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@router.get("/query")
def query(
    request: Request, workers: Killable, query: Annotated[str, Query(max_length=65_536)] = "", format: str = ""
) -> Response:
    given: dict[str, Any] = {"query": query, "table": None, "graph": "", "says": "", "error": "", "chart": None}
    given |= {"where": "", "spot": ""}
    status = 200
    if query.strip():
        try:
            given |= _asked(workers, query if format else limited(query, ROWS + 1))
        except BadQuery as error:
            given |= {"error": error.message, "where": error.place, "spot": ":".join(_NUMBER.findall(error.place))}
            status = STATUS.get(error.code, 400)
    table: Table | None = given["table"]
    if format and table:
        return taking.table(
            format, table.columns, [[c.text if c.number is None else c.number for c in r] for r in table.rows]
        )
    return rendered(
        request,
        "query.html",
        status,
        examples=examples(chosen(request).code),
        shown=ROWS,
        prefixes=PREFIXES,
        **given,
    )


def _asked(workers: Workers, query: str) -> Mapping[str, Any]:
    """What the query gives: a table, a sentence (ASK) or a graph in Turtle."""
    media_type, data = workers.query(query, ("json", "turtle"))
    if not media_type.startswith("application/sparql-results+json"):
        return {"graph": data.decode("utf-8")}
    found = json.loads(data)
    if "boolean" in found:
        return {"says": str(found["boolean"]).lower()}
    columns = tuple(found["head"]["vars"])
    rows = tuple(tuple(_cell(row.get(c)) for c in columns) for row in found["results"]["bindings"])
    table = Table(columns, rows)
    return {"table": table, "chart": _chart(table)}


def _cell(value: Mapping[str, str] | None) -> Cell:
    if value is None:
        return Cell("")
    if value["type"] == "uri":
        return Cell(_short(value["value"]), value["value"])
    if "datatype" in value and value["datatype"].rsplit("#", 1)[-1] in _NUMBERS:
        try:
            exact = Decimal(value["value"])
        except InvalidOperation:
            return Cell(value["value"])
        return Cell(number(int(exact) if exact == exact.to_integral_value() else exact), number=exact)
    return Cell(value["value"])


_NUMBERS = ("integer", "decimal", "double", "float", "int", "long")


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(_DATA)


def _chart(table: Table) -> Bars | None:
    """The first column of numbers over the first of words, where a chart says something."""
    if not 1 < len(table.rows) <= CHARTED:
        return None
    columns = list(zip(*table.rows, strict=True))
    numeric = next(
        (c for c in columns if all(x.number is not None or not x.text for x in c) and any(x.text for x in c)), None
    )
    words = next((c for c in columns if not any(x.number is not None or x.iri for x in c)), None)
    if not numeric or not words:
        return None
    labels = [w.text if len(w.text) <= _LONG else f"{w.text[:_LONG]}…" for w in words]
    return charts.bars([Group(label, ((v.number, v.text),)) for label, v in zip(labels, numeric, strict=True)])


@cache
def examples(language: str) -> Sequence[Example]:
    """The queries that the project ships, with their titles in `language`."""
    found = []
    for path in sorted(EXAMPLES.glob("*.rq")):
        *titles, text = path.read_text("utf-8").split("\n", 2)
        found.append(Example(titles[CODES.index(language)].removeprefix("# "), text.strip()))
    return tuple(found)


@router.get("/query/terms.json")
def terms() -> Response:
    """What the editor completes: the terms of the ontology with their names in both languages."""
    zh, en = loader.labels("zh"), loader.labels("en")
    known = [{"term": f"jx:{name}", "zh": zh.get(name, ""), "en": en.get(name, "")} for name in sorted(en)]
    return JSONResponse(known, headers={"Cache-Control": "max-age=3600"})
