"""数字对得上吗：各项得分相加与总分，写明的与算出的执行率，两项数字，同一项数字的几处写法。

Do figures agree: the parts of a score with its total, a stated rate with the amounts, two measures,
one figure told twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from search.grammar import figures, telling
from search.grammar.facts import Row
from search.grammar.figures import Figure
from search.grammar.measures import EXECUTION, Measure, direct
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, sparql, where
from search.grammar.things import evidence
from search.grammar.wording import plain

EXAMPLES = (
    "云溪县教育局的农村校车运营补贴项目各项得分相加等于总分吗？",
    "青岭区水利局2024年写明的执行率和按金额计算的一致吗？",
    "松洲市文化和旅游局的收入总计和支出总计相等吗？",
    "Does the stated execution rate of the Qingling water bureau agree with the amounts?",
)
_WHOLE = "综合"
_SCORES = """SELECT DISTINCT
  ?department ?name ?report ?year ?thing ?subject ?dimension ?parent ?value ?indicator ?points
WHERE {{
{where}
    ?thing jx:inReport ?report ; jx:subjectName ?subject .
    OPTIONAL {{ ?thing jx:dimension ?dimension }} OPTIONAL {{ ?thing jx:value ?value }}
    OPTIONAL {{ ?thing jx:parentDimension ?parent }}
    OPTIONAL {{ ?thing jx:level3 ?indicator }} OPTIONAL {{ ?thing jx:score ?points }}
    FILTER((BOUND(?dimension) && BOUND(?value)) || (BOUND(?indicator) && BOUND(?points)))
  }}
}}
ORDER BY ?name ?year ?subject"""


def read(question: Question) -> Reading | None:
    """A word for agreeing, or for adding up the parts of a score."""
    slots = question.slots
    agrees = slots.has("agree", "finding") or ("吗" in slots.text and slots.has("="))
    scores = any(a.measure.property == "overallScore" for a in slots.measures)
    if question.unknown or not question.departments or not (agrees or (scores and slots.has("sum"))):
        return None
    if scores and slots.hints("sum", "agree", "="):
        return Reading(0.96, partial(_scores, question))
    measures = tuple(dict.fromkeys(asked.measure for asked in slots.measures))
    if any(m.property in EXECUTION for m in measures):
        return Reading(0.95, partial(_pair, question, direct()[EXECUTION[2]], direct()[EXECUTION[1]]))
    if len(measures) > 1 and measures[0].unit == measures[1].unit:
        return Reading(0.95, partial(_pair, question, measures[0], measures[1]))
    return Reading(0.78, partial(_places, question)) if slots.has("agree") else None


def _verdict(question: Question, same: bool) -> str:
    return question.say("一致" if same else "不一致", "consistent" if same else "inconsistent")


def _table(question: Question) -> Table:
    slots = question.slots
    return Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)


def _scores(question: Question) -> Answer | None:
    """The parts of a score added up beside its total, of the projects named or of the department."""
    query = _SCORES.format(where="\n".join(list(where(_table(question)))[:-1]))
    by_subject: dict[tuple[str, str], list[Row]] = {}
    for row in question.graph.rows(query):
        by_subject.setdefault((row["report"], row["subject"]), []).append(row)
    named = {key: rows for key, rows in by_subject.items() if plain(key[1]) in question.slots.text}
    own = {key: rows for key, rows in by_subject.items() if key[1] == rows[0]["name"]}
    sums = [checked for rows in (named or own or by_subject).values() if (checked := _sum(rows))]
    if not sums:
        return None
    heads = (
        ("部门", "department"),
        ("对象", "subject"),
        ("各项之和", "sum of the parts"),
        ("写明的总分", "stated total"),
        ("结论", "verdict"),
    )
    cells = [
        (parts[0]["name"], parts[0]["subject"], added, whole["value"], _verdict(question, added == whole["value"]))
        for parts, whole, added in sums
    ]
    told = "；".join(
        f"{cell[1]}：{' + '.join(str(p['value']) for p in parts)} = {cell[2]}，{cell[3]}，{cell[4]}"
        for (parts, _, _), cell in zip(sums, cells, strict=True)
    )
    return Answer(
        answerable=True,
        text=told + question.say("。", "."),
        columns=tuple(question.say(*head) for head in heads),
        rows=tuple(cells),
        sparql=query,
        evidence=evidence(question, (row["thing"] for parts, whole, _ in sums for row in (*parts, whole))),
    )


def _sum(rows: Sequence[Row]) -> tuple[list[Row], Row, Decimal] | None:
    """The parts, the total and what the parts add up to; None where the report does not give both.
    The parts are the dimensions that have points, else the indicators."""
    scores = [row for row in rows if "dimension" in row]
    whole = next((row for row in scores if row["dimension"] == _WHOLE), None)
    parents = {row["parent"] for row in scores if "parent" in row}
    dimensions = {row["dimension"]: row for row in reversed(scores) if row["dimension"] not in (_WHOLE, *parents)}
    indicators: list[Row] = [{**row, "value": row["points"]} for row in rows if "points" in row]
    parts = list(dimensions.values()) if len(dimensions) > 1 else indicators
    if whole is None or len(parts) < 2:
        return None
    return parts, whole, sum((row["value"] for row in parts), Decimal(0))


def _pair(question: Question, one: Measure, other: Measure) -> Answer | None:
    """Two figures of the same report side by side."""
    table = replace(_table(question), columns=(one, other))
    rows = question.graph.rows(sparql(table))
    if not rows:
        return None
    given = telling.shown(question, table, rows)
    verdicts = [_verdict(question, row[table.variable(one)] == row[table.variable(other)]) for row in rows]
    cells = tuple((*cell, verdict) for cell, verdict in zip(given.rows, verdicts, strict=True))
    told = telling.listed(question, table, rows)
    text = question.say(
        f"{'、'.join(dict.fromkeys(verdicts))}：{told}。", f"{', '.join(dict.fromkeys(verdicts))}: {told}."
    )
    return replace(given, columns=(*given.columns, question.say("结论", "verdict")), rows=cells, text=text)


def _places(question: Question) -> Answer | None:
    """Every place where the figure asked for is told, and whether all say the same."""
    query = figures.query(_table(question))
    rows = question.graph.rows(query)
    words = question.content()
    for cue in question.slots.cues:
        if cue.role in ("agree", "indicator", "project", "report", "division", "between") and not cue.inner:
            words = words.replace(question.slots.text[cue.start : cue.end], " ")
    best = figures.best(rows, words, "", {}, least=0.2)
    if not best:
        return None
    name = best[0].row.get("part") or best[0].row["label"]
    places = [
        Figure(row, 1.0)
        for row in rows
        if name in (row["label"], row.get("part")) and isinstance(row["value"], Decimal)
    ]
    values = list(dict.fromkeys(place.row["value"] for place in places))
    if len(places) < 2:
        return None
    told = "；".join(f"{place.label} {place.row['value']}{place.unit}" for place in places)
    heads: list[Any] = [f"{name} {at}" for at in range(1, len(values) + 1)]
    return Answer(
        answerable=True,
        text=f"{_verdict(question, len(values) == 1)}{question.say('：', ': ')}{told}{question.say('。', '.')}",
        columns=(*heads, question.say("结论", "verdict")),
        rows=((*values, _verdict(question, len(values) == 1)),),
        sparql=query,
        evidence=evidence(question, (place.row["thing"] for place in places)),
    )
