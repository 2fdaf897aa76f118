"""数字和意思合在一起问：哪些部门的职责（问题、措施）说到某件事，还可以再限定年度、得分、支出。

Facts and meaning in one question: whose duties, problems or remedies speak of something, within years or figures.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from typing import Any

from kg.facts import Evidence
from search.grammar import telling
from search.grammar.facts import Row, literal
from search.grammar.reading import Answer, Question, Reading
from search.grammar.slots import Slots
from search.grammar.table import YEAR, Table, conditions, where

EXAMPLES = (
    "得分低于99分的部门里，谁的职责涉及道路？",
    "哪些部门的问题里提到指标不够量化？",
    "谁负责处理食品安全投诉？",
    "Which departments report as a problem that staff lack training?",
)
_KINDS = ("duty", "problem", "improvement")
_ABOUT = re.compile(
    r"涉及|提到|说到|谈到|包括|包含|关于|有关|要求|要|是|为|：|:"
    r"|(?:that|about|concern|concerning|involve|include|including|of|for|with) "
)
_NOISE = re.compile(
    r"^(?:里|中|的|谁|哪些|哪个|部门|分别|各|都|report|a|an|the|which|whose|department|as|to)+"
    r"|(?:的|有哪些|是哪些|吗|呢|quote the sentence)+$"
)
_MOST = 40
_LEAST, _NEAR = Decimal("0.15"), Decimal("0.55")  # of all, and of the best: what is further away is something else


def read(question: Question) -> Reading | None:
    """A kind of statement together with what it is about."""
    slots = question.slots
    kinds = [cue for cue in slots.cues if cue.role in _KINDS and not cue.inner]
    if not kinds or question.unknown:
        return None
    words = _about(slots, kinds[0].start, kinds[0].end)
    if len(words) < 2:
        return None
    asked = slots.has("which", "how-many", "department") or slots.hints("who") or bool(question.departments)
    score = 0.95 if slots.comparisons else 0.79
    return Reading(score, partial(_answer, question, kinds[0].role, words)) if asked else None


def _about(slots: Slots, start: int, end: int) -> str:
    """What the statements are to speak of: the rest of the question after their name, or before it."""
    after = re.split(r"[,，。？?;；.]", slots.text[end:])[0]
    found = _ABOUT.search(after)
    words = after[found.end() :] if found else after
    return _NOISE.sub("", words.strip("?？。.， ")).strip()


def _answer(question: Question, kind: str, words: str) -> Answer | None:
    slots = question.slots
    bounds = conditions(slots)
    table = Table(
        columns=tuple(dict.fromkeys(c.measure for c in bounds)),
        conditions=bounds,
        departments=question.departments,
        years=slots.all_years,
        no_years=slots.no_years,
    )
    rows = question.graph.searched(_sparql(table, kind, words, _MOST))
    if not rows:
        return None
    near = [row for row in rows if row["score"] >= max(_LEAST, _NEAR * rows[0]["score"])]
    if not near:
        return None
    given = telling.shown(question, table, _first_of_each(near))
    heads = [question.say("部门", "department"), question.say("年度", "year")]
    heads += [telling.head(question, measure) for measure in table.columns]
    words_found = tuple(Evidence(row["file"], row["start"], row["end"], row["text"]) for row in near)
    names = list(dict.fromkeys(row["name"] for row in near))
    return Answer(
        answerable=True,
        text=question.say(
            f"说到的部门有{len(names)}个：{'、'.join(names)}。这是按意思找到的，请看原文。",
            f"{len(names)} speak of it: {', '.join(names)}. They were found by meaning; see the words.",
        ),
        columns=(*heads, question.say("原文", "words")),
        rows=tuple(_cells(question, table, row) for row in near),
        sparql=_sparql(table, kind, words, len(near)),
        evidence=tuple(dict.fromkeys((*given.evidence, *words_found))),
    )


def _first_of_each(rows: list[Row]) -> list[Row]:
    return list({row["report"]: row for row in reversed(rows)}.values())


def _cells(question: Question, table: Table, row: Row) -> tuple[Any, ...]:
    figures = (telling.figure(question, m, row.get(table.variable(m))) for m in table.columns)
    return (row["name"], row.get("year"), *figures, row["text"])


def _sparql(table: Table, kind: str, words: str, most: int) -> str:
    """The query with search inside: ranked statements of the departments that the table leaves."""
    shown = " ".join(f"?{table.variable(measure)}" for measure in table.columns)
    passage = "?passage jx:inReport ?report ; jx:text ?text ; jx:start ?start ; jx:end ?end ."
    found = f'(?passage ?score) search:query ({literal(words)} {most} "kind:{kind}") .'
    lines = list(where(table, (found, "?report jx:fileName ?file .", passage)))
    # Beside an OPTIONAL the engine would not begin with the passages that are found, but go through all reports.
    free = [line for line in lines if line.strip() != YEAR]
    year = ["  OPTIONAL { GRAPH ?graph { ?report jx:fiscalYear ?year } }"] if len(free) < len(lines) else []
    return "\n".join(
        [
            f"SELECT ?department ?name ?report ?year {shown} ?text ?score ?file ?start ?end",
            "WHERE {",
            *free,
            *year,
            "}",
            "ORDER BY DESC(?score)",
        ]
    )
