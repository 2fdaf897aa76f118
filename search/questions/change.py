"""上一年是多少（由本年数和增减推算），比上年增减多少、增长百分之几。

The year before, worked out from this year's figure and the change; how much a figure rose or fell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from kg.facts import Evidence
from kg.values.exact import plain
from ontology.loader import summaries
from search.grammar import telling
from search.grammar.facts import Row, literal
from search.grammar.measures import PEOPLE, YUAN, Measure
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, sparql, where
from search.grammar.things import evidence

EXAMPLES = (
    "青岭区水利局2024年的支出比上年增加了多少？",
    "青岭区水利局2023年的本年支出是多少？由2024年的金额和增加额推算。",
    "How much did the expenditure of the Qingling water bureau grow in 2024?",
)
_CENT = Decimal("0.01")
_RATES = {"增长率": 1, "增幅": 1, "降幅": -1, "下降率": -1}  # how reports name the rate at which a measure changed
# The reports stand in both branches: joined with a UNION, the engine would work it out for all reports first.
_MONEY = """SELECT DISTINCT ?department ?name ?report ?year ?item ?value ?change ?sign ?own ?thing
WHERE {{
  GRAPH ?graph {{
    {{
{where}
    VALUES (?item ?rank) {{ {items} }}
    ?own a jx:Amount ; jx:subject ?department ; jx:measureName ?item ; jx:valueYuan ?value .
    FILTER NOT EXISTS {{ ?own jx:year ?other FILTER(?other != ?year) }}
    ?thing a jx:Amount ; jx:subject ?department ; jx:measureName "增减额" ; jx:item ?item ; jx:valueYuan ?change .
    OPTIONAL {{ ?thing jx:relativeTo ?base }}
    }} UNION {{
{where}
    VALUES (?item ?rank ?rate ?sign) {{ {rates} }}
    ?own a jx:Amount ; jx:subject ?department ; jx:measureName ?item ; jx:valueYuan ?value .
    FILTER NOT EXISTS {{ ?own jx:year ?other FILTER(?other != ?year) }}
    ?thing jx:measureName ?rate ; jx:subject ?department ; jx:value ?change .
    OPTIONAL {{ ?thing jx:relativeTo ?base }}
    }}
    FILTER(!BOUND(?base) || !CONTAINS(?base, "预算"))
  }}
}}
ORDER BY ?name ?year ?rank ?sign"""
_PEOPLE = """SELECT DISTINCT ?department ?name ?report ?year ?value ?change ?own ?thing
WHERE {{
  GRAPH ?graph {{
{where}
    ?own a jx:Staffing ; jx:subject ?department ; jx:measureName "实有" ; jx:category "总计" ; jx:value ?value .
    VALUES (?turned ?turn) {{ ("增加" 1) ("减少" -1) }}
    ?thing a jx:Staffing ; jx:subject ?department ; jx:measureName ?turned ; jx:category "总计" ; jx:value ?people .
    BIND(?people * ?turn AS ?change)
  }}
}}
ORDER BY ?name ?year"""


@dataclass(frozen=True, slots=True)
class _Change:
    """How a figure changed into what it is: `before` is that of the year before, `formula` the sum."""

    row: Row
    before: Decimal
    delta: Decimal
    formula: str
    stated: bool


def read(question: Question) -> Reading | None:
    """A measure with a word for deriving or for change, or of the year before a report's own."""
    slots = question.slots
    if not slots.measures or question.unknown or slots.comparisons or slots.has("most", "least", "share"):
        return None
    measure = slots.measures[0].measure
    if measure.unit not in (YUAN, PEOPLE):
        return None
    moved = slots.has("change", "difference", "more", "less")
    if slots.has("derive") or (slots.has("previous") and not moved):
        return Reading(0.91, partial(_before, question, measure))
    if slots.has("change", "previous") and (question.departments or slots.has("each", "all", "which")):
        return Reading(0.84, partial(_changed, question, measure))
    if len(slots.all_years) == 1 and question.departments:
        return Reading(0.705, partial(_before_only, question, measure))
    return None


def _before(question: Question, measure: Measure) -> Answer | None:
    """The figure of the year before."""
    years = question.slots.all_years
    own = tuple(year + 1 for year in years[:1]) if years and not question.slots.has("previous") else years
    changes = list(_changes(question, measure, own)) or list(_changes(question, measure, years))
    return _told(question, measure, changes, own) if changes else None


def _before_only(question: Question, measure: Measure) -> Answer | None:
    """The same where the year asked for has no figure of its own."""
    table = Table(columns=(measure,), departments=question.departments, years=question.slots.all_years)
    if question.graph.rows(sparql(table)):
        return None
    return _before(question, measure)


def _told(question: Question, measure: Measure, changes: list[_Change], years: tuple[int, ...]) -> Answer:
    unit = telling.in_brackets(question, telling.unit(question, measure))
    name = measure.name(question.slots.english)
    rows = tuple(
        (c.row["name"], c.row["year"] - 1, telling.figure(question, measure, c.before), c.formula) for c in changes
    )
    told = question.say("；", "; ").join(_derived(question, measure, change) for change in changes)
    return Answer(
        answerable=True,
        text=told + question.say("。报告没有直接写。", ". No report states it directly."),
        columns=(
            question.say("部门", "department"),
            question.say("年度", "year"),
            question.say(f"{name}，推算", f"{name}, derived") + unit,
            question.say("算式", "sum"),
        ),
        rows=rows,
        sparql=_sparql(question, measure, years),
        evidence=_proof(question, measure, changes),
    )


def _derived(question: Question, measure: Measure, change: _Change) -> str:
    who, year = change.row["name"], change.row["year"] - 1
    value, name = telling.written(question, measure, change.before), measure.name(question.slots.english)
    return question.say(
        f"{who}{year}年的{name}推算为{value}（{change.formula}）",
        f"{name} of {who} in {year}, derived: {value} ({change.formula})",
    )


def _changed(question: Question, measure: Measure) -> Answer | None:
    """By how much the figure rose or fell, from the report's own words or from two years' reports."""
    years = tuple(sorted(question.slots.all_years))
    changes = list(_changes(question, measure, years[-1:])) or list(_between(question, measure, years))
    if not changes:
        return None
    name = measure.name(question.slots.english)
    unit = telling.in_brackets(question, telling.unit(question, measure))
    rows = []
    for c in changes:
        value = c.row["value"]
        rate = (c.delta * 100 / c.before).quantize(_CENT, ROUND_HALF_UP) if c.before else None
        figures = (telling.figure(question, measure, v) for v in (value, c.delta, c.before))
        rows.append((c.row["name"], c.row["year"], *figures, rate))
    told = question.say("；", "; ").join(_moved(question, measure, c) for c in changes)
    return Answer(
        answerable=True,
        text=told + question.say("。", "."),
        columns=(
            question.say("部门", "department"),
            question.say("年度", "year"),
            name + unit,
            question.say("比上年增减", "change on the year before") + unit,
            question.say("上年", "year before") + unit,
            question.say("增长率（%）", "growth (%)"),
        ),
        rows=tuple(rows),
        sparql=_sparql(question, measure, years[-1:]),
        evidence=_proof(question, measure, changes),
    )


def _moved(question: Question, measure: Measure, change: _Change) -> str:
    size = telling.written(question, measure, abs(change.delta))
    name = question.say(change.row.get("item", measure.label), measure.name(question.slots.english))
    return question.say(
        f"{change.row['name']}{change.row['year']}年的{name}比上年{'增加' if change.delta >= 0 else '减少'}{size}",
        f"{name} of {change.row['name']} {'rose' if change.delta >= 0 else 'fell'} by {size} in {change.row['year']}",
    )


def _sparql(question: Question, measure: Measure, years: tuple[int, ...]) -> str:
    lines = "\n".join(list(where(Table(departments=question.departments, years=years)))[1:-1])
    if measure.unit == PEOPLE:
        return _PEOPLE.format(where=lines)
    labels = list(dict.fromkeys((*summaries().get(measure.property, ()), measure.label)))
    items = " ".join(f"({literal(label)} {rank})" for rank, label in enumerate(labels, 1))
    rates = " ".join(
        f"({literal(label)} {rank} {literal(label + word)} {sign})"
        for rank, label in enumerate(labels, 1)
        for word, sign in _RATES.items()
    )
    return _MONEY.format(where=lines, items=items, rates=rates)


def _changes(question: Question, measure: Measure, years: tuple[int, ...]) -> Iterator[_Change]:
    """The change of each department and year; a stated difference before a stated rate."""
    done = set()
    for row in question.graph.rows(_sparql(question, measure, years)):
        key = row["department"], row.get("year")
        if key in done or "year" not in row:
            continue
        done.add(key)
        value, change = row["value"], row["change"]
        if "sign" in row:
            before = _round(question, measure, value / (1 + row["sign"] * change / 100))
            turn = f"{'+' if row['sign'] > 0 else '-'} {plain(change)}%"
            formula = _formula(question, measure, value, f"÷ (1 {turn})", before)
            yield _Change(row, before, value - before, formula, stated=False)
        else:
            before = value - change
            turn = f"{'-' if change >= 0 else '+'} {telling.written(question, measure, abs(change))}"
            formula = _formula(question, measure, value, turn, before)
            yield _Change(row, before, change, formula, stated=True)


def _formula(question: Question, measure: Measure, value: Decimal, turn: str, result: Decimal) -> str:
    """The sum as a line that one can check: 12万元 - 2万元 = 10万元."""
    return f"{telling.written(question, measure, value)} {turn} = {telling.written(question, measure, result)}"


def _between(question: Question, measure: Measure, years: tuple[int, ...]) -> Iterator[_Change]:
    """The change from one year's report to the next one's, of the years asked for or of all."""
    table = Table(columns=(measure,), departments=question.departments)
    variable = table.variable(measure)
    rows = {(row["department"], row["year"]): row for row in question.graph.rows(sparql(table)) if "year" in row}
    for (department, year), row in rows.items():
        before = rows.get((department, years[0] if len(years) > 1 else year - 1))
        if before and (not years or year == years[-1]) and before is not row:
            delta = row[variable] - before[variable]
            turn = f"- {telling.written(question, measure, before[variable])}"
            formula = _formula(question, measure, row[variable], turn, delta)
            yield _Change({**row, "value": row[variable]}, before[variable], delta, formula, stated=False)


def _round(question: Question, measure: Measure, value: Decimal) -> Decimal:
    """A quotient to the cent of the unit that it is shown in."""
    size = 10**8 / Decimal(telling.figure(question, measure, Decimal(10**8)))
    return (value / size).quantize(_CENT, ROUND_HALF_UP) * size


def _proof(question: Question, measure: Measure, changes: list[_Change]) -> tuple[Evidence, ...]:
    told = evidence(question, (c.row[key] for c in changes for key in ("own", "thing") if key in c.row))
    figures = question.graph.proofs(measure, [c.row for c in changes if "thing" not in c.row])
    return tuple(dict.fromkeys((*told, *(e for proof in figures.values() for e in proof.evidence))))
