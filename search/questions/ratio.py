"""一项数字占另一项的比例，人均多少。

One figure as a share of another, or per employee.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from search.grammar import telling
from search.grammar.facts import Row
from search.grammar.measures import PERCENT, YUAN, Measure, direct
from search.grammar.paging import Page
from search.grammar.reading import Answer, Question, Reading
from search.grammar.slots import Asked
from search.grammar.table import PAGE, Table, compares
from search.grammar.totals import ratio

EXAMPLES = (
    "望川县公安局的项目支出占总支出的比例是多少？",
    "各部门的人均支出是多少？",
    "项目支出占总支出的比例最高的部门是哪个？",
    "What share of total expenditure was project expenditure in the Wangchuan public security bureau?",
    "total expenditure per employee in each department",
)
_CENT = Decimal("0.01")
_OF_WHOLE = re.compile(r"(?:share|percentage|proportion|fraction|percent|ratio) of [^,?]{0,60}$")


def read(question: Question) -> Reading | None:
    """Two measures with a word for share, or one per head."""
    slots = question.slots
    if question.unknown:
        return None
    staff = direct()["staffCount"]
    measures = [asked for asked in slots.measures if asked.measure != staff]
    if measures and slots.has("per"):
        return Reading(0.9, partial(_per_head, question, measures[0].measure, staff))
    money: dict[Measure, Asked] = {}
    for asked in measures:
        if asked.measure.unit == YUAN:
            money.setdefault(asked.measure, asked)
    if len(money) >= 2 and slots.hints("share"):
        first, second = list(money)[:2]
        before, after = slots.text[: money[first].start], slots.text[money[first].end :]
        if slots.english and _OF_WHOLE.search(before) and not re.match(r" (?:in|to|of|out of) ", after):
            first, second = second, first  # what share of B was A
        return Reading(0.9, partial(_share, question, first, second))
    return None


def _share(question: Question, part: Measure, whole: Measure) -> Answer | None:
    table = _table(question)
    query = ratio(table, part, whole, 100)
    head = question.say("占比（%）", "share (%)")
    return _told(question, replace(table, columns=(part, whole)), query, head, PERCENT)


def _per_head(question: Question, measure: Measure, staff: Measure) -> Answer | None:
    table = _table(question)
    query = ratio(table, measure, staff, 1)
    head = question.say("人均", "per employee") + telling.in_brackets(question, telling.unit(question, measure))
    return _told(question, replace(table, columns=(measure, staff)), query, head, measure.unit)


def _table(question: Question) -> Table:
    slots = question.slots
    return Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)


def _told(question: Question, table: Table, query: str, head: str, unit: str) -> Answer | None:
    rows = _wanted(question, question.graph.rows(query), unit)
    if not rows:
        return None
    part, whole = table.columns
    rows, total = rows[:PAGE], len(rows)
    given = telling.shown(question, table, rows)
    quotients = [telling.figure(question, replace(part, unit=unit), row["ratio"]) for row in rows]
    rounded = [value.quantize(_CENT, ROUND_HALF_UP) for value in quotients]
    cells = tuple((*cell, value) for cell, value in zip(given.rows, rounded, strict=True))
    told = question.say("；", "; ").join(
        _sum(question, part, whole, row, v, unit) for row, v in zip(rows[:5], rounded, strict=False)
    )
    given = replace(given, columns=(*given.columns, head), rows=cells, text=told + question.say("。", "."))
    return Page(rows, query, total).of(given)


def _wanted(question: Question, rows: list[Row], unit: str) -> list[Row]:
    """The rows whose quotient is what is asked for: the highest, the lowest, above or below a number."""
    slots = question.slots
    for comparison in slots.comparisons:
        if comparison.number.unit in (unit, ""):
            rows = [row for row in rows if compares(row["ratio"], comparison.operator, comparison.number.value)]
    if rows and slots.has("most", "least"):
        edge = (max if slots.has("most") else min)(row["ratio"] for row in rows)
        rows = [row for row in rows if row["ratio"] == edge]
    return rows


def _sum(question: Question, part: Measure, whole: Measure, row: Row, value: Decimal, unit: str) -> str:
    """A局：12万元 ÷ 48万元 = 25%."""
    variables = Table(columns=(part, whole))
    top = telling.written(question, part, row[variables.variable(part)])
    bottom = telling.written(question, whole, row[variables.variable(whole)])
    of = telling.unit(question, replace(part, unit=unit))
    shown = f"{value}{of}" if of == "%" else question.say(f"{value}{of}", telling.written(question, part, row["ratio"]))
    return f"{row['name']}{question.say('：', ': ')}{top} ÷ {bottom} = {shown}"
