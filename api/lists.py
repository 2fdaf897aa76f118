"""Lists of what the graph holds, a page at a time: one walk for JSON, exports and pages.

A resource (api/resources/) says what its rows are. Rows are read report by report in the order of
the reports' names, so that a page costs what it shows and not what there is. Where that order
would leave a page empty for long, and where rows are sorted by what they say, the graph is asked
once which rows there are.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import count, islice
from operator import ge, le, lt
from typing import Any, TypeVar

from api.workers import Workers
from kg.errors import BadQuery
from kg.graph.statements import literal
from kg.workspace import Entry
from search.collection import Collection

Value = str | int | bool | Decimal | None
Row = Mapping[str, Any]
T = TypeVar("T")
LOOK = 20  # reports that are read one by one before the graph is asked which ones have fitting rows
MOST = 1000  # rows of a page


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is text, number, integer, boolean or any; `term` is the property (a local
    name of the ontology) that says its value in the graph, empty where no filter or order can ask it."""

    name: str
    kind: str = "text"
    term: str = ""
    label: str = ""
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """A list: `rows` gives those of one report, in reading order, `at` those with these IRIs. `node`
    is the graph pattern in which ?it is a row's node and ?r its report, with $more where other
    patterns on them go; empty where the graph is not asked. `own` are the properties that no other
    node has, `by_own` the pattern of a row that has one of them. `filters` are the columns that a
    reader may choose by, beside the report's own; `single` where every report is one row."""

    name: str
    title: str
    title_en: str
    columns: tuple[Column, ...]
    rows: Callable[[Collection, Entry], Iterator[Row]]
    node: str = ""
    at: Callable[[Collection, Sequence[str]], Mapping[str, Row]] | None = None
    filters: tuple[str, ...] = ()
    example: Mapping[str, Any] = field(default_factory=dict, repr=False)
    single: bool = False
    own: frozenset[str] = frozenset()
    by_own: str = ""

    def column(self, name: str) -> Column:
        """BadQuery `unknown-column`."""
        for column in self.columns:
            if column.name == name:
                return column
        raise BadQuery("unknown-column", f"没有 {name} 这一列；有：{'、'.join(c.name for c in self.columns)}")


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
OF_REPORT = ("report", "department", "fiscal_year", "report_type")


def page(collection: Collection, resource: Resource, wanted: Wanted) -> Page:
    """One page. BadQuery `unknown-column`, `bad-number` or `bad-cursor` where it cannot be read."""
    limit = max(1, min(wanted.limit, MOST))
    found = list(islice(_placed(collection, resource, wanted), limit + 1))
    rows = tuple(_shown(resource, row, wanted.fields) for _, row in found[:limit])
    cursor = _cursor(found[limit - 1][0]) if len(found) > limit else ""
    return Page(resource, rows, cursor, _total(collection, resource, wanted))


def every(collection: Collection, resource: Resource, wanted: Wanted) -> Iterator[Row]:
    """All rows from the cursor on, page limits aside: what an export writes."""
    for _, row in _placed(collection, resource, wanted):
        yield _shown(resource, row, wanted.fields)


Place = tuple[str | int, ...]
"""Where a row stands in its list: what a cursor says."""


def _placed(collection: Collection, resource: Resource, wanted: Wanted) -> Iterator[tuple[Place, Row]]:
    for name in wanted.fields:
        resource.column(name)
    column, descending = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    if not column or column in OF_REPORT or resource.single:
        return _walk(collection, resource, wanted, column, descending)
    if not resource.column(column).term:
        raise BadQuery("unknown-column", f"不能按 {column} 排序")
    return _sorted(collection, resource, wanted, column, descending)


def _walk(
    collection: Collection, resource: Resource, wanted: Wanted, column: str, descending: bool
) -> Iterator[tuple[Place, Row]]:
    """Report by report, in the order of names or of another property of the reports."""
    chosen = _chosen(collection, wanted)
    if column:
        resource.column(column)
        chosen.sort(key=lambda entry: _key(_known(collection, resource, entry)[column]), reverse=descending)
    fits = _test(resource, wanted)
    begin, passed = _reached(chosen, wanted.cursor)
    looked, empty = 0, None
    for at, entry in enumerate(chosen[begin:]):
        if looked == LOOK and fits.tests and resource.node and empty is None:
            empty = _having(collection, resource, wanted)
        if empty is not None and entry.iri not in empty:
            continue
        looked += 1
        for number, row in enumerate(resource.rows(collection, entry)):
            if (at or number >= passed) and fits(row):
                yield (entry.name, number), {**_of_entry(entry), **row}


def _reached(chosen: Sequence[Entry], cursor: str) -> tuple[int, int]:
    """Which report a cursor stands in, and how many of its rows were shown."""
    if not cursor:
        return 0, 0
    place = _place(cursor, 2)
    for at, entry in enumerate(chosen):
        if entry.name == place[0] and isinstance(place[1], int):
            return at, place[1] + 1
    raise BadQuery("bad-cursor", "这个翻页标记已失效（报告已不在），请从第一页开始")


@dataclass(frozen=True, slots=True)
class _Test:
    """Whether a row's own values fit: each test is a column, a way of comparing and a value."""

    tests: tuple[tuple[Column, str, Value], ...]

    def __call__(self, row: Row) -> bool:
        return all(_compares(row.get(column.name), how, value) for column, how, value in self.tests)


def _compares(found: Any, how: str, value: Any) -> bool:
    if how == "=":
        return bool(found == value) or str(found) == str(value)
    if not isinstance(found, int | Decimal) or isinstance(found, bool):
        return False
    return bool({">=": ge, "<=": le, "<": lt}[how](found, value))


def _test(resource: Resource, wanted: Wanted) -> _Test:
    return _Test(tuple(_read(resource, n, value) for n, value in wanted.filters.items() if n not in REPORT_FILTERS))


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


_DIGITS = 30


def _fitting(collection: Collection, resource: Resource, wanted: Wanted) -> str:
    """What is said of ?it and ?r in a row that fits, as far as the graph is asked: a few reports by
    their names, many are left to whoever reads the answer."""
    parts = []
    chosen = _chosen(collection, wanted) if wanted.narrows else []
    if wanted.narrows and len(chosen) <= FEW:
        parts.append(f"VALUES ?r {{ {' '.join(f'<{entry.iri}>' for entry in chosen)} }}")
    for n, (column, how, value) in enumerate(_test(resource, wanted).tests):
        if how == "=" and isinstance(value, str | bool):
            parts.append(f"?it jx:{column.term} {literal(value).n3()} .")
        else:
            assert isinstance(value, Decimal)
            parts.append(f"?it jx:{column.term} ?v{n} . FILTER(?v{n} {how} {literal(value).n3()})")
    return " ".join(parts)


FEW = 300  # reports that a query names


def _having(collection: Collection, resource: Resource, wanted: Wanted) -> frozenset[str]:
    """The reports that have rows that fit."""
    pattern = _pattern(resource, _fitting(collection, resource, wanted), _asked_of(resource, wanted))
    return frozenset(row[0] for row in asked(collection, f"SELECT DISTINCT ?r {{ {pattern} }}"))


def _sorted(
    collection: Collection, resource: Resource, wanted: Wanted, column: str, descending: bool
) -> Iterator[tuple[Place, Row]]:
    """In the order of a column; rows that do not give it are not listed."""
    begin = _place(wanted.cursor, 1)[0] if wanted.cursor else 0
    if not isinstance(begin, int) or begin < 0:
        raise BadQuery("bad-cursor", "读不懂这个翻页标记")
    by_iri = {entry.iri: entry for entry in _chosen(collection, wanted)}
    for most in (RANKED * 10**times for times in count()):  # until the list ends
        if most <= begin:
            continue
        ranked = _ranked(collection, resource, wanted, resource.column(column).term, descending, most)
        for start in range(begin, len(ranked), BATCH):
            for at, report, row in _rows(collection, resource, ranked[start : start + BATCH], by_iri):
                yield (start + at,), {**_of_entry(by_iri[report]), **row}
        begin = max(begin, len(ranked))
        if len(ranked) < most:
            return


def _rows(
    collection: Collection, resource: Resource, ranked: Sequence[tuple[str, ...]], reports: Mapping[str, Entry]
) -> Iterator[tuple[int, str, Row]]:
    """The rows of these nodes in `reports`, each with its number from 1 on and its report."""
    of = _reports(collection, [it for it, *report in ranked if not report]) | {
        it: r for it, *rest in ranked for r in rest
    }
    nodes = [(at, it, of[it]) for at, (it, *_) in enumerate(ranked, 1) if of.get(it) in reports]
    known = resource.at(collection, [it for _, it, _ in nodes]) if resource.at and nodes else {}
    for at, it, report in nodes:
        if not resource.at:
            yield from ((at, report, row) for row in resource.rows(collection, reports[report]))
        elif it in known:
            yield at, report, known[it]


def _ranked(
    collection: Collection, resource: Resource, wanted: Wanted, term: str, descending: bool, most: int
) -> Sequence[tuple[str, ...]]:
    """The nodes of the first `most` rows that fit, with their reports unless those are to be looked up, in
    the order of the property `term`; those alike in the order in which the engine finds them, which is the
    same for every `most`."""
    more = f"{_fitting(collection, resource, wanted)} ?it jx:{term} ?value ."
    order = f"ORDER BY {'DESC(?value)' if descending else '?value'} LIMIT {most}"
    if resource.own & {term, *_asked_of(resource, wanted)} and "?r" not in more:
        # The order alone says which rows; to look up the report of every one would take six times as long.
        return asked(collection, f"SELECT ?it {{ {more} }} {order}", far=most > KEPT)
    pattern = resource.node.replace(MORE, more)
    return asked(collection, f"SELECT ?it ?r {{ {pattern} }} {order}", far=most > KEPT)


def _reports(collection: Collection, nodes: Sequence[str]) -> dict[str, str]:
    """The reports that these nodes stand in."""
    if not nodes:
        return {}
    values = " ".join(f"<{it}>" for it in nodes)
    found = collection.dataset.query(f"SELECT ?it ?r {{ VALUES ?it {{ {values} }} ?it jx:inReport ?r }}")
    return {str(it): str(report) for it, report in found}  # type: ignore[misc]


def _pattern(resource: Resource, more: str, terms: set[str]) -> str:
    """The pattern of the rows of which `more` holds. Where one of these `terms` is the resource's own,
    nothing else need say what a row is: the engine would begin with that, and look at all."""
    node = resource.by_own if resource.by_own and resource.own & terms else resource.node
    return node.replace(MORE, more)


def _asked_of(resource: Resource, wanted: Wanted) -> set[str]:
    """The properties that filters ask of a row."""
    return {column.term for column, _, _ in _test(resource, wanted).tests}


def asked(collection: Collection, query: str, *, far: bool = False) -> Sequence[tuple[str, ...]]:
    """The rows of a query over the whole collection as text, a missing value empty; remembered as long
    as its generation is asked, but of those that go `far` only the last. It runs where it can be killed,
    if the service has such a place."""

    def rows() -> Sequence[tuple[str, ...]]:
        if isinstance(collection.guarded, Workers):
            return tuple(collection.guarded.rows(query))
        found = collection.dataset.query(query)
        return tuple(tuple("" if cell is None else str(cell) for cell in row) for row in found)  # type: ignore[union-attr]

    if not far:
        return remembered(collection, query, rows)
    last: tuple[str, Sequence[tuple[str, ...]]] = remembered(collection, "far", lambda: (query, rows()))
    if last[0] != query:
        collection.memory["far"] = last = (query, rows())
    return last[1]


def remembered(collection: Collection, what: str, make: Callable[[], T]) -> T:
    """What `make` gives, kept as long as the generation that it was made of."""
    memory = collection.memory
    found: T = memory[what] if what in memory else make()
    while len(memory) >= REMEMBERED and what not in memory:
        memory.pop(next(iter(memory)), None)
    memory[what] = found
    return found


REMEMBERED = 64  # answers
RANKED = 1000  # rows of a list in the order of a column that are first asked for; then ten times as many, and so on
KEPT = 10_000  # rows of an order that are remembered beside other answers
MORE = "$more"  # where a resource's pattern takes in what a reader asks
BATCH = 50


def _of_entry(entry: Entry) -> dict[str, Any]:
    """What every row says of the report that it stands in."""
    return {
        "report": entry.name,
        "department": entry.department or None,
        "fiscal_year": entry.fiscal_year,
        "report_type": entry.report_type or None,
    }


def _known(collection: Collection, resource: Resource, entry: Entry) -> Row:
    """What is known of a report without asking the graph."""
    return {**_of_entry(entry), **next(resource.rows(collection, entry))} if resource.single else _of_entry(entry)


def _key(value: Any) -> tuple[bool, str | int]:
    return (value is not None, value if value is not None else 0)


def _shown(resource: Resource, row: Row, fields: Sequence[str]) -> Row:
    names = fields or [column.name for column in resource.columns]
    return {name: row.get(name) for name in names}


def _total(collection: Collection, resource: Resource, wanted: Wanted) -> int | None:
    """How many rows there are: known without looking where every report is one row."""
    if not resource.single or any(name not in REPORT_FILTERS for name in wanted.filters):
        return None
    return len(_chosen(collection, wanted))


def _chosen(collection: Collection, wanted: Wanted) -> list[Entry]:
    """The reports that the filters on reports let through, by name."""
    own = [(REPORT_FILTERS[name], value) for name, value in wanted.filters.items() if name in REPORT_FILTERS]
    entries = collection.generation.entries
    names = sorted(entries if wanted.among is None else entries.keys() & wanted.among)
    return [entries[name] for name in names if all(fits(entries[name], value) for fits, value in own)]


def _cursor(place: Place) -> str:
    return base64.urlsafe_b64encode(json.dumps(place, ensure_ascii=False).encode()).decode().rstrip("=")


def _place(cursor: str, size: int) -> Place:
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadQuery("bad-cursor", "读不懂这个翻页标记") from error
    if not isinstance(place, list) or len(place) != size or not all(isinstance(part, str | int) for part in place):
        raise BadQuery("bad-cursor", "读不懂这个翻页标记")
    return tuple(place)
