"""报告里写的任何数字：工作成果、指标完成值、各种率，按报告自己的说法问，可以一次问几个。

Any number that a report states, by the report's own words: results of the work, indicators, rates; several at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

from kg.values.exact import plain
from search.grammar import figures
from search.grammar.facts import Row
from search.grammar.figures import Figure
from search.grammar.measures import YUAN
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import Table
from search.grammar.things import evidence

EXAMPLES = (
    "青岭区水利局2024年清淤疏浚河道多少公里？",
    "松洲市文化和旅游局接待游客多少万人次，同比增长多少？",
    "How many complaints did the Fenglan market supervision bureau handle?",
)
_CLAUSE = re.compile(r"[,，;；。?？]|\band (?=how|what)|(?<=[\u3400-\u9fff])[、](?=[^、]*各)")
_PRONOUN = re.compile(r"\b(?:them|those|these|it|its|their)\b")
_ASKING = ("how-much", "how-many", "which", "each")
_LONGEST = 60
_MORE = 2  # characters beside a measure's name that make it something else
_SURE = 0.5  # how well a name must fit where the question also names a measure of the vocabulary
_FEW = 30  # departments all of whose figures are looked at
_CLOSE, _CLEAR = 12, 0.45  # passages looked at, and the score of one that is surely about the question


@dataclass(frozen=True, slots=True)
class _Clause:
    """A piece of the question that asks for one figure: its content and the unit it asks for; `refers`
    where it speaks of what was asked for before (them, those)."""

    words: str
    unit: str
    refers: bool = False


def read(question: Question) -> Reading | None:
    """A question for a number in words of its own."""
    slots = question.slots
    if question.unknown or slots.comparisons or not slots.hints("how-much", "how-many", "share"):
        return None
    clauses = tuple(_clauses(question))
    if not clauses or slots.has("most", "least", "sum", "average", "difference", "per"):
        return None
    beside = re.sub(r"[\s末底初度]", "", question.content(measures=False))
    counted = slots.has("how-many") and slots.measures and all(asked.measure.unit == YUAN for asked in slots.measures)
    joined = counted or any(
        one.end == other.start for one, other in pairwise(slots.measures)
    )  # 三公经费预算 is neither alone
    if slots.measures and len(beside) < _MORE and not joined:
        return None
    score = 0.81 if len(clauses) > 1 or joined else 0.72 if slots.measures else 0.68
    return Reading(score, partial(_answer, question, clauses, _SURE if slots.measures else figures.LEAST))


def _clauses(question: Question) -> Iterator[_Clause]:
    text = question.slots.text
    start = 0
    for cut in [*(m.start() for m in _CLAUSE.finditer(text)), len(text)]:
        asks = any(start <= cue.start < cut for cue in question.slots.cues if cue.role in _ASKING)
        words = question.content(start, cut)
        if asks and words:
            for piece in _parts(question, words) if cut - start > 0 else ():
                refers = _PRONOUN.search(text[start:cut]) is not None
                yield _Clause(piece[:_LONGEST], figures.unit_asked(text[start:cut]), refers)
        start = cut + 1 if asks else start


def _parts(question: Question, words: str) -> list[str]:
    """甲和乙各是多少 asks for two."""
    if not question.slots.has("each") or question.slots.english:
        return [words]
    return [part for part in re.split(r"[和与及、]", words) if part.strip()]


def _answer(question: Question, clauses: tuple[_Clause, ...], least: float) -> Answer | None:
    slots = question.slots
    table = Table(departments=_near(question), years=slots.all_years, no_years=slots.no_years)
    query = figures.query(table, "target" if slots.has("target") and not slots.has("actual") else "actual")
    rows = question.graph.rows(query)
    found: list[list[Figure]] = []
    for clause in clauses:
        told = {several[0].row["thing"] for several in found if several}
        free = [row for row in rows if row["thing"] not in told]
        best = [] if clause.refers and found else _best(question, free, clause, clause.words, least)
        if not best and found and found[-1]:  # 占比多少 after 投资额多少 means the share of that
            context = clauses[len(found) - 1].words + " " if slots.english else found[-1][0].label
            best = _best(question, free, clause, context + clause.words, least)
        found.append(best)
    return _told(question, clauses, found, query) if any(found) else None


def _best(question: Question, rows: list[Row], clause: _Clause, words: str, least: float) -> list[Figure]:
    return figures.best(rows, words, clause.unit, _lift(question, words), least)


def _near(question: Question) -> tuple[str, ...]:
    """The departments named, where they are few; else those whose reports come closest to the question."""
    named = question.departments
    if named and len(named) <= _FEW:
        return named
    iris = " ".join(f"<{hit.iri}>" for hit in question.search(question.slots.text, k=_CLOSE))
    rows = question.graph.rows(
        f"SELECT DISTINCT ?department {{ VALUES ?passage {{ {iris} }} ?passage jx:department ?department }}"
    )
    close = tuple(row["department"] for row in rows)
    return tuple(iri for iri in close if not named or iri in named) or named[:_FEW] or ("urn:none",)


def _lift(question: Question, words: str) -> dict[str, float]:
    """How close to the words the passages are in which facts are stated, by fact."""
    only = question.called(question.departments[0]) if len(question.departments) == 1 else None
    hits = question.search(words, k=_CLOSE, department=only)
    if not hits:
        return {}
    scale = max(hits[0].score, _CLEAR)
    values = " ".join(f"(<{hit.iri}> {hit.score / scale:.4f})" for hit in hits)
    stated = question.graph.rows(
        f"SELECT ?thing ?score {{ VALUES (?passage ?score) {{ {values} }} ?passage jx:states ?thing }}"
    )
    best: dict[str, float] = {}
    for row in stated:
        best[row["thing"]] = max(best.get(row["thing"], 0.0), float(row["score"]))
    return best


def _told(question: Question, clauses: tuple[_Clause, ...], found: list[list[Figure]], query: str) -> Answer:
    """One row where every figure is one; else a row for each."""
    if len(found) == 1 and len(found[0]) > 1:
        return _several(question, found[0], query)
    chosen = [several[0] if several else None for several in found]
    first = next(figure for figure in chosen if figure)
    heads, cells, told = [], [], []
    for clause, figure in zip(clauses, chosen, strict=True):
        heads.append(_head(question, figure) if figure else clause.words)
        cells.append(figure.row["value"] if figure else None)
        told.append(
            _line(figure) if figure else question.say(f"没有写“{clause.words}”", f"“{clause.words}” is not stated")
        )
    return Answer(
        answerable=True,
        text=f"{first.row['name']}：{'；'.join(told)}。"
        if not question.slots.english
        else f"{first.row['name']}: {'; '.join(told)}.",
        columns=(question.say("部门", "department"), question.say("年度", "year"), *heads),
        rows=((first.row["name"], first.row.get("year"), *cells),),
        sparql=query,
        evidence=evidence(question, (figure.row["thing"] for figure in chosen if figure)),
    )


def _several(question: Question, found: list[Figure], query: str) -> Answer:
    heads = (
        ("部门", "department"),
        ("年度", "year"),
        ("对象", "subject"),
        ("名称", "what"),
        ("数值", "value"),
        ("单位", "unit"),
        ("期间", "period"),
    )
    return Answer(
        answerable=True,
        text=question.say("报告里有几处：", "The reports say: ")
        + question.say("；", "; ").join(_line(f) for f in found[:6])
        + question.say("。", "."),
        columns=tuple(question.say(*head) for head in heads),
        rows=tuple(
            (
                f.row["name"],
                f.row.get("year"),
                f.row.get("subject"),
                f.label,
                f.row["value"],
                f.unit,
                f.row.get("period"),
            )
            for f in found
        ),
        sparql=query,
        evidence=evidence(question, (f.row["thing"] for f in found)),
    )


def _head(question: Question, figure: Figure) -> str:
    return figure.label + (question.say(f"（{figure.unit}）", f" ({figure.unit})") if figure.unit else "")


def _line(figure: Figure) -> str:
    value: Any = figure.row["value"]
    period = f"{figure.row['period']}：" if "period" in figure.row else ""
    return f"{period}{figure.label} {plain(value) if isinstance(value, Decimal) else value}{figure.unit}"
