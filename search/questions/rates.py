"""各项目（部门）的满意度、完成率、合格率等百分率是多少，哪些高于、低于某数。

Satisfaction, completion and other rates of projects and departments, and which are above or below a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from search.grammar import telling
from search.grammar.facts import Row, literal
from search.grammar.measures import PERCENT, Measure
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import OPERATORS, Table, where
from search.grammar.things import evidence

EXAMPLES = (
    "望川县公安局的项目里，满意度低于100%的有哪些？",
    "望川县公安局各项目的满意度是多少？",
    "望川县公安局哪个项目的满意度最低？",
    "Which projects have a satisfaction below 95%?",
)
_SORT = re.compile(r"满意度|满意率|[\u3400-\u9fff]{2}率(?=[是为低高不超大小达在等各有数，,的?？]|$)")
_ENGLISH = {
    "satisfaction": "满意度",
    "completion rate": "完成率",
    "pas rate": "合格率",
    "coverage": "覆盖率",
    "timeliness": "及时率",
}
_CENT = Decimal("0.01")
_RATE = Measure("比率", "rate", PERCENT)
_RATES = "?thing a jx:Rate ; jx:subjectName ?subject ; jx:measureName ?label ; jx:value ?value ."
_INDICATORS = (
    '?thing a jx:Indicator ; jx:subjectName ?subject ; jx:level3 ?label ; jx:actual ?value ; jx:actualUnit "%" .'
)
# The reports stand in both branches: joined with a UNION, the engine would work it out for all reports first.
_QUERY = """SELECT DISTINCT ?department ?name ?report ?year ?subject ?label ?value ?thing
WHERE {{
  GRAPH ?graph {{
    {{
{rates}
    }} UNION {{
{indicators}
    }}
  }}
}}
ORDER BY ?name ?year ?subject"""


def read(question: Question) -> Reading | None:
    """A sort of rate, with projects, or with a number to compare with."""
    slots = question.slots
    sort = _sort(slots.text)
    percent = [c for c in slots.comparisons if c.number.unit in (PERCENT, "")]
    asks = slots.has("project") or question.things or (percent and slots.has("which", "how-many"))
    if not sort or not asks or question.unknown or slots.measures or slots.has("indicator"):
        return None
    return Reading(0.85, partial(_answer, question, sort))


def _sort(words: str) -> str:
    found = _SORT.search(words)
    if found:
        return "满意" if found.group().startswith("满意") else found.group()
    return next((chinese.removesuffix("度") for english, chinese in _ENGLISH.items() if english in words), "")


def _answer(question: Question, sort: str) -> Answer | None:
    slots = question.slots
    table = Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)
    such = [f"FILTER(?value {OPERATORS[c.operator]} {c.number.value})" for c in slots.comparisons]
    if question.things:
        such.append(f"?thing jx:subject ?of . VALUES ?of {{ {' '.join(f'<{iri}>' for iri in question.things)} }}")
    query = _sparql(table, sort, such)
    rows = _once(question.graph.rows(query), projects=slots.has("project") and not question.things)
    everything = rows or question.graph.rows(_sparql(table, sort))
    if not everything:
        return None
    if rows and slots.has("average"):
        return _average(question, rows, query)
    if rows and slots.has("most", "least"):
        edge = (max if slots.has("most") else min)(row["value"] for row in rows)
        rows = [row for row in rows if row["value"] == edge]
    told = question.say("；", "; ").join(
        f"{row['subject']} {telling.written(question, _RATE, row['value'])}" for row in rows[:8]
    )
    heads = (
        ("部门", "department"),
        ("年度", "year"),
        ("对象", "subject"),
        ("名称", "rate"),
        ("数值（%）", "value (%)"),
    )
    return Answer(
        answerable=True,
        text=told + question.say("。", ".") if rows else question.say("没有。", "None."),
        columns=tuple(question.say(*head) for head in heads),
        rows=tuple((r["name"], r.get("year"), r["subject"], r["label"], r["value"]) for r in rows),
        sparql=query,
        evidence=evidence(question, (row["thing"] for row in rows or everything)),
    )


def _sparql(table: Table, sort: str, such: Sequence[str] = ()) -> str:
    """The query for the rates of a sort, from prose and from tables."""
    of = (f"FILTER(CONTAINS(?label, {literal(sort)}))", *such)
    rates, indicators = ("\n".join(list(where(table, (of_kind, *of)))[1:-1]) for of_kind in (_RATES, _INDICATORS))
    return _QUERY.format(rates=rates, indicators=indicators)


def _average(question: Question, rows: list[Row], query: str) -> Answer:
    mean = (sum(row["value"] for row in rows) / Decimal(len(rows))).quantize(_CENT, ROUND_HALF_UP)
    return Answer(
        answerable=True,
        text=question.say(f"{len(rows)}个平均{mean}%。", f"The average of {len(rows)} is {mean}%."),
        columns=(question.say("个数", "count"), question.say("平均（%）", "average (%)")),
        rows=((len(rows), mean),),
        sparql=query,
        evidence=evidence(question, (row["thing"] for row in rows)),
    )


def _once(rows: list[Row], projects: bool) -> list[Row]:
    """Each rate once, also where prose and table state it; of projects only, where they are asked for."""
    first: dict[tuple[str, str, object], Row] = {}
    for row in rows:
        if not (projects and row["subject"] == row["name"]):
            first.setdefault((row["report"], row["subject"], row["value"]), row)
    return list(first.values())
