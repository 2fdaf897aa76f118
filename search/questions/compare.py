"""两个部门（或一个部门的两年）谁的数字大，相差多少。

Which of two departments, or of two years, has more, and by how much.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

from search.grammar import telling
from search.grammar.facts import Row
from search.grammar.measures import Measure
from search.grammar.names import Named
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, sparql

EXAMPLES = (
    "望川县公安局和云溪县教育局谁的项目支出多，多多少万元？",
    "望川县公安局和云溪县教育局的人员经费相差多少？",
    "青岭区水利局2023年和2024年的支出总计相差多少？",
    "Whose total expenditure is larger, the Wangchuan public security bureau or the Yunxi education bureau?",
)


def read(question: Question) -> Reading | None:
    """A measure of two or more departments or years with a word for more, less or difference."""
    slots = question.slots
    years = len(slots.all_years) > 1 or (not slots.all_years and slots.has("difference") and not slots.has("previous"))
    several = len(question.departments) > 1 or (len(question.departments) == 1 and years)
    if not several or not slots.measures or not slots.has("more", "less", "difference", "most", "least"):
        return None
    if any(len(named.departments) > 1 for named in question.named) and not slots.has("more", "less", "difference"):
        return None  # the most of all education bureaus: whoever does not state it is no rival
    return Reading(0.92, partial(_answer, question, slots.measures[0].measure))


def _answer(question: Question, measure: Measure) -> Answer | None:
    slots = question.slots
    fewest = slots.has("less", "least") and not slots.has("more", "most")
    table = Table(
        columns=(measure,),
        departments=question.departments,
        years=slots.all_years,
        order=(measure, not fewest),
    )
    rows = [row for row in question.graph.rows(sparql(table)) if _wanted(question, row)]
    missing = [iri for iri in question.departments if iri not in {row["department"] for row in rows}]
    if missing or len(rows) < 2:
        return _missing(question, table, measure, missing) if missing else None
    variable = table.variable(measure)
    given = telling.shown(question, table, rows)
    if all(isinstance(row[variable], Decimal) for row in rows) and slots.has("difference"):
        given = _difference(question, measure, table, rows, given)
    first = rows[0]
    ahead = question.say(
        f"{first['name']}{'少' if fewest else '多'}" if first[variable] != rows[1][variable] else "一样多",
        f"{first['name']} has {'less' if fewest else 'more'}" if first[variable] != rows[1][variable] else "Equal",
    )
    told = telling.listed(question, table, rows)
    return replace(given, text=question.say(f"{ahead}：{told}。", f"{ahead}: {told}.") + given.text)


def _difference(question: Question, measure: Measure, table: Table, rows: list[Row], given: Answer) -> Answer:
    """The same with the difference: beside the first row, or all in one row where only it is asked for."""
    variable = table.variable(measure)
    values = [row[variable] for row in rows]
    gap = telling.figure(question, measure, max(values) - min(values))
    told = question.say(f"相差{telling.written(question, measure, max(values) - min(values))}。", "")
    told = told or f" The difference is {telling.written(question, measure, max(values) - min(values))}."
    name = question.say("差额", "difference") + telling.in_brackets(question, telling.unit(question, measure))
    if question.slots.has("who", "which", "more", "less", "most", "least"):
        cells = tuple((*row, gap if at == 0 else None) for at, row in enumerate(given.rows))
        return replace(given, columns=(*given.columns, name), rows=cells, text=told)
    ordered = sorted(rows, key=lambda row: (_place(question, row), row.get("year", 0)))
    heads = tuple(f"{row['name']} {row.get('year', '')} {telling.head(question, measure)}" for row in ordered)
    cells = (*(telling.figure(question, measure, row[variable]) for row in ordered), gap)
    return replace(given, columns=(*heads, name), rows=(cells,), text=told)


def _place(question: Question, row: Row) -> int:
    return question.departments.index(row["department"])


def _wanted(question: Question, row: Row) -> bool:
    """Whether the row is of the year that the question gives to its department: A (2024) or B (2023)."""
    years = question.slots.years
    if len(question.slots.all_years) < 2 or len(question.departments) < 2:
        return True
    own = next((named for named in question.named if row["department"] in named.departments), None)
    after = [y for y in years if own and _between(question, own.end, y.start)]
    return not after or row.get("year") in after[0].years


def _between(question: Question, start: int, end: int) -> bool:
    """Whether no other department is named between two places."""
    others: list[Named] = [named for named in question.named if start <= named.start < end]
    return start <= end and not others


def _missing(question: Question, table: Table, measure: Measure, missing: list[str]) -> Answer:
    names = "、".join(question.called(iri) for iri in missing)
    name = measure.name(question.slots.english)
    text = question.say(f"不知道：{names}的报告没有写{name}，无法比较。", f"Not known: {names} does not state {name}.")
    return Answer(answerable=False, text=text, sparql=sparql(table), passages=question.closest())
