"""Lists of what the graph holds, a page at a time: one walk for JSON, exports and pages.

A resource (api/resources/) says what its rows are. Rows are read report by report in the order of
the reports' names, so that a page costs what it shows and not what there is. Where that order
would leave a page empty for long, and where rows are sorted by what they say, the graph is asked
once which rows there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from api.cursors import Place, cursor_of, place_in
from api.ranking import having, ranked
from api.resource import OF_REPORT, Resource, Row, of_entry
from api.wanted import REPORT_FILTERS, Wanted, test_of, wanted_reports
from kg.errors import BadQuery
from kg.workspace import Entry
from search.collection import Collection

LOOK = 20  # reports that are read one by one before the graph is asked which ones have fitting rows
MOST = 1000  # rows of a page


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list; `next` is the cursor of the next page, empty on the last. `total` counts all
    rows where that costs nothing."""

    resource: Resource
    rows: tuple[Row, ...]
    next: str = ""
    total: int | None = None

    @property
    def truncated(self) -> bool:
        return bool(self.next)


def page(collection: Collection, resource: Resource, wanted: Wanted) -> Page:
    """One page. BadQuery `unknown-column`, `bad-number` or `bad-cursor` where it cannot be read."""
    limit = max(1, min(wanted.limit, MOST))
    found = list(islice(_placed(collection, resource, wanted), limit + 1))
    rows = tuple(_shown(resource, row, wanted.fields) for _, row in found[:limit])
    cursor = cursor_of(found[limit - 1][0]) if len(found) > limit else ""
    return Page(resource, rows, cursor, _total(collection, resource, wanted))


def every(collection: Collection, resource: Resource, wanted: Wanted) -> Iterator[Row]:
    """All rows from the cursor on, page limits aside: what an export writes."""
    for _, row in _placed(collection, resource, wanted):
        yield _shown(resource, row, wanted.fields)


def _placed(collection: Collection, resource: Resource, wanted: Wanted) -> Iterator[tuple[Place, Row]]:
    for name in wanted.fields:
        resource.column(name)
    column, descending = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    if not column or column in OF_REPORT or resource.single:
        return _walk(collection, resource, wanted, column, descending)
    if not resource.column(column).term:
        raise BadQuery("unknown-column", f"不能按 {column} 排序")
    return ranked(collection, resource, wanted, column, descending)


def _walk(
    collection: Collection, resource: Resource, wanted: Wanted, column: str, descending: bool
) -> Iterator[tuple[Place, Row]]:
    """Report by report, in the order of names or of another property of the reports."""
    chosen = wanted_reports(collection, wanted)
    if column:
        resource.column(column)
        chosen.sort(key=lambda entry: _key(_known(collection, resource, entry)[column]), reverse=descending)
    fits = test_of(resource, wanted)
    begin, passed = _reached(chosen, wanted.cursor)
    looked, empty = 0, None
    for at, entry in enumerate(chosen[begin:]):
        if looked == LOOK and fits.tests and resource.node and empty is None:
            empty = having(collection, resource, wanted)
        if empty is not None and entry.iri not in empty:
            continue
        looked += 1
        for number, row in enumerate(resource.rows(collection, entry)):
            if (at or number >= passed) and fits(row):
                yield (entry.name, number), {**of_entry(entry), **row}


def _reached(chosen: Sequence[Entry], cursor: str) -> tuple[int, int]:
    """Which report a cursor stands in, and how many of its rows were shown."""
    if not cursor:
        return 0, 0
    place = place_in(cursor, 2)
    for at, entry in enumerate(chosen):
        if entry.name == place[0] and isinstance(place[1], int):
            return at, place[1] + 1
    raise BadQuery("bad-cursor", "这个翻页标记已失效（报告已不在），请从第一页开始")


def _known(collection: Collection, resource: Resource, entry: Entry) -> Row:
    """What is known of a report without asking the graph."""
    return {**of_entry(entry), **next(resource.rows(collection, entry))} if resource.single else of_entry(entry)


def _key(value: Any) -> tuple[bool, str | int]:
    return (value is not None, value if value is not None else 0)


def _shown(resource: Resource, row: Row, fields: Sequence[str]) -> Row:
    names = fields or [column.name for column in resource.columns]
    return {name: row.get(name) for name in names}


def _total(collection: Collection, resource: Resource, wanted: Wanted) -> int | None:
    """How many rows there are: known without looking where every report is one row."""
    if not resource.single or any(name not in REPORT_FILTERS for name in wanted.filters):
        return None
    return len(wanted_reports(collection, wanted))
