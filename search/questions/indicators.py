"""绩效指标：哪些没完成、得满分、扣了分，目标值和完成值是多少，各级各有几个，偏差原因是什么。

Performance indicators: which missed their target, had full marks or lost points; targets and actual
values; how many there are of each level; why a target was missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial

from ontology.loader import scheme
from search.grammar import things
from search.grammar.facts import Row
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import OPERATORS, Table
from search.grammar.things import INDICATOR, Things
from search.grammar.wording import plain

EXAMPLES = (
    "白泽县民政局没有完成的指标有哪些，原因是什么？",
    "丰澜区市场监督管理局设了多少个绩效指标，产出、效益、满意度指标各几个？",
    "得满分的指标有哪些？",
    "Which indicators missed their targets?",
)
_MISSED = "FILTER(?met = false)"
_MET = "FILTER(?met = true)"
_FULL = "FILTER(BOUND(?score) && BOUND(?weight) && ?score = ?weight)"
_LOST = "FILTER(BOUND(?score) && BOUND(?weight) && ?score < ?weight)"
_NO_ACTUAL = "FILTER(!BOUND(?actual))"


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
    where = Things(
        kind=INDICATOR,
        table=Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years),
        fields=INDICATOR.fields,
        such=such,
    )
    if slots.has("how-many") and not such:
        return Reading(0.82, partial(_count, question, where, levels))
    if such or slots.has("which", "each", "all"):
        return Reading(0.82 if such else 0.73, partial(_list, question, where, levels))
    return None


def _such(question: Question) -> tuple[str, ...]:
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
        variable = "completion" if comparison.number.unit == "%" else "score"
        such.append(f"FILTER(?{variable} {OPERATORS[comparison.operator]} {comparison.number.value})")
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


def _list(question: Question, wanted: Things, levels: tuple[str, ...]) -> Answer | None:
    rows = _of_levels(things.rows(question, wanted), levels)
    if not rows:
        everything = things.rows(question, replace(wanted, such=()))
        if not everything:
            return None
        text = question.say(
            f"没有这样的指标（共{len(everything)}个指标）。", f"None of the {len(everything)} indicators."
        )
        return Answer(answerable=True, text=text, sparql=things.sparql(wanted))
    given = things.told(question, wanted, rows)
    names = things.listed(question, rows)
    reasons = "；".join(
        f"{row['label']}：{row['deviationReason']}" for row in rows if "deviationReason" in row and "label" in row
    )
    text = question.say(f"共{len(rows)}个指标：{names}。", f"{len(rows)} indicators: {names}.")
    if reasons and question.slots.has("why", "unmet"):
        text += question.say(f"原因：{reasons}。", f" Reasons: {reasons}.")
    return replace(given, text=text)


def _of_levels(rows: list[Row], levels: tuple[str, ...]) -> list[Row]:
    return [row for row in rows if not levels or any(_is_of(row, level) for level in levels)]


def _is_of(row: Row, level: str) -> bool:
    """Whether an indicator is of a first level; reports cut the names short (满意 for 满意度指标)."""
    return level.startswith(row.get("level1", "-")[:2])


def _count(question: Question, wanted: Things, levels: tuple[str, ...]) -> Answer | None:
    """The number of indicators, in all and of each level that is asked for."""
    rows = things.rows(question, wanted)
    if not rows:
        return None
    if question.slots.has("level1") or (question.slots.has("each") and not levels):
        return _grouped(question, wanted, rows)
    counts = [sum(_is_of(row, level) for row in rows) for level in levels]
    only = len(levels) == 1 and not question.slots.has("each")
    heads = [*levels] if only else [question.say("指标总数", "indicators"), *levels]
    cells = counts if only else [len(rows), *counts]
    told = question.say("，", ", ").join(f"{head} {cell}" for head, cell in zip(heads, cells, strict=True))
    given = things.told(question, wanted, rows)
    return replace(given, columns=tuple(heads), rows=(tuple(cells),), text=told + question.say("。", "."))


def _grouped(question: Question, wanted: Things, rows: list[Row]) -> Answer:
    """One row a level: how many indicators, their weights and points added up."""
    levels = list(dict.fromkeys(row.get("level1", "") for row in rows))
    cells = []
    for level in levels:
        of = [row for row in rows if row.get("level1", "") == level]
        sums = [
            sum((row[key] for row in of if isinstance(row.get(key), Decimal)), Decimal(0))
            for key in ("weight", "score")
        ]
        cells.append((level, len(of), *sums))
    heads = (("一级指标", "level 1"), ("指标个数", "indicators"), ("分值合计", "weight"), ("得分合计", "score"))
    told = question.say("；", "; ").join(f"{cell[0]} {cell[1]}" for cell in cells)
    given = things.told(question, wanted, rows)
    return replace(
        given,
        columns=tuple(question.say(*head) for head in heads),
        rows=tuple(cells),
        text=told + question.say("。", "."),
    )
