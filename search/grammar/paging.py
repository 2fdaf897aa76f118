"""Long tables a page at a time: the first rows, whether there are more, how many in all.

Of all departments a list can be longer than anybody reads. Where its columns are direct properties it is
put together here and cut. Any other would have to be sorted by the engine, which looks up every name for
that: its page takes what the engine finds first, and is sorted by itself; one that holds everything is
what the sorted query gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.facts import Evidence
from search.grammar import columns
from search.grammar.facts import Graph, Row
from search.grammar.reading import Answer, Question
from search.grammar.table import PAGE, Table, counted, sparql

MANY = 3000
"""So many things are counted, and no more."""


@dataclass(frozen=True, slots=True)
class Page:
    """`rows` of the `total` that `sparql` finds, None where there are so many that they are not counted;
    `departments` are all that have some, 0 where that is not asked; `places` are the words behind the things
    of the rows, where they have been looked up."""

    rows: Sequence[Row]
    sparql: str
    total: int | None
    departments: int = 0
    places: Mapping[str, tuple[Evidence, ...]] | None = None

    @property
    def truncated(self) -> bool:
        return self.total is None or self.total > len(self.rows)

    def size(self, question: Question) -> str:
        """How many there are, in words."""
        return question.say(f"{MANY}多", f"over {MANY}") if self.total is None else str(self.total)

    def of(self, given: Answer) -> Answer:
        """`given` as the answer that this page makes."""
        return replace(given, sparql=self.sparql, truncated=self.truncated, total=self.total)


def page(graph: Graph, table: Table) -> Page:
    """The first page of a table; of departments that are named all rows."""
    if table.departments:
        rows = graph.rows(sparql(table))
        return Page(rows, sparql(table), len(rows), _departments(rows))
    if columns.fits(table):
        found = cut(ordered(table, columns.rows(graph, table)), sparql(table))
        return replace(found, rows=columns.beside(graph, table, found.rows))
    rows = ordered(table, graph.rows(sparql(replace(table, limit=PAGE + 1))))
    if len(rows) <= PAGE:
        return Page(rows, sparql(table), len(rows), _departments(rows))
    [counts] = graph.rows(counted(table))
    return Page(rows[:PAGE], _limited(sparql(replace(table, limit=PAGE))), counts["rows"], counts["departments"])


def cut(rows: Sequence[Row], query: str) -> Page:
    """The first page of `rows`, which are all that `query` finds."""
    shown = query if len(rows) <= PAGE else _limited(f"{query}\nLIMIT {PAGE}")
    return Page(rows[:PAGE], shown, len(rows), _departments(rows))


def one_column(given: Answer, question: Question, count: int) -> Answer:
    """Only the number of departments, where only it is asked for."""
    if not question.slots.has("how-many") or question.slots.has("which", "who"):
        return given
    columns = (question.say("部门数", "departments"),)
    return replace(given, columns=columns, rows=((count,),), truncated=False, total=None)


def _limited(query: str) -> str:
    """With the place where the next page begins written out."""
    return f"{query} OFFSET 0"


def _departments(rows: Sequence[Row]) -> int:
    return len({row["department"] for row in rows})


def ordered(table: Table, rows: Iterable[Row]) -> list[Row]:
    """As the sorted query has them: by the table's order, then by name and year."""
    by_name = sorted(rows, key=lambda row: (row["name"], row.get("year", 0)))
    if table.order is None:
        return by_name
    measure, down = table.order
    variable = table.variable(measure)
    return sorted(by_name, key=lambda row: row[variable], reverse=down)
