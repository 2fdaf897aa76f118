"""按功能分类的支出：有哪些类别或科目，最大最小的是哪个，某一科目多少。

Expenditure by functional class: which classes or items there are, the largest, the smallest, and each one's sum.
"""

from __future__ import annotations

from functools import partial

from search.grammar import telling
from search.grammar.facts import Row
from search.grammar.measures import YUAN, Measure
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, where
from search.grammar.things import evidence

EXAMPLES = (
    "望川县交通运输局支出最大的功能分类是什么，多少万元？",
    "Which functional budget item of the Wangchuan transport bureau was the smallest in 2023?",
)
_CLASSES = ("类别", "功能分类", "category", "functional class", "class")
_MONEY = Measure("支出", "expenditure", YUAN)
_QUERY = """SELECT DISTINCT ?department ?name ?report ?year ?thing ?class ?code ?value ?share
WHERE {{
{where}
    ?thing a jx:Amount ; jx:measureName "功能分类支出" ; jx:subject ?department ; jx:name ?class ; jx:valueYuan ?value .
    OPTIONAL {{ ?thing jx:code ?code }}
    {share}
    FILTER(?value > 0 || BOUND(?code))
  }}
}}
ORDER BY ?name ?year DESC(?value)"""
# The engine works out an OPTIONAL of several triples for all reports, unless the departments stand in it.
_SHARE = """OPTIONAL {{
      VALUES ?department {{ {departments} }}
      ?rate a jx:Rate ; jx:subject ?department ; jx:measureName ?measure ; jx:value ?share .
      FILTER(?measure = CONCAT(?class, "占比"))
    }}"""


def read(question: Question) -> Reading | None:
    """A word for functional classes or items of the budget."""
    if not question.slots.has("functional") or question.unknown or question.slots.comparisons:
        return None
    return Reading(0.93, partial(_answer, question))


def _answer(question: Question) -> Answer | None:
    slots = question.slots
    table = Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)
    departments = " ".join(f"<{iri}>" for iri in question.departments)
    share = _SHARE.format(departments=departments) if departments else "BIND(?none AS ?share)"
    query = _QUERY.format(where="\n".join(list(where(table))[:-1]), share=share)
    rows = _level(question, question.graph.rows(query))
    if not rows:
        return None
    if slots.has("most", "least"):
        edge = (max if slots.has("most") else min)(row["value"] for row in rows)
        rows = [row for row in rows if row["value"] == edge]
    unit = telling.in_brackets(question, telling.unit(question, _MONEY))
    heads = (("部门", "department"), ("年度", "year"), ("类别", "class"), ("编码", "code"))
    told = question.say("；", "; ").join(
        f"{row['class']} {telling.written(question, _MONEY, row['value'])}" for row in rows[:8]
    )
    return Answer(
        answerable=True,
        text=told + question.say("。", "."),
        columns=(
            *(question.say(*head) for head in heads),
            question.say("支出", "expenditure") + unit,
            question.say("写明的占比（%）", "stated share (%)"),
        ),
        rows=tuple(
            (
                row["name"],
                row.get("year"),
                row["class"],
                row.get("code"),
                telling.figure(question, _MONEY, row["value"]),
                row.get("share"),
            )
            for row in rows
        ),
        sparql=query,
        evidence=evidence(question, (row["thing"] for row in rows)),
    )


def _level(question: Question, rows: list[Row]) -> list[Row]:
    """Classes (three digits, or named without a code) where classes are asked for, else single items."""
    classes = [row for row in rows if len(row.get("code", "")) in (0, 3)]
    items = [row for row in rows if len(row.get("code", "")) == 7]
    if any(word in question.slots.text for word in _CLASSES) and "item" not in question.slots.text:
        chosen = classes or items
    else:
        chosen = items or classes
    seen: dict[tuple[str, int | None, str], Row] = {}
    for row in chosen:
        seen.setdefault((row["department"], row.get("year"), row["class"]), row)
    return list(seen.values())
