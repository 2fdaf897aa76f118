"""哪些部门写了某项数字，哪些没有写，各有多少个。

Which departments state a figure, which do not, and how many.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from search.grammar import telling
from search.grammar.measures import Measure
from search.grammar.paging import one_column, page
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table

EXAMPLES = (
    "没有给出年初预算的部门有哪些？",
    "写明了预算执行率的部门有几个？",
    "Which departments do not state their total assets?",
)


def read(question: Question) -> Reading | None:
    """A measure and departments that are asked for, with no number to compare with."""
    slots = question.slots
    asks = slots.has("department", "who") and slots.has("which", "how-many", "without", "who")
    if not slots.measures or not asks or slots.comparisons or question.unknown or slots.has("most", "least"):
        return None
    measures = tuple(dict.fromkeys(asked.measure for asked in slots.measures))
    if slots.has("without"):
        return Reading(0.87, partial(_without, question, measures))
    if slots.has("how-many") or slots.has("stated"):
        return Reading(0.8, partial(_with, question, measures))
    return None


def _without(question: Question, measures: tuple[Measure, ...]) -> Answer:
    table = replace(_table(question), missing=measures[:1])
    found = page(question.graph, table)
    name = measures[0].name(question.slots.english)
    count = found.departments
    told = telling.listed(question, table, found.rows)
    if count:
        text = question.say(f"没有给出{name}的部门有{count}个：{told}。", f"{count} do not state {name}: {told}.")
    else:
        text = question.say(f"每个部门都给出了{name}。", f"Every department states {name}.")
    given = replace(telling.shown(question, table, found.rows), text=text)
    return one_column(found.of(given), question, count)


def _with(question: Question, measures: tuple[Measure, ...]) -> Answer:
    table = replace(_table(question), columns=measures[:1], beside=measures[1:])
    found = page(question.graph, table)
    name = measures[0].name(question.slots.english)
    count = found.departments
    told = telling.listed(question, table, found.rows)
    text = question.say(f"给出{name}的部门有{count}个：{told}。", f"{count} state {name}: {told}.")
    given = replace(telling.shown(question, table, found.rows), text=text)
    return one_column(found.of(given), question, count)


def _table(question: Question) -> Table:
    slots = question.slots
    return Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)
