"""绩效指标：哪些没完成、得满分、扣了分，目标值和完成值是多少，各级各有几个，偏差原因是什么。

Performance indicators: which missed their target, had full marks or lost points; targets and actual
values; how many there are of each level; why a target was missed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from kg.facts import Evidence
from ontology.loader import scheme
from search.grammar import things
from search.grammar.facts import Row, literal
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import OPERATORS, Table, where
from search.grammar.things import COMPLETION, INDICATOR, LEVEL1, MET, POINTS, WEIGHT, Field, Things
from search.grammar.wording import plain

EXAMPLES = (
    "白泽县民政局没有完成的指标有哪些，原因是什么？",
    "丰澜区市场监督管理局设了多少个绩效指标，产出、效益、满意度指标各几个？",
    "得满分的指标有哪些？",
    "Which indicators missed their targets?",
)
_REASONS = 50  # indicators whose reasons are told in the sentence; the table has all
_QUERY = """SELECT ?level1 (COUNT(DISTINCT ?thing) AS ?count) (SUM(?weight) AS ?weights) (SUM(?score) AS ?points)
WHERE {{
{where}
    ?department jx:hasIndicator ?thing .
    OPTIONAL {{ ?thing jx:level1 ?level1 }} OPTIONAL {{ ?thing jx:weight ?weight }}
    OPTIONAL {{ ?thing jx:score ?score }}
  }}
}}
GROUP BY ?level1 ORDER BY DESC(?count) ?level1"""


@dataclass(frozen=True, slots=True)
class _Such:
    """What can be said of an indicator, in SPARQL, with the fields that it needs."""

    line: str
    needed: tuple[Field, ...] = ()


_MISSED = _Such("VALUES ?met { false }", (MET,))
_MET = _Such("VALUES ?met { true }", (MET,))
_FULL = _Such("FILTER(?score = ?weight)", (POINTS, WEIGHT))
_LOST = _Such("FILTER(?score < ?weight)", (POINTS, WEIGHT))
_NO_ACTUAL = _Such("FILTER(!BOUND(?actual))")


def read(question: Question) -> Reading | None:
    """The word indicator, or a level of indicators, with something that is asked of them."""
    slots = question.slots
    levels = _levels(question.content())
    if (
        question.unknown
        or not (slots.has("indicator") or levels)
        or any(m.measure.unit == "元" for m in slots.measures)
    ):
        return None
    such = _such(question)
    wanted = Things(
        kind=INDICATOR,
        table=Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years),
        fields=INDICATOR.fields,
        such=tuple(one.line for one in such),
        needed=tuple(dict.fromkeys(field for one in such for field in one.needed)),
    )
    if slots.has("how-many") and not such:
        return Reading(0.82, partial(_count, question, wanted, levels))
    if such or slots.has("which", "each", "all"):
        of = _of_levels(wanted, levels) if levels else wanted
        return Reading(0.82 if such else 0.73, partial(_list, question, of))
    return None


def _such(question: Question) -> tuple[_Such, ...]:
    """What is said of the indicators that are wanted."""
    slots = question.slots
    such = []
    if slots.has("unmet") or (slots.has("without") and slots.has("met")):
        such.append(_MISSED)
    elif slots.has("met"):
        such.append(_MET)
    if slots.has("no-actual"):
        such.append(_NO_ACTUAL)
    if slots.has("full-marks"):
        such.append(_FULL)
    if slots.has("points-lost") or (slots.has("<") and slots.has("weight")):
        such.append(_LOST)
    for comparison in slots.comparisons:
        field = COMPLETION if comparison.number.unit == "%" else POINTS
        bound = f"FILTER(?{field.variable} {OPERATORS[comparison.operator]} {comparison.number.value})"
        such.append(_Such(bound, (field,)))
    return tuple(such)


@cache
def _names() -> Mapping[str, str]:
    """What first-level indicators are called in a question, 产出指标 and 产出 alike → the level."""
    found = {}
    for label, concept in scheme("indicator-levels").items():
        if concept.notation == "1":
            short = label.removesuffix("指标")
            for word in (label, short, f"{concept.label_en} indicator"):
                found[plain(word)] = label
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _levels(text: str) -> tuple[str, ...]:
    """The first-level indicators that the question names, in its order; a short name only beside the word."""
    if "指标" not in text and "indicator" not in text:
        return ()
    found = {text.find(word): level for word, level in _names().items() if word in text}
    return tuple(dict.fromkeys(level for _, level in sorted(found.items())))


def _of_levels(wanted: Things, levels: tuple[str, ...]) -> Things:
    """Only the indicators of these first levels; reports cut the names short (满意 for 满意度指标)."""
    starts = " || ".join(f"STRSTARTS({literal(level)}, SUBSTR(?level1, 1, 2))" for level in levels)
    return replace(wanted, such=(*wanted.such, f"FILTER({starts})"), needed=(*wanted.needed, LEVEL1))


def _list(question: Question, wanted: Things) -> Answer | None:
    found = things.page(question, wanted)
    if not found.rows:
        everything = things.page(question, replace(wanted, such=(), needed=()))
        if not everything.rows:
            return None
        size = everything.size(question)
        text = question.say(f"没有这样的指标（共{size}个指标）。", f"None of the {size} indicators.")
        return Answer(answerable=True, text=text, sparql=found.sparql)
    given = things.told(question, wanted, found)
    names = things.listed(question, found.rows)
    reasons = "；".join(
        f"{row['label']}：{row['deviationReason']}"
        for row in found.rows[:_REASONS]
        if "deviationReason" in row and "label" in row
    )
    size = found.size(question)
    text = question.say(f"共{size}个指标：{names}。", f"{size} indicators: {names}.")
    if reasons and question.slots.has("why", "unmet"):
        text += question.say(f"原因：{reasons}。", f" Reasons: {reasons}.")
    return replace(given, text=text)


def _count(question: Question, wanted: Things, levels: tuple[str, ...]) -> Answer | None:
    """The number of indicators, in all and of each level that is asked for."""
    query = _QUERY.format(where="\n".join(list(where(wanted.table))[:-1]))
    rows = question.graph.rows(query)
    if not rows:
        return None
    shown = things.page(question, replace(wanted, fields=()))
    proved = Answer(answerable=True, text="", sparql=query, evidence=_proof(question, shown.rows))
    if question.slots.has("level1") or (question.slots.has("each") and not levels):
        return _grouped(question, proved, rows)
    counts = [sum(row["count"] for row in rows if _is_of(row, level)) for level in levels]
    only = len(levels) == 1 and not question.slots.has("each")
    heads = [*levels] if only else [question.say("指标总数", "indicators"), *levels]
    cells = counts if only else [sum(row["count"] for row in rows), *counts]
    told = question.say("，", ", ").join(f"{head} {cell}" for head, cell in zip(heads, cells, strict=True))
    return replace(proved, columns=tuple(heads), rows=(tuple(cells),), text=told + question.say("。", "."))


def _is_of(row: Row, level: str) -> bool:
    return level.startswith(row.get("level1", "-")[:2])


def _proof(question: Question, rows: Sequence[Row]) -> tuple[Evidence, ...]:
    return things.evidence(question, (row["thing"] for row in rows))


def _grouped(question: Question, proved: Answer, rows: Sequence[Row]) -> Answer:
    """One row a level: how many indicators, their weights and points added up."""
    cells = tuple((row.get("level1", ""), row["count"], row.get("weights"), row.get("points")) for row in rows)
    heads = (("一级指标", "level 1"), ("指标个数", "indicators"), ("分值合计", "weight"), ("得分合计", "score"))
    told = question.say("；", "; ").join(f"{cell[0]} {cell[1]}" for cell in cells)
    columns = tuple(question.say(*head) for head in heads)
    return replace(proved, columns=columns, rows=cells, text=told + question.say("。", "."))
