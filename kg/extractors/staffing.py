"""Staffing: approved posts, people in post, leading posts, and how many more or fewer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from kg.document import Table, cell_words, grid
from kg.extractors import _posts, _roster
from kg.extractors._clauses import Clause, clauses
from kg.extractors._posts import ACTUAL, CHANGES, LEADERS, POSTS, TOTAL
from kg.facts import Fact, Staffing, cut
from kg.organisations import HAN
from kg.reading import Reading
from kg.text import Span, View, view
from kg.values import date, numeral

_STAFF = ("staffing", "organisation", "overview")
# Sections in whose sentences numbers of people are results of the work, not staff.
_ELSEWHERE = ("duties", "goals", "indicators", "work", "problems", "improvements", "glossary", "contents")
_FIGURE = re.compile(
    r"(?<![\d.])(?<!\d,)(?P<value>\d{1,3}(?:,\d{3})+|\d{1,6})(?P<unit>名|人(?![次均民口才大])|个(?=$|[,;。:、()]))"
)
_PAIR = re.compile(r"(?P<正职>\d{1,2}|[一二三四五六两])正(?P<副职>\d{1,2}|[一二三四五六七八九十两]{1,2})副")
_NATURE = re.compile(r"(?:属于|属|为|是)[^,]{0,8}(行政|事业)单位$")
_SIGN = re.compile(r"\((?:人|名|个)\)")  # 编制数（人）
_CELL = re.compile(r"(?P<value>\d{1,3}(?:,\d{3})+|\d{1,6})(?P<unit>名|人|个)?")
_JOINT = re.compile(r"[、(]?(?:其中:?)?")
_TELLS_OF_STAFF = re.compile(
    r"(?:编制|在职|在编|实有)(?:人员|教?职工|教师|人数)?\d{1,5}[人名]"
)  # below the duties, under one heading
# 实有29人；工勤编制2名，实有1人: posts, as the people in them are told next.
_FILLED_NEXT = re.compile(r"[,、(]?(?:年末|年底|现|目前)?(?:实有|实际|现有|在职|在编|在岗)")
_ESTABLISHED, _AT_WORK = "在编", "在职"
_UNIT = re.compile(rf"(?:^|[,;。:、(])(?:其中:?)?(?P<unit>(?!其中)[{HAN}]{{1,14}}(?:本级|[处队所站校院馆园]|中心))有?$")
_NAME = 20  # characters that the name of such a unit may take
_YEAR_END = re.compile(r"[年月期][末底]|截[至止]")


@dataclass(frozen=True, slots=True)
class _Said:
    """What the sentence has said so far: whom it counts, what (now, and at its head), which kind of
    staff, in which year; `head` is where it began to, `alone` the kind that the only number since
    the last ； counts."""

    subject: str
    measure: str | None = None
    opening: str | None = None
    category: str | None = None
    year: int | None = None
    head: int = 0
    alone: str | None = None
    numbers: int = 0


def extract(reading: Reading) -> Iterator[Fact]:
    """One fact per number of people that paragraphs and tables give the department or its units."""
    elsewhere = {id(block) for _, block in reading.blocks(*_ELSEWHERE)}
    among_staff = {id(block) for _, block in reading.blocks(*_STAFF)}
    for _, block in reading.blocks():
        if isinstance(block, Table):
            yield from _in_table(reading, block)
            continue
        text = view(reading.source, block.span)
        if id(block) not in elsewhere or _TELLS_OF_STAFF.search(text.text):
            yield from _in_text(reading, text, id(block) in among_staff)


def _in_text(reading: Reading, text: View, among_staff: bool) -> Iterator[Fact]:
    if not _FIGURE.search(text.text) and not _PAIR.search(text.text):
        return
    said = _Said(reading.subject)
    for clause in clauses(text, reading.header):
        said = _heard(said, clause, text.text)
        if pair := _PAIR.search(text.text, clause.start, clause.end):
            for category in ("正职", "副职"):
                value = numeral.read(pair[category])
                if value is not None:
                    span = text.span(clause.start, pair.end())
                    yield _fact(reading, said, _posts.Count(LEADERS, category), value, None, span)
            continue
        figures = list(_FIGURE.finditer(text.text, clause.predicate, clause.end))
        last = _skip(text.text, clause.predicate)
        asides = _asides(text.text, figures)
        for match in figures:
            label = text.text[last : match.start()]
            if aside := next((aside for aside in asides if aside.start <= match.start() < aside.end), None):
                first = match.start() == aside.start
                count = _posts.Count(ACTUAL, TOTAL) if first else _posts.read(label, ACTUAL, among_staff=True)
                if count and not count.category and _ESTABLISHED in label:
                    count = count._replace(category=_ESTABLISHED)
                if count:
                    unit = _Said(aside.unit, year=said.year)
                    span = text.span(last, match.end())
                    yield _fact(reading, unit, count, _number(match["value"]), match["unit"], span)
                last = _skip(text.text, match.end())
                continue
            paired = POSTS in label and _FILLED_NEXT.match(text.text, match.end())
            count = _posts.read(label, None if paired else said.measure, among_staff=among_staff)
            if count and not count.category and (part := _part(label, said)):
                count = count._replace(category=part)
            if count:
                start = said.head if _needs_head(said, count, label) else last
                said, count = _counted(said, count, start)
                yield _fact(reading, said, count, _number(match["value"]), match["unit"], text.span(start, match.end()))
            last = _skip(text.text, match.end())
        if not figures and (count := _posts.read(text.text[clause.predicate : clause.end])):
            said = replace(
                said, measure=count.measure, opening=count.measure, head=clause.start
            )  # 实有人数：行政9人、事业5人


def _part(label: str, said: _Said) -> str | None:
    """职工40人，其中在编30人 and 实有40人，其中在职30人，退休10人: a part, no second total."""
    if said.numbers and _ESTABLISHED in label:
        return _ESTABLISHED
    return _AT_WORK if said.measure == ACTUAL and said.numbers and _AT_WORK in label else None


class _Aside(NamedTuple):
    """From the number of people of `unit` to the end of the brackets that part them."""

    start: int
    end: int
    unit: str


def _asides(text: str, figures: Sequence[re.Match[str]]) -> list[_Aside]:
    """环卫处60人（在职9人、临聘51人）: what the brackets count is that unit's."""
    found = []
    for match in figures:
        named = _UNIT.search(text, max(0, match.start() - _NAME), match.start())
        close = text.find(")", match.end()) if text.startswith("(", match.end()) else -1
        if named and close > 0 and not _posts.read(named["unit"]):
            found.append(_Aside(match.start(), close, named["unit"]))
    return found


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _skip(text: str, at: int) -> int:
    """Past words that only join a number to the one before it."""
    joint = _JOINT.match(text, at)
    return joint.end() if joint else at


def _counted(said: _Said, count: _posts.Count, start: int) -> tuple[_Said, _posts.Count]:
    """What holds after a number, and what it counts: 实际55人 after 行政编制56人 counts officials."""
    if said.measure == POSTS and count.measure == ACTUAL and not count.category:
        count = count._replace(category=said.alone)
    after = replace(
        said, measure=count.measure, numbers=said.numbers + 1, alone=None if said.numbers else count.category
    )
    return (after if said.opening else replace(after, opening=count.measure, head=start)), count


def _heard(said: _Said, clause: Clause, text: str) -> _Said:
    """What holds when the clause begins: a new subject or sentence drops what was counted before,
    其中 goes on with it."""
    words = text[clause.predicate : clause.end]
    if clause.subject != said.subject:
        said = _Said(clause.subject, year=said.year, head=clause.start)
    elif clause.opens and not words.startswith("其中"):
        said = _Said(said.subject, head=clause.start)
    elif clause.after == ";":
        said = replace(said, measure=said.opening, alone=None, numbers=0)
    if nature := _NATURE.search(words):
        said = replace(said, category=nature.group(1), head=clause.start)
    compared = words.startswith(("较", "比", "与"))
    return said if compared else replace(said, year=next(date.years(words), said.year))


def _needs_head(said: _Said, count: _posts.Count, label: str) -> bool:
    """Whether the number means what it does only after the head of its sentence: 年末总人数19人，行政
    编制9人 counts people, 属于行政单位，实有8人 counts officials."""
    return bool(said.opening == ACTUAL == count.measure and POSTS in label and "实有" not in label) or bool(
        said.category and not count.category
    )


def _fact(reading: Reading, said: _Said, count: _posts.Count, value: Decimal, unit: str | None, span: Span) -> Staffing:
    dated = count.measure in (ACTUAL, *CHANGES) and _YEAR_END.search(view(reading.source, span).text)
    return Staffing(
        subject=said.subject,
        measure=count.measure,
        category=count.category or said.category or TOTAL,
        value=value,
        unit=unit,
        as_of=said.year or (reading.header.fiscal_year if dated else None),
        evidence=cut(reading.source, span),
        part=reading.part.label or None,
    )


def _in_table(reading: Reading, table: Table) -> Iterator[Fact]:
    """Numbers beside their label (编制人数 | 20), or below it, where the row proves them; in a table
    of units, a unit's own."""
    counts = {said: count for said in cell_words(reading.source, table) if (count := _posts.read(_SIGN.sub("", said)))}
    if not counts:
        return
    owners = {entry.span.start: entry.name for entry in _roster.entries_of(reading.source, table)}
    above: list[View | None] = [None] * (len(table.rows[0]) if table.rows else 0)
    for texts in grid(reading.source, table):
        first = min((text.places[0] for text in texts if text.text), default=0)
        said = _Said(owners.get(first, reading.subject))
        for column, text in enumerate(texts):
            number = _CELL.fullmatch(text.text)
            if not number:
                above[column] = text if text.text else above[column]
                continue
            beside = texts[column - 1] if column else None
            for label in (beside, above[column]):
                if label and (count := counts.get(label.text)):
                    start = label.places[0] if label is beside else first
                    said = replace(said, year=next(date.years(label.text), None))
                    span = Span(start, text.places[-1] + 1)
                    yield _fact(reading, said, count, _number(number["value"]), number["unit"], span)
                    break
