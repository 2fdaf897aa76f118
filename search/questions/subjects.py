"""某个项目的预算、执行数、执行率、得分、等级是多少；某个下属单位有多少编制、多少人。

The budget, spending, execution rate, score or grade of a project; the posts and the people of a unit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ontology.loader import summaries, widest
from search.grammar import telling
from search.grammar.facts import Row
from search.grammar.measures import EXECUTION, PEOPLE, PERCENT, POINTS, YUAN, Measure
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, where
from search.grammar.things import evidence

EXAMPLES = (
    "云溪县教育局的家庭经济困难学生资助项目年初预算是多少？",
    "农村校车运营补贴项目的自评得分是多少？",
    "家庭经济困难学生资助项目的预算执行率是多少？",
    "白泽县社会福利中心有多少编制、多少人？",
)
_WHOLE = "综合"
_QUERY = """SELECT DISTINCT ?department ?name ?report ?year ?of ?subject ?thing ?label ?value ?grade ?formula
WHERE {{
{where}
    VALUES ?of {{ {things} }}
    ?of jx:name ?subject .
    ?thing jx:subject ?of .
    OPTIONAL {{ ?thing jx:kind ?kind }} OPTIONAL {{ ?thing jx:item ?item }}
    OPTIONAL {{ ?thing jx:measureName ?measure }} OPTIONAL {{ ?thing jx:formula ?formula }}
    OPTIONAL {{ ?thing jx:value ?plain }} OPTIONAL {{ ?thing jx:valueYuan ?yuan }}
    OPTIONAL {{ ?thing jx:dimension ?dimension }} OPTIONAL {{ ?thing jx:grade ?grade }}
    BIND(COALESCE(?kind, "") = "amount" AS ?money)
    BIND(COALESCE(?measure, ?dimension) AS ?label)
    BIND(IF(?money, ?yuan, ?plain) AS ?value)
    FILTER(BOUND(?label) && (BOUND(?value) || BOUND(?dimension)) && !(?money && BOUND(?item)))
  }}
}}
ORDER BY ?name ?year ?subject"""


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a project or unit has of a measure, and the facts that say so."""

    value: Any
    things: tuple[str, ...] = ()
    formula: str = ""


def read(question: Question) -> Reading | None:
    """The name of a project or unit, and a measure."""
    slots = question.slots
    measures = tuple(dict.fromkeys(asked.measure for asked in slots.measures))
    if not question.things or not measures or question.unknown or slots.comparisons or slots.has("agree", "sum", "per"):
        return None
    return Reading(0.87, partial(_answer, question, measures))


def _answer(question: Question, measures: tuple[Measure, ...]) -> Answer | None:
    slots = question.slots
    table = Table(departments=question.departments, years=slots.all_years, no_years=slots.no_years)
    lines = "\n".join(list(where(table))[:-1])
    query = _QUERY.format(where=lines, things=" ".join(f"<{iri}>" for iri in question.things))
    by_thing: dict[str, list[Row]] = {}
    for row in question.graph.rows(query):
        by_thing.setdefault(row["of"], []).append(row)
    found = {thing: [_cell(rows, measure) for measure in measures] for thing, rows in by_thing.items()}
    found = {thing: cells for thing, cells in found.items() if any(cell.value is not None for cell in cells)}
    if not found:
        return None
    return _told(question, measures, {thing: by_thing[thing][0] for thing in found}, found, query)


def _cell(rows: list[Row], measure: Measure) -> _Cell:
    """The value of `measure` among what is said of one thing; a computed rate before a stated one."""
    if measure.property == "overallGrade":
        return next(
            (_Cell(r["grade"], (r["thing"],)) for r in rows if r["label"] == _WHOLE and "grade" in r), _Cell(None)
        )
    for row in rows:
        if "value" in row and _is(row, measure):
            return _Cell(row["value"], (row["thing"],), row.get("formula", ""))
    if measure.property == EXECUTION[0]:
        return _cell(rows, replace(measure, property=EXECUTION[2]))
    return _Cell(None)


def _is(row: Row, measure: Measure) -> bool:
    """Whether a row says what the measure asks."""
    label, computed = row["label"], "formula" in row
    if measure.unit == POINTS:
        return bool(label == _WHOLE)
    if measure.unit == PERCENT:
        stated = measure.property == EXECUTION[2]
        return computed != stated and (computed or widest("measures", label) == "预算执行率")
    if measure.unit == PEOPLE:
        return bool(label == ("实有" if measure.property else measure.label))
    labels = (*summaries().get(measure.property, ()), measure.label)
    return measure.unit == YUAN and label in labels and not computed


def _told(
    question: Question, measures: tuple[Measure, ...], firsts: dict[str, Row], found: dict[str, list[_Cell]], query: str
) -> Answer:
    rows, told = [], []
    for thing, cells in found.items():
        first = firsts[thing]
        shown = (telling.figure(question, m, cell.value) for m, cell in zip(measures, cells, strict=True))
        formula = next((cell.formula for cell in cells if cell.formula), None)
        rows.append((first["name"], first.get("year"), first["subject"], *shown, formula))
        figures = (
            f"{m.name(question.slots.english)} {telling.written(question, m, cell.value)}"
            for m, cell in zip(measures, cells, strict=True)
        )
        told.append(f"{first['subject']}{question.say('：', ': ')}{question.say('，', ', ').join(figures)}")
    heads = (("部门", "department"), ("年度", "year"), ("对象", "subject"))
    return Answer(
        answerable=True,
        text=question.say("；", "; ").join(told) + question.say("。", "."),
        columns=(
            *(question.say(*head) for head in heads),
            *(telling.head(question, m) for m in measures),
            question.say("算式", "sum"),
        ),
        rows=tuple(rows),
        sparql=query,
        evidence=evidence(question, (thing for cells in found.values() for cell in cells for thing in cell.things)),
    )
