"""哪些部门的某项数字合乎条件：高于、低于、介于、等于，可以有几个条件。

Which departments have figures that meet conditions: above, below, between, equal; several may be joined.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from search.grammar import telling
from search.grammar.measures import EXECUTION, Measure, direct
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
    rows = question.graph.rows(sparql(table))
    told = question.say("，且", " and ").join(telling.condition(question, c) for c in table.conditions)
    if rows:
        text = question.say(
            f"{told}的部门有{len({r['department'] for r in rows})}个：{telling.listed(question, table, rows)}。",
            f"{len({r['department'] for r in rows})} with {told}: {telling.listed(question, table, rows)}.",
        )
        given = replace(telling.shown(question, table, rows), text=text + _basis(question, table))
        return _counted(question, given, len({row["department"] for row in rows}))
    known = question.graph.rows(sparql(replace(table, conditions=(), order=None)))
    if not known:
        names = question.say("、", ", ").join(m.name(question.slots.english) for m in table.columns)
        text = question.say(f"没有一份报告给出{names}，无法比较。", f"No report gives the {names}; it cannot be said.")
        return Answer(answerable=False, text=text, sparql=sparql(table), passages=question.closest())
    compared = telling.shown(question, replace(table, conditions=()), known)
    text = question.say(
        f"没有{told}的部门（给出这项数字的有{len(known)}份报告）。",
        f"None has {told} ({len(known)} reports give this figure).",
    )
    return _counted(question, replace(compared, rows=(), text=text + _basis(question, table), sparql=sparql(table)), 0)


def _counted(question: Question, given: Answer, count: int) -> Answer:
    """Only the number of departments where only it is asked for."""
    if not question.slots.has("how-many") or question.slots.has("which", "who"):
        return given
    return replace(given, columns=(question.say("部门数", "departments"),), rows=((count,),))


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
