"""几个部门的数字合计、平均是多少，可以按年度分。

Figures of several departments added up or averaged, all together or year by year.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from search.grammar import telling
from search.grammar.measures import Measure
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, sparql
from search.grammar.totals import aggregated

EXAMPLES = (
    "2024年度各部门的支出总计合计是多少？",
    "望川县公安局和云溪县教育局的基本支出合计多少万元？",
    "What is the average total expenditure of the departments for each fiscal year?",
)
_WORDS = {
    "sum": ("合计", "total"),
    "average": ("平均", "average"),
    "most": ("最大", "largest"),
    "least": ("最小", "smallest"),
}
_CENT = Decimal("0.01")
_SHOWN = 100  # departments whose words are shown


def read(question: Question) -> Reading | None:
    """A measure with a word for sum or average, of more than one department or year."""
    slots = question.slots
    one = len(question.departments) == 1 and len(slots.all_years) < 2
    if not slots.measures or one or question.unknown or slots.has("share", "per"):
        return None
    wanted = [role for role in ("sum", "average") if slots.has(role)]
    apart = slots.has("each") and not slots.has("department")
    if not wanted and slots.hints("sum") and not apart and not slots.has("which", "who", "most", "least"):
        wanted = ["sum"]  # 三个部门的支出合计: the word is part of the measure's name
    if not wanted:
        return None
    wanted += [role for role in ("most", "least") if slots.has(role)]
    return Reading(0.89, partial(_answer, question, slots.measures[0].measure, wanted))


def _answer(question: Question, measure: Measure, functions: list[str]) -> Answer | None:
    slots = question.slots
    by_year = slots.has("each") and slots.has("year")
    table = Table(columns=(measure,), departments=question.departments, years=slots.all_years, no_years=slots.no_years)
    rows = question.graph.rows(sparql(replace(table, limit=_SHOWN)))
    if not rows:
        return None
    query = aggregated(table, functions, by_year)
    found = question.graph.rows(query)
    unit = telling.in_brackets(question, telling.unit(question, measure))
    heads = [question.say(_WORDS[f][0], _WORDS[f][1]) + unit for f in functions]
    cells = tuple(
        (
            *((row.get("year"),) if by_year else ()),
            row["departments"],
            *(_rounded(telling.figure(question, measure, row[f]), f) for f in functions),
        )
        for row in found
    )
    columns = (*((question.say("年度", "year"),) if by_year else ()), question.say("部门数", "departments"), *heads)
    told = question.say("，", ", ").join(
        f"{head} {cell}" for head, cell in zip(heads, cells[0][-len(heads) :], strict=True)
    )
    name = measure.name(slots.english)
    parts = telling.listed(question, table, rows)
    count = len({row["department"] for row in rows}) if len(rows) < _SHOWN else sum(row["departments"] for row in found)
    text = question.say(
        f"{count}个部门的{name}：{'按年度见下表' if by_year else told}（{parts}）。",
        f"{name} of {count} departments: {'by year below' if by_year else told} ({parts}).",
    )
    missing = [question.called(iri) for iri in question.departments if iri not in {row["department"] for row in rows}]
    if missing:
        text += question.say(
            f"{'、'.join(missing)}没有写这项数字，没有算在内。", f" Not stated by {', '.join(missing)}."
        )
    return replace(telling.shown(question, table, rows), columns=columns, rows=cells, sparql=query, text=text)


def _rounded(value: Any, function: str) -> Any:
    """An average to the cent of its unit; all else is exact."""
    return value.quantize(_CENT, ROUND_HALF_UP) if function == "average" else value
