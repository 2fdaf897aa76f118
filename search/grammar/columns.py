"""Tables of all departments put together column by column.

The engine goes through the reports one by one and looks up every cell of each, most of them for rows that
no page shows. All values of one property it gives twenty times as fast, and who reports on whom, and on
which year, is asked once for a store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.graph.iris import graph_iri
from search.grammar.facts import Graph, Row
from search.grammar.measures import Measure
from search.grammar.table import Table, filtered

_Key = tuple[str, str]  # a graph and a department


def fits(table: Table) -> bool:
    """Whether the table is one of all departments whose columns are direct properties, and nothing else chooses
    its rows but years and conditions on them."""
    shown = (*table.columns, *table.beside)
    chosen = table.departments or table.such or table.missing
    own = all(condition.measure in table.columns for condition in table.conditions)
    return bool(table.columns) and all(measure.property for measure in shown) and own and not chosen


def rows(graph: Graph, table: Table) -> list[Row]:
    """Every row of a table that fits, in no order, without what stands beside its columns."""
    reports = graph.reports()
    columns = [(table.variable(measure), _values(graph, table, measure)) for measure in table.columns]
    found: list[Row] = []
    for key in columns[0][1]:
        of = [row for row in reports.get(key, ()) if _of_years(table, row.get("year"))]
        for variable, values in columns:
            of = [{**row, variable: value} for row in of for value in values.get(key, ())]
        found += of
    return found


def beside(graph: Graph, table: Table, found: Sequence[Row]) -> list[Row]:
    """The rows with what stands beside their columns, where it is given."""
    whole = [dict(row) for row in found]
    keys = [(str(graph_iri(row["report"])), row["department"]) for row in found]
    for measure in table.beside if found else ():
        values = _values(graph, table, measure, keys)
        for key, row in zip(keys, whole, strict=True):
            row.update({table.variable(measure): value for value in values.get(key, ())[:1]})
    return list(whole)


def _of_years(table: Table, year: int | None) -> bool:
    wanted = not table.years or year in table.years
    return wanted and (not table.no_years or (year is not None and year not in table.no_years))


def _values(graph: Graph, table: Table, measure: Measure, among: Iterable[_Key] = ()) -> Mapping[_Key, list[object]]:
    """The values of a measure that meet its conditions, by graph and department: of all or `among` these."""
    variable = table.variable(measure)
    pairs = " ".join(f"(<{of}> <{department}>)" for of, department in dict.fromkeys(among))
    lines = [
        *([f"VALUES (?graph ?department) {{ {pairs} }}"] if pairs else []),
        measure.pattern(variable),
        *(filtered(table, condition) for condition in table.conditions if condition.measure == measure),
    ]
    values: dict[_Key, list[object]] = defaultdict(list)
    for row in graph.rows(
        f"SELECT DISTINCT ?graph ?department ?{variable} WHERE {{ GRAPH ?graph {{ {' '.join(lines)} }} }}"
    ):
        values[row["graph"], row["department"]].append(row[variable])
    return values
