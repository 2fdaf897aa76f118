"""评为优秀、良好、中等、较差的部门有哪些，有几个。

Which departments were graded excellent, good, medium or poor, and how many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial

from ontology.loader import scheme
from search.grammar import telling
from search.grammar.facts import literal
from search.grammar.measures import direct
from search.grammar.paging import one_column, page
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table, sparql
from search.grammar.wording import is_word, plain

EXAMPLES = (
    "自评等级为优秀的部门有哪些？",
    "被评为优秀的部门有几个？",
    "Which departments were graded excellent?",
)


def read(question: Question) -> Reading | None:
    """The name of a grade, and departments that are asked for."""
    slots = question.slots
    grade = next((label for word, label in _names().items() if _stands(word, slots.text)), "")
    others = [asked for asked in slots.measures if asked.measure.property != "overallGrade"]
    asks = slots.has("department", "who") and slots.has("which", "how-many", "who")
    if not grade or not asks or slots.comparisons or question.unknown:
        return None
    table = Table(
        columns=(direct()["overallGrade"],),
        beside=(direct()["overallScore"], *(a.measure for a in others if a.measure.property != "overallScore")),
        such=(f"FILTER({'' if not slots.has('≠', 'without') else '!'}(?overallGrade IN ({_spelt(grade)})))",),
        departments=question.departments,
        years=slots.all_years,
        no_years=slots.no_years,
    )
    return Reading(0.88, partial(_answer, question, table, grade))


@cache
def _names() -> Mapping[str, str]:
    """The names of grades, of one character none: 优 stands in too many words."""
    found = {}
    for label, concept in scheme("grades").items():
        for word in (label, *concept.aliases, concept.label_en):
            if len(word) > 1:
                found[plain(word)] = label
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _stands(word: str, text: str) -> bool:
    at = text.find(word)
    return at >= 0 and is_word(text, at, at + len(word))


def _spelt(grade: str) -> str:
    concept = scheme("grades")[grade]
    return ", ".join(literal(word) for word in (grade, *concept.aliases))


def _answer(question: Question, table: Table, grade: str) -> Answer | None:
    found = page(question.graph, table)
    rows = found.rows
    if not rows and not question.graph.rows(sparql(replace(table, such=(), limit=1))):
        return None
    count = found.departments
    told = telling.listed(question, table, rows)
    name = question.say(grade, scheme("grades")[grade].label_en.lower())
    if rows:
        text = question.say(f"等级为{name}的部门有{count}个：{told}。", f"{count} graded {name}: {told}.")
    else:
        text = question.say(f"没有等级为{name}的部门。", f"No department is graded {name}.")
    given = replace(telling.shown(question, table, rows), text=text)
    return one_column(found.of(given), question, count)
