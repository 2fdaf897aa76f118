"""What is wanted as a table, and the SPARQL that gives it: a row for every department and year.

Everything of one report stands in its named graph, so a row is what one graph says of the
report's own department. Nothing of a question's text goes into the query: only IRIs of the
graph, names of the vocabulary, and numbers.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.values.exact import plain as decimal
from search.grammar.measures import PEOPLE, PERCENT, POINTS, YUAN, Measure
from search.grammar.slots import Comparison, Slots

_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "≥": operator.ge,
    "≤": operator.le,
    "=": operator.eq,
    "≠": operator.ne,
}
_REPORTS = ("?report a jx:Report ; jx:department ?department .",)
YEAR = "OPTIONAL { ?report jx:fiscalYear ?year }"
PAGE = 1000
"""Rows of a page."""
OPERATORS = {"<": "<", ">": ">", "≥": ">=", "≤": "<=", "=": "=", "≠": "!="}


_FITTING = {YUAN: (YUAN, ""), PERCENT: (PERCENT, ""), POINTS: (POINTS, ""), PEOPLE: (PEOPLE, "名", "个", "")}


@dataclass(frozen=True, slots=True)
class Condition:
    """`measure` compares with `value` (yuan, percent, points or people) as `operator` says."""

    measure: Measure
    operator: str
    value: Decimal


def compares(value: Decimal, sign: str, bound: Decimal) -> bool:
    """Whether `value` is < > ≥ ≤ = or ≠ `bound`."""
    return _COMPARE[sign](value, bound)


def conditions(slots: Slots) -> tuple[Condition, ...]:
    """The numbers that a question compares measures with."""
    pairs = ((comparison, _compared(slots, comparison)) for comparison in slots.comparisons)
    return tuple(Condition(measure, c.operator, c.number.value) for c, measure in pairs if measure)


def _compared(slots: Slots, comparison: Comparison) -> Measure | None:
    """The measure that a number bounds: the nearest before it that counts in its unit, else the nearest after."""
    fitting = [a for a in slots.measures if comparison.number.unit in _FITTING.get(a.measure.unit, ())]
    before = [a.measure for a in fitting if a.start < comparison.start]
    return before[-1] if before else next((a.measure for a in fitting), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`columns` must have a value in every row, `beside` may lack it, `missing` must lack it; `such`
    are further lines of SPARQL.

    `departments` are IRIs, all where there are none; `years` likewise, without `no_years`.
    `order` is a column and whether the largest comes first; `limit` 0 is no limit. `reports` are the lines
    that find ?report and ?department."""

    columns: tuple[Measure, ...] = ()
    beside: tuple[Measure, ...] = ()
    missing: tuple[Measure, ...] = ()
    conditions: tuple[Condition, ...] = ()
    such: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    no_years: tuple[int, ...] = ()
    order: tuple[Measure, bool] | None = None
    limit: int = 0
    reports: tuple[str, ...] = _REPORTS

    def variable(self, measure: Measure) -> str:
        """The variable that holds `measure`: the property's own name where it is one."""
        shown = (*self.columns, *self.beside)
        return measure.property or f"value{shown.index(measure) + 1}"


def sparql(table: Table) -> str:
    """The query: ?department ?name ?report ?year and a variable for each measure shown. A part of all
    departments is not sorted by their names, which the engine would have to look up one and all."""
    lines = [f"SELECT DISTINCT {_shown(table)}", "WHERE {", *where(table), "}"]
    part = table.limit and not table.departments
    if table.order:
        measure, down = table.order
        variable = f"?{table.variable(measure)}"
        lines.append(f"ORDER BY {f'DESC({variable})' if down else variable}{'' if part else ' ?name'}")
    elif not part:
        lines.append("ORDER BY ?name ?year")
    return "\n".join([*lines, f"LIMIT {table.limit}"] if table.limit else lines)


def counted(table: Table) -> str:
    """The query for ?rows and ?departments: how many there are."""
    return "\n".join(
        [
            "SELECT (COUNT(*) AS ?rows) (COUNT(DISTINCT ?department) AS ?departments)",
            f"WHERE {{ SELECT DISTINCT {_shown(table)} WHERE {{",
            *where(table),
            "} }",
        ]
    )


def _shown(table: Table) -> str:
    measures = (f"?{table.variable(m)}" for m in (*table.columns, *table.beside))
    return " ".join(["?department ?name ?report ?year", *measures])


def where(table: Table, also: Sequence[str] = ()) -> Iterator[str]:
    """The lines of the query's pattern. What every row must have, `also` included, stands before what it
    may have: the engine never looks behind an OPTIONAL for where to begin. The departments stand inside
    the graph's braces: before them, it would go through the reports of all first."""
    yield "  GRAPH ?graph {"
    if table.departments:
        yield f"    VALUES ?department {{ {' '.join(f'<{iri}>' for iri in table.departments)} }}"
    yield from (f"    {line}" for line in table.reports)
    yield "    ?department jx:name ?name ."
    for measure in table.columns:
        yield f"    {measure.pattern(table.variable(measure))}"
    yield from (f"    {line}" for line in also)
    if table.years:
        yield "    ?report jx:fiscalYear ?year ."
        yield f"    FILTER(?year IN ({', '.join(map(str, table.years))}))"
    else:
        yield f"    {YEAR}"
    if table.no_years:
        yield f"    FILTER(?year NOT IN ({', '.join(map(str, table.no_years))}))"
    for measure in table.beside:
        yield f"    OPTIONAL {{ {measure.pattern(table.variable(measure))} }}"
    for at, measure in enumerate(table.missing, 1):
        yield f"    FILTER NOT EXISTS {{ {measure.pattern(f'missing{at}')} }}"
    yield from (f"    {filtered(table, condition)}" for condition in table.conditions)
    yield from (f"    {line}" for line in table.such)
    yield "  }"


def filtered(table: Table, condition: Condition) -> str:
    """The line that asks for a condition."""
    return f"FILTER(?{table.variable(condition.measure)} {OPERATORS[condition.operator]} {decimal(condition.value)})"
