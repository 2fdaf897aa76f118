"""某部门某年的某项数字是多少，可以一次问几个部门、几年、几项。

The figures of departments: one or several measures, departments and years at once.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from search.grammar import telling
from search.grammar.measures import PEOPLE, Measure, of_every_kind
from search.grammar.paging import page
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, sparql

EXAMPLES = (
    "青岭区水利局2023年的支出总计是多少？",
    "云溪县教育局的年初预算和执行率各是多少？",
    "临河市卫健委有多少人？",
    "What was the total expenditure of the Qingling water bureau in 2023?",
)


def read(question: Question) -> Reading | None:
    """A measure, and a department or all of them."""
    slots = question.slots
    measures = tuple(dict.fromkeys(asked.measure for asked in slots.measures))
    if not measures or question.unknown or slots.has("per", "share", "agree"):
        return None  # 人均支出 is not 支出
    if "吗" in slots.text and slots.has("="):
        return None
    score = 0.7 if question.departments else 0.4
    return Reading(score, partial(_answer, question, measures))


def _answer(question: Question, measures: tuple[Measure, ...]) -> Answer:
    slots = question.slots
    table = Table(
        columns=measures[:1],
        beside=measures[1:],
        departments=question.departments,
        years=slots.all_years,
        no_years=slots.no_years,
    )
    found = page(question.graph, table)
    for first in range(1, len(measures)):  # the first measure that has values leads
        if found.rows:
            break
        table = replace(table, columns=(measures[first],), beside=tuple(m for m in measures if m != measures[first]))
        found = page(question.graph, table)
    if not found.rows and measures[0].unit == PEOPLE:  # a report may give only some kinds of staff
        table = replace(table, columns=(of_every_kind(measures[0]),), beside=tuple(map(of_every_kind, measures[1:])))
        found = page(question.graph, table)
    if not found.rows:
        return _unknown(question, table, measures)
    told = telling.listed(question, table, found.rows) + question.say("。", ".")
    return replace(found.of(telling.shown(question, table, found.rows)), text=told)


def _unknown(question: Question, table: Table, measures: tuple[Measure, ...]) -> Answer:
    """Why there is no value: no report of the year, or none that gives the figure."""
    names = question.say("、", ", ").join(m.name(question.slots.english) for m in measures)
    reports = page(question.graph, replace(table, columns=(), beside=(), years=(), no_years=())).rows
    years = sorted({row["year"] for row in reports if "year" in row})
    who = question.say("、", ", ").join(question.called(iri) for iri in question.departments[:3])
    asked = set(question.slots.all_years)
    if asked and not asked & set(years):
        there = "、".join(map(str, years))
        text = question.say(
            f"不知道：{who or '这里'}只有{there}年度的报告，没有{'、'.join(map(str, sorted(asked)))}年度的。",
            f"Not known: {who or 'the collection'} has reports for {there} only.",
        )
    else:
        text = question.say(
            f"不知道：{who or '各部门'}的报告没有写{names}。",
            f"Not known: {who or 'no report'} does not state {names}.",
        )
    return Answer(answerable=False, text=text, sparql=sparql(table), passages=question.closest())
