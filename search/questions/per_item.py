"""平均每家企业、每个项目、每公里多少：报告里的两个数相除。

How much for each company, project or kilometre: one number of the report divided by another.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from kg.derived import EXECUTED
from kg.values.money import in_yuan
from search.grammar import figures, telling
from search.grammar.figures import Figure
from search.grammar.measures import YUAN, Measure
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table
from search.grammar.things import evidence

EXAMPLES = ("云溪县教育局的家庭经济困难学生资助项目平均每人资助多少元？",)
_PER = re.compile(r"平?均?每(?P<unit>[\u3400-\u9fff])")
_CENT = Decimal("0.01")


def read(question: Question) -> Reading | None:
    """平均每 with a counter, of something that the report counts."""
    slots = question.slots
    found = _PER.search(slots.text)
    if not found or not slots.has("per") or slots.measures or question.unknown or not question.departments:
        return None
    return Reading(0.9, partial(_answer, question, found["unit"]))


def _answer(question: Question, counter: str) -> Answer | None:
    slots = question.slots
    table = Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)
    query = figures.query(table)
    rows = question.graph.rows(query)
    words = _PER.sub("", question.content())
    counted = [row for row in rows if str(row.get("unit", "")).startswith(counter)]
    below = figures.best(counted, words, "", {}, least=0.3)
    if not below:
        return None
    near = [row for row in rows if row.get("subject") == below[0].row.get("subject")]
    above = figures.best(near, words, figures.unit_asked(slots.text) or "元", {}, least=0.3)
    above = above or [Figure(row, 0.0) for row in near if row["label"] in EXECUTED]  # what the project spent
    if not above or not below[0].row["value"]:
        return None
    return _told(question, above[0], below[0], query)


def _told(question: Question, above: Figure, below: Figure, query: str) -> Answer:
    value, unit = above.row["value"], above.unit
    if (yuan := in_yuan(value, unit)) is not None:
        unit = telling.scale(question)
        value = telling.figure(question, Measure("", "", YUAN), yuan)
    each = value / below.row["value"]
    each = each if each == each.quantize(_CENT) else each.quantize(_CENT, ROUND_HALF_UP)
    formula = f"{above.row['value']}{above.unit} ÷ {below.row['value']}{below.unit} = {each}{unit}"
    return Answer(
        answerable=True,
        text=f"{above.label} ÷ {below.label}：{formula}{question.say('。', '.')}",
        columns=(
            question.say("部门", "department"),
            question.say(f"平均每{below.unit}（{unit}）", f"for each {below.unit} ({unit})"),
            question.say("算式", "sum"),
        ),
        rows=((above.row["name"], each, formula),),
        sparql=query,
        evidence=evidence(question, (above.row["thing"], below.row["thing"])),
    )
