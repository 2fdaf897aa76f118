"""What a reader wants of a list: which reports, which of their rows, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from operator import ge, le, lt
from typing import Any

from api.resource import OF_REPORT, Column, Resource, Row, Value
from kg.errors import BadQuery
from kg.workspace import Entry
from search.collection import Collection

BOUNDS: Mapping[str, str] = {"_min": ">=", "_max": "<=", "_below": "<"}
"""What follows a number's name in a filter, and how it then compares."""

REPORT_FILTERS: Mapping[str, Callable[[Entry, str], bool]] = {
    "report": lambda entry, wanted: entry.name == wanted,
    "department": lambda entry, wanted: wanted in entry.department,
    "fiscal_year": lambda entry, wanted: str(entry.fiscal_year) == wanted,
    "report_type": lambda entry, wanted: entry.report_type == wanted,
    "q": lambda entry, wanted: any(wanted in text for text in (entry.name, entry.title, entry.department)),
}
"""What every list can be chosen by: the report that a row stands in."""

_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for. `filters` name a column, or a number's column with one of BOUNDS; `sort`
    a column, with - before it for the largest first; `fields` the columns to show, all where none;
    `among` are the names of the reports to look in, all where None."""

    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    fields: tuple[str, ...] = ()
    limit: int = 50
    cursor: str = ""
    among: frozenset[str] | None = None

    @property
    def narrows(self) -> bool:
        """Whether only some of the reports are looked in."""
        return self.among is not None or bool(self.filters.keys() & REPORT_FILTERS.keys())


def wanted_reports(collection: Collection, wanted: Wanted) -> list[Entry]:
    """The reports that the filters on reports let through, by name."""
    own = [(REPORT_FILTERS[name], value) for name, value in wanted.filters.items() if name in REPORT_FILTERS]
    entries = collection.generation.entries
    names = sorted(entries if wanted.among is None else entries.keys() & wanted.among)
    return [entries[name] for name in names if all(fits(entries[name], value) for fits, value in own)]


@dataclass(frozen=True, slots=True)
class Test:
    """Whether a row's own values fit: each test is a column, a way of comparing and a value."""

    tests: tuple[tuple[Column, str, Value], ...]

    def __call__(self, row: Row) -> bool:
        return all(_compares(row.get(column.name), how, value) for column, how, value in self.tests)


def test_of(resource: Resource, wanted: Wanted) -> Test:
    """What the filters ask of a row. BadQuery `unknown-column` or `bad-number`."""
    return Test(tuple(_read(resource, n, value) for n, value in wanted.filters.items() if n not in REPORT_FILTERS))


def _compares(found: Any, how: str, value: Any) -> bool:
    if how == "=":
        return bool(found == value) or str(found) == str(value)
    if not isinstance(found, int | Decimal) or isinstance(found, bool):
        return False
    return bool({">=": ge, "<=": le, "<": lt}[how](found, value))


def _read(resource: Resource, name: str, value: str) -> tuple[Column, str, Value]:
    """`value_yuan_min` of 100 → the column, >= and the number."""
    for ending, how in BOUNDS.items():
        if name.endswith(ending) and name.removesuffix(ending) in resource.filters:
            return resource.column(name.removesuffix(ending)), how, _number(value, name)
    if name not in resource.filters:
        raise BadQuery("unknown-column", f"不能按 {name} 筛选；可用的有：{'、'.join((*OF_REPORT, *resource.filters))}")
    column = resource.column(name)
    if column.kind == "boolean":
        return column, "=", value == "true"
    return column, "=", _number(value, name) if column.kind in ("number", "integer") else value


def _number(value: str, name: str) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        raise BadQuery("bad-number", f"{name} 要是一个数，而不是 {value[:40]}")
    return number
