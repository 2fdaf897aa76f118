"""Figures of several departments added up, averaged, or set against each other, in SPARQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from search.grammar.measures import Measure
from search.grammar.table import Table, where

FUNCTIONS = {"sum": "SUM", "average": "AVG", "most": "MAX", "least": "MIN"}


def aggregated(table: Table, functions: Iterable[str], by_year: bool) -> str:
    """The query that aggregates the first column: ?year where grouped, ?departments, and a variable for
    each function. Two reports of one department and year count once."""
    measure = table.columns[0]
    value = table.variable(measure)
    shown = " ".join(f"({FUNCTIONS[f]}(?value) AS ?{f})" for f in functions)
    inner = "\n".join(f"    {line}" for line in where(table))
    return (
        f"SELECT {'?year ' if by_year else ''}(COUNT(DISTINCT ?department) AS ?departments) {shown}\nWHERE {{\n"
        f"  {{ SELECT ?department ?year (MAX(?{value}) AS ?value) WHERE {{\n{inner}\n"
        "  } GROUP BY ?department ?year }\n}" + ("\nGROUP BY ?year ORDER BY ?year" if by_year else "")
    )


def ratio(table: Table, part: Measure, whole: Measure, factor: int) -> str:
    """The query that divides two columns: the table's variables and ?ratio, `factor` times the quotient."""
    from_table = replace(table, columns=(part, whole))
    top, bottom = from_table.variable(part), from_table.variable(whole)
    lines = [
        f"SELECT DISTINCT ?department ?name ?report ?year ?{top} ?{bottom} (?{top} * {factor} / ?{bottom} AS ?ratio)",
        "WHERE {",
        *where(from_table),
        f"  FILTER(?{bottom} != 0)",
        "}",
        "ORDER BY ?name ?year",
    ]
    return "\n".join(lines)
