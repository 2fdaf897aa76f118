"""Telling a table to people: heads with units, numbers in the unit asked for, sentences, proof."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from kg.facts import Evidence
from kg.values import numeral
from kg.values.exact import plain
from search.grammar.facts import Proof, Row
from search.grammar.measures import YUAN, Measure
from search.grammar.reading import Answer, Question
from search.grammar.table import PAGE, Condition, Table, sparql

_SCALES = {"元": 1, "万元": 10**4, "亿元": 10**8}
_ENGLISH = {"元": "yuan", "万元": "10,000 yuan", "亿元": "100 million yuan", "人": "people", "分": "points"}
_WANTED = re.compile(r"(?:多少|以|in|几|[（(])\s*(?P<unit>亿元?|万元?|元|100 million yuan|10,000 yuan|yuan)")
_PROVEN = 100  # rows whose words are shown; of the others the query shown finds them
_CENT = Decimal("0.01")
_LONGEST = 5  # rows that a sentence tells; the table tells the rest
_ZH = {"<": "低于", ">": "高于", "≥": "不低于", "≤": "不高于", "=": "等于", "≠": "不等于"}
_EN = {"<": "below", ">": "above", "≥": "at least", "≤": "at most", "=": "equal to", "≠": "other than"}


def scale(question: Question) -> str:
    """The unit of money that the question asks for; 万元, as accounts have it, where it names none."""
    found = _WANTED.search(question.slots.text)
    if not found:
        return "万元"
    unit = found["unit"]
    if unit.startswith(("亿", "100 million")):
        return "亿元"
    return "元" if unit in ("元", "yuan") else "万元"


def unit(question: Question, measure: Measure) -> str:
    """The unit of a measure's values as they are shown."""
    shown = scale(question) if measure.unit == YUAN else measure.unit
    return question.say(shown, _ENGLISH.get(shown, shown))


def head(question: Question, measure: Measure) -> str:
    """A column head: 支出总计（万元）."""
    return measure.name(question.slots.english) + in_brackets(question, unit(question, measure))


def in_brackets(question: Question, words: str) -> str:
    return question.say(f"（{words}）", f" ({words})") if words else ""


def figure(question: Question, measure: Measure, value: Any) -> Any:
    """A value as a cell: money in the unit asked for, exact."""
    if isinstance(value, Decimal) and measure.unit == YUAN:
        value = value / _SCALES[scale(question)]
    return Decimal(plain(value)) if isinstance(value, Decimal) else value


def written(question: Question, measure: Measure, value: Any) -> str:
    """A value in a sentence: 1202.95万元."""
    if value is None:
        return question.say("没有写", "not stated")
    if question.slots.english and measure.unit == YUAN:
        return _in_english(value)
    shown, of = figure(question, measure, value), unit(question, measure)
    return f"{shown}{of}" if of == "%" else question.say(f"{shown}{of}", f"{shown} {of}".rstrip())


def _in_english(yuan: Decimal) -> str:
    """20296700 → 20.2967 million yuan."""
    for size, word in ((10**9, "billion yuan"), (10**6, "million yuan")):
        if abs(yuan) >= size:
            return f"{plain(yuan / size)} {word}"
    return f"{numeral.show(yuan.quantize(_CENT))} yuan"


def condition(question: Question, one: Condition) -> str:
    """A condition in words: 支出总计高于10000万元."""
    value = written(question, one.measure, one.value)
    name = one.measure.name(question.slots.english)
    return question.say(f"{name}{_ZH[one.operator]}{value}", f"{name} {_EN[one.operator]} {value}")


def shown(question: Question, table: Table, rows: Sequence[Row]) -> Answer:
    """`rows` of `table` as an answer without its sentence: department, year, figures, and the sums
    behind those that are computed, with the words that prove them."""
    measures = (*table.columns, *table.beside)
    proofs = {measure: question.graph.proofs(measure, rows[:_PROVEN]) for measure in measures}
    formulas = [_formula(row, measures, proofs) for row in rows]
    heads = [question.say("部门", "department"), question.say("年度", "year"), *(head(question, m) for m in measures)]
    cells = [
        (row["name"], row.get("year"), *(figure(question, m, row.get(table.variable(m))) for m in measures))
        for row in rows
    ]
    if any(formulas):
        heads.append(question.say("算式", "sum"))
        cells = [(*cell, formula or None) for cell, formula in zip(cells, formulas, strict=True)]
    return Answer(
        answerable=True,
        text="",
        columns=tuple(heads),
        rows=tuple(cells),
        sparql=sparql(table),
        evidence=_evidence(rows, measures, proofs),
    )


def _formula(row: Row, measures: Iterable[Measure], proofs: dict[Measure, dict[tuple[str, str], Proof]]) -> str:
    key = row["report"], row["department"]
    return next((proofs[m][key].formula for m in measures if key in proofs[m] and proofs[m][key].formula), "")


def _evidence(
    rows: Iterable[Row], measures: Iterable[Measure], proofs: dict[Measure, dict[tuple[str, str], Proof]]
) -> tuple[Evidence, ...]:
    keys = [(row["report"], row["department"]) for row in rows]
    found = [proofs[m][key].evidence for key in keys for m in measures if key in proofs[m]]
    return tuple(dict.fromkeys(evidence for places in found for evidence in places))


def listed(question: Question, table: Table, rows: Sequence[Row]) -> str:
    """The first rows in one sentence: A局2023年 12万元；B局2024年 9万元 等5个."""
    several = len({row.get("year") for row in rows}) > 1
    told = []
    for row in rows[:_LONGEST]:
        year = question.say(f"{row['year']}年", f" ({row['year']})") if several and "year" in row else ""
        figures = question.say("，", ", ").join(_told(question, table, m, row) for m in (*table.columns, *table.beside))
        told.append(f"{row['name']}{year}{question.say('：', ': ') if figures else ''}{figures}")
    count = question.say(f"{len(rows)}行", f", {len(rows)} rows") if len(rows) < PAGE else ""
    more = question.say(" 等", " and so on") + count if len(rows) > _LONGEST else ""
    return question.say("；", "; ").join(told) + more


def _told(question: Question, table: Table, measure: Measure, row: Row) -> str:
    name = measure.name(question.slots.english)
    return f"{name}{question.say('', ' ')}{written(question, measure, row.get(table.variable(measure)))}"
