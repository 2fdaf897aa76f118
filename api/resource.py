"""What a list is: its columns, and where its rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.errors import BadQuery
from kg.workspace import Entry
from search.collection import Collection

Value = str | int | bool | Decimal | None
Row = Mapping[str, Any]
MORE = "$more"  # where a resource's pattern takes in what a reader asks
OF_REPORT = ("report", "department", "fiscal_year", "report_type")


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


def of_entry(entry: Entry) -> dict[str, Any]:
    """What every row says of the report that it stands in."""
    return {
        "report": entry.name,
        "department": entry.department or None,
        "fiscal_year": entry.fiscal_year,
        "report_type": entry.report_type or None,
    }
