"""某个评分维度（履职效能、预算管理、财务管理……）得了多少分。

The points of one dimension of a score, such as budget management or financial management.
"""

from __future__ import annotations

from functools import partial

from kg.values.exact import plain as decimal
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, where
from search.grammar.things import evidence
from search.grammar.wording import plain

EXAMPLES = ("望川县交通运输局的预算管理得了多少分？",)
_WHOLE = "综合"
_SHORTEST = 3
_QUERY = """SELECT DISTINCT ?department ?name ?report ?year ?subject ?thing ?dimension ?value ?max ?grade
WHERE {{
{where}
    ?thing a jx:Score ; jx:subjectName ?subject ; jx:dimension ?dimension .
    OPTIONAL {{ ?thing jx:value ?value }}
    OPTIONAL {{ ?thing jx:max ?max }}
    OPTIONAL {{ ?thing jx:grade ?grade }}
  }}
}}
ORDER BY ?name ?year ?subject"""


def read(question: Question) -> Reading | None:
    """A word for points of a department that is named, and more than that word."""
    slots = question.slots
    scored = slots.hints("obtained") or any(a.measure.property == "overallScore" for a in slots.measures)
    if not scored or not question.departments or question.unknown or slots.comparisons or slots.has("agree", "sum"):
        return None
    return Reading(0.875, partial(_answer, question))


def _answer(question: Question) -> Answer | None:
    slots = question.slots
    table = Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)
    query = _QUERY.format(where="\n".join(list(where(table))[:-1]))
    rows = question.graph.rows(query)
    named = {row["dimension"] for row in rows if row["dimension"] != _WHOLE and _stands(row["dimension"], slots.text)}
    longest = max(named, key=len, default="")
    found = [row for row in rows if row["dimension"] == longest]
    projects = [row for row in found if plain(row["subject"]) in slots.text]
    found = projects or found
    if not found:
        return None
    told = question.say("；", "; ").join(
        f"{row['subject']} {row['dimension']} {decimal(row['value']) if 'value' in row else row.get('grade', '')}"
        for row in found
    )
    heads = (
        ("部门", "department"),
        ("年度", "year"),
        ("对象", "subject"),
        ("维度", "dimension"),
        ("得分", "points"),
        ("满分", "of"),
    )
    return Answer(
        answerable=True,
        text=told + question.say("。", "."),
        columns=tuple(question.say(*head) for head in heads),
        rows=tuple(
            (r["name"], r.get("year"), r["subject"], r["dimension"], r.get("value"), r.get("max")) for r in found
        ),
        sparql=query,
        evidence=evidence(question, (row["thing"] for row in found)),
    )


def _stands(dimension: str, text: str) -> bool:
    """Whether the question names the dimension, with or without 指标 or 情况 at its end."""
    name = plain(dimension).removesuffix("情况").removesuffix("指标")
    return len(name) >= _SHORTEST and name in text or plain(dimension) in text
