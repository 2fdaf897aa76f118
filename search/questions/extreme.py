"""哪个部门的某项数字最高、最低，前几名是谁，怎么排名。

Which department has the highest or lowest figure, the top few, or all of them ranked.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

from kg.values import numeral
from search.grammar import telling
from search.grammar.facts import Row
from search.grammar.measures import Measure
from search.grammar.paging import Page, cut, ordered, page
from search.grammar.reading import Answer, Question, Reading
from search.grammar.slots import NUMBER_WORDS, Cue
from search.grammar.table import Table, sparql

EXAMPLES = (
    "哪个部门支出最多？",
    "自评得分最高的三个部门是哪些？",
    "各部门按项目支出从高到低排名",
    "Which department has the lowest overall score?",
    "top 3 departments by total expenditure",
)
_FIRST = re.compile(
    rf"(?:前|top |first |highest |lowest )(?P<number>\d+|[{numeral.DIGITS}十]+|{'|'.join(NUMBER_WORDS)})(?![\d年])"
)
_TIES = 20
_COUNTED = ("个", "名", "家", "位", "")


def read(question: Question) -> Reading | None:
    """A measure with a word for most, least or an order."""
    slots = question.slots
    ranked = slots.first("descending", "ascending")
    cue = slots.first("most", "least") or ranked
    if not cue or not slots.measures or slots.comparisons or question.unknown:
        return None
    measure = min(slots.measures, key=lambda asked: _distance(asked.start, asked.end, cue)).measure
    limit = _how_many(question, cue)
    table = Table(
        columns=(measure,),
        beside=tuple(dict.fromkeys(a.measure for a in slots.measures if a.measure != measure)),
        departments=question.departments,
        years=slots.all_years,
        no_years=slots.no_years,
        order=(measure, cue.role in ("most", "descending")),
    )
    return Reading(0.88, partial(_answer, question, table, measure, limit))


def _distance(start: int, end: int, cue: Cue) -> int:
    return max(start - cue.end, cue.start - end, 0)


def _how_many(question: Question, cue: Cue) -> int:
    """最高的三个, top 3, 前三名: the number right after the word; else one, or all (0) where they are ranked."""
    text = question.slots.text
    first = _FIRST.search(text)
    if first and not any(asked.start <= first.start("number") < asked.end for asked in question.slots.measures):
        return max(1, min(int(numeral.read(first["number"]) or NUMBER_WORDS.get(first["number"], 1)), 100))
    for number in question.slots.numbers:
        between = text[cue.end : number.start]
        if number.unit in _COUNTED and 0 <= number.start - cue.end <= 4 and not between.strip("的 前"):
            return max(1, min(int(number.value), 100))
    return 0 if cue.role in ("descending", "ascending") else 1


def _answer(question: Question, table: Table, measure: Measure, limit: int) -> Answer | None:
    found = _found(question, table, limit)
    if not found.rows:
        return None
    told = telling.listed(question, table, found.rows)
    down = table.order is not None and table.order[1]
    name = measure.name(question.slots.english)
    if limit:
        text = question.say(
            f"{name}{'最高' if down else '最低'}的是：{told}。", f"{'Highest' if down else 'Lowest'} {name}: {told}."
        )
    else:
        text = question.say(f"按{name}{'从高到低' if down else '从低到高'}：{told}。", f"By {name}: {told}.")
    return replace(found.of(telling.shown(question, table, found.rows)), text=text)


def _found(question: Question, table: Table, limit: int) -> Page:
    """The first of each year, the first few with all who share the last place, or all in their order."""
    variable = table.variable(table.columns[0])
    if question.slots.has("each") and question.slots.has("year"):
        first: dict[int, Any] = {}
        rows = [row for row in question.graph.rows(sparql(table)) if "year" in row]
        for row in rows:
            first.setdefault(row["year"], row[variable])
        return cut([row for row in rows if row[variable] == first[row["year"]]], sparql(table))
    if not limit:
        return page(question.graph, table)
    rows = _ahead(question, table, limit + _TIES)
    if len(rows) < limit:
        rows = ordered(table, question.graph.rows(sparql(replace(table, limit=limit + _TIES))))
    last = {row[variable] for row in rows[:limit]}
    rows = [row for row in rows if row[variable] in last]
    return cut(rows, sparql(replace(table, limit=len(rows))))


def _ahead(question: Question, table: Table, most: int) -> list[Row]:
    """The rows of the departments that are ahead in all reports, where nothing else chooses among them:
    the values alone are sorted a hundred times faster than the table."""
    measure, down = table.columns[0], table.order is not None and table.order[1]
    if table.departments or table.years or table.no_years or not measure.property:
        return []
    order = "DESC(?value)" if down else "?value"
    values = f"SELECT DISTINCT ?department ?value {{ ?department jx:{measure.property} ?value }}"
    first = question.graph.rows(f"{values} ORDER BY {order} LIMIT {most}")
    among = tuple(dict.fromkeys(row["department"] for row in first))
    rows = question.graph.rows(sparql(replace(table, departments=among))) if among else []
    variable, there = table.variable(measure), {row["value"] for row in first}
    return ordered(table, (row for row in rows if row[variable] in there))
