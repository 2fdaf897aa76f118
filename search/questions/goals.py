"""某个绩效指标的目标值、完成值、分值、得分是多少，完成了没有，为什么没完成。

The target, actual value, weight and points of an indicator that is named, whether it was met, and why not.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from search.grammar import figures, things
from search.grammar.facts import Row, literal
from search.grammar.paging import cut
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table
from search.grammar.things import INDICATOR, Things

EXAMPLES = (
    "丰澜区市场监督管理局投诉举报按时办结率的目标值和完成值各是多少？",
    "白泽县民政局的救助对象认定准确率为什么没有完成？",
    "建成高标准农田面积得了多少分，分值多少？",
)
_ASKING = ("target", "actual", "weight", "obtained", "why", "met", "unmet", "points-lost")
_LEAST = 0.45
_TOLD = 20  # indicators that the sentence tells; the table has all


def read(question: Question) -> Reading | None:
    """A word for target, actual value, points or reason, with the name of an indicator."""
    slots = question.slots
    if question.unknown or slots.comparisons or not slots.hints(*_ASKING) or slots.has("indicator", "agree", "sum"):
        return None
    if not (question.departments or question.things or slots.has("target", "actual", "weight")):
        return None
    words = _words(question)
    return Reading(0.83, partial(_answer, question, words)) if len(words) > 1 else None


def _words(question: Question) -> str:
    """What may be the indicator's name: the question without what is asked of it."""
    words = question.content()
    for cue in sorted(question.slots.cues, key=lambda cue: cue.start - cue.end):
        if cue.role in (*_ASKING, "how-much", "without") and not cue.inner:
            words = words.replace(question.slots.text[cue.start : cue.end], " ")
    return "".join(words.split()) if not question.slots.english else " ".join(words.split())


def _answer(question: Question, words: str) -> Answer | None:
    slots = question.slots
    wanted = Things(
        kind=INDICATOR,
        table=Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years),
        fields=INDICATOR.fields,
    )
    if not question.departments:  # of all departments only those names are read that can be meant
        names = figures.best(map(_name, question.graph.labels("indicator")), words, "", {}, least=_LEAST)
        such = f"VALUES ?label {{ {' '.join(literal(name.row['label']) for name in names)} }}"
        wanted = replace(wanted, such=(such,), needed=(INDICATOR.label,))
        if not names:
            return None
    rows = [row for row in question.graph.rows(things.sparql(wanted)) if "label" in row]
    best = figures.best([_named(row) for row in rows], words, "", {}, least=_LEAST)
    if not best:
        return None
    chosen = {figure.row["thing"] for figure in best}
    found = cut([row for row in rows if row["thing"] in chosen], things.sparql(wanted))
    if len({row["label"] for row in found.rows}) > 1:
        return None
    given = things.told(question, wanted, found)
    told = question.say("；", "; ").join(_told(question, row) for row in found.rows[:_TOLD])
    return replace(given, text=told + question.say("。", "."))


def _name(label: str) -> Row:
    """The name of an indicator as a figure: it fits by its name."""
    return {"report": label, "thing": label, "label": label, "kind": "indicator", "value": ""}


def _named(row: Row) -> Row:
    """The row as a figure: it fits by its name."""
    return {**row, "kind": "indicator", "value": row.get("actual", "")}


def _told(question: Question, row: Row) -> str:
    unit = {"target": row.get("targetUnit", ""), "actual": row.get("actualUnit", "")}
    names = (
        ("target", "目标", "target"),
        ("actual", "完成", "actual"),
        ("weight", "分值", "weight"),
        ("score", "得分", "points"),
    )
    figures_told = [f"{question.say(zh, en)} {row[key]}{unit.get(key, '')}" for key, zh, en in names if key in row]
    reason = [f"{question.say('原因：', 'reason: ')}{row['deviationReason']}"] if "deviationReason" in row else []
    return f"{row['label']}{question.say('：', ': ')}{question.say('，', ', ').join((*figures_told, *reason))}"
