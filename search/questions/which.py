"""哪些部门的某项数字合乎条件：高于、低于、介于、等于，可以有几个条件。

Which departments have figures that meet conditions: above, below, between, equal; several may be joined.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from search.grammar import telling
from search.grammar.measures import EXECUTION, Measure, direct
from search.grammar.paging import one_column, page
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, sparql
from search.grammar.table import conditions as bounds

EXAMPLES = (
    "执行率低于99%的部门有哪些？",
    "支出总计超过1亿元的部门有哪些？",
    "自评得分在97分以上的部门有几个？",
    "年初预算在3000万元到6000万元之间的部门",
    "departments with execution rate below 99%",
    "Which departments spent less than 40 million yuan in total?",
)


def read(question: Question) -> Reading | None:
    """A comparison with a number, of a measure that is named."""
    slots = question.slots
    conditions = bounds(slots)
    if not conditions or question.unknown:
        return None
    main = tuple(dict.fromkeys(c.measure for c in conditions))
    others = tuple(dict.fromkeys(a.measure for a in slots.measures if a.measure not in main))
    table = Table(
        columns=main,
        beside=tuple(dict.fromkeys((*_other_ways(main), *others))),
        conditions=conditions,
        departments=question.departments,
        years=slots.all_years,
        no_years=slots.no_years,
        order=(main[0], conditions[0].operator in ">≥"),
    )
    score = 0.9 if slots.has("which", "department", "how-many") or not question.departments else 0.75
    return Reading(score, partial(_answer, question, table))


def _other_ways(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Beside a rate as computed the rate as stated, and the other way round."""
    other = {EXECUTION[0]: EXECUTION[2], EXECUTION[1]: EXECUTION[2], EXECUTION[2]: EXECUTION[1]}
    stated = [direct()[other[m.property]] for m in measures if m.property in other]
    return tuple(stated) or tuple(direct()[EXECUTION[2]] for m in measures if m.label.startswith("预算执行率"))


def _answer(question: Question, table: Table) -> Answer:
    found = page(question.graph, table)
    rows = found.rows
    told = question.say("，且", " and ").join(telling.condition(question, c) for c in table.conditions)
    if rows:
        text = question.say(
            f"{told}的部门有{found.departments}个：{telling.listed(question, table, rows)}。",
            f"{found.departments} with {told}: {telling.listed(question, table, rows)}.",
        )
        given = replace(telling.shown(question, table, rows), text=text + _basis(question, table))
        return one_column(found.of(given), question, found.departments)
    compared = page(question.graph, replace(table, conditions=(), order=None))
    known = compared.rows
    if not known:
        names = question.say("、", ", ").join(m.name(question.slots.english) for m in table.columns)
        text = question.say(f"没有一份报告给出{names}，无法比较。", f"No report gives the {names}; it cannot be said.")
        return Answer(answerable=False, text=text, sparql=sparql(table), passages=question.closest())
    given = telling.shown(question, replace(table, conditions=()), known)
    text = question.say(
        f"没有{told}的部门（给出这项数字的有{compared.total}份报告）。",
        f"None has {told} ({compared.total} reports give this figure).",
    )
    return one_column(replace(given, rows=(), text=text + _basis(question, table), sparql=sparql(table)), question, 0)


def _basis(question: Question, table: Table) -> str:
    """Which of several ways to take the question was taken."""
    taken = {m.property for m in table.columns}
    if EXECUTION[0] in taken:
        return question.say(
            "执行率有金额的按金额计算，没有金额的按报告写明的；也可以只问“写明的执行率”或“按金额计算的执行率”。",
            " Rates are computed from the amounts where a report gives them, else as stated; you can also ask for the"
            " stated execution rate or the computed execution rate alone.",
        )
    return ""
