"""What became of every number and every section of a report: read, set aside for a reason, or unread.

A number is read where a fact whose evidence holds it states it. It is set aside where it counts,
dates or names something and measures nothing (reasons are concepts of the scheme ledger-reasons).
Whatever is left is unread, and is shown to people: nothing is lost in silence.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import pairwise

from kg import numbering
from kg.document import Section, Table, walk
from kg.facts import Evidence, Fact, cut
from kg.reading import Reading
from kg.text import Source, Span

READ, ASIDE, UNREAD = "read", "aside", "unread"


@dataclass(frozen=True, slots=True)
class Posting:
    """One number, or one section by its heading. `state` is read, aside or unread, `reason` why it was
    set aside, a notation of the scheme ledger-reasons."""

    span: Span
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are read, set aside and unread."""

    read: int
    aside: int
    unread: int

    @property
    def share(self) -> float:
        """Of those that say something, the part that is read; 1 where nothing does."""
        told = self.read + self.unread
        return self.read / told if told else 1.0


@dataclass(frozen=True, slots=True)
class Ledger:
    """Numbers and sections of one report in reading order."""

    source: Source
    numbers: tuple[Posting, ...]
    sections: tuple[Posting, ...]

    @property
    def unread(self) -> tuple[Evidence, ...]:
        """The numbers that no fact states, as places."""
        return _places(self.source, self.numbers)

    @property
    def unread_sections(self) -> tuple[Evidence, ...]:
        """The headings of the sections that no fact is from, as places."""
        return _places(self.source, self.sections)


def tally(postings: Sequence[Posting]) -> Tally:
    states = [posting.state for posting in postings]
    return Tally(states.count(READ), states.count(ASIDE), states.count(UNREAD))


def _places(source: Source, postings: Sequence[Posting]) -> tuple[Evidence, ...]:
    return tuple(cut(source, posting.span) for posting in postings if posting.state == UNREAD)


def ledger(readings: Sequence[Reading], facts: Sequence[Fact]) -> Ledger:
    """The books of one report, from its parts and everything that was read in them."""
    source = readings[0].source
    return Ledger(source, tuple(_numbers(source, readings, facts)), tuple(_sections(readings, facts)))


# Numbers

_NUMBER = re.compile(
    r"(?<!\d)(?<!\d[.．])(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:[.．](?!(?:19|20)\d\d年)\d+)?|(?<=[.．])(?:19|20)\d\d(?=年)"
)
_UNSAID = ("glossary", "contents", "attachment")  # roles of sections that explain and report nothing
_OF_THE_PART = ("part", "subject")  # fields that every fact of a part shares
_LINE = 60  # characters around a number that tell what it is for
_BEFORE = (
    ("date", re.compile(r"(?:19|20)\d\d[-/.](?:\d{1,2}[-/.])?$")),
    ("list-number", re.compile(r"(?:[附续]?[表图件]|步骤|阶段)\s?$")),
    ("document-number", re.compile(r"[〔\[［【(（](?:19|20)?\d{0,2}$|[〕\]］】]\s?第?$")),
    ("phone", re.compile(r"(?:电话|手机|传真|联系方式|邮编|邮政编码|热线)[^\n]{0,24}$|\d{3,4}[-—－]$")),
    ("name", re.compile(r"[“\"《「][^”\"》」\n]{0,24}$")),
    ("code", re.compile(r"[A-Za-z/_]$|(?:编码|编号|代码)[:：\s]{0,4}$")),
)
_AFTER = (
    ("year", re.compile(r"(?:19|20)\d\d(?=\s?(?:全?年|[-—–~～至]\s?(?:19|20)\d\d\s?年?|/\d{1,2}))")),
    (
        "date",
        re.compile(
            r"(?:19|20)\d\d(?=[-/.]\d{1,2}[-/.]\d)|\d{1,2}(?=\s?(?:月|日|时|点钟|季度|[-—–~～至]\s?\d{1,2}\s?月))"
        ),
    ),
    ("document-number", re.compile(r"\d{1,4}(?=\s?(?:[〕\]］】]|号(?!线|楼|院|井|泵|站)|号令|条))")),
    ("phone", re.compile(r"1\d{10}(?!\d)|\d{3,4}(?=[-—－]\d{7,8})|400(?=-)")),
    ("list-number", re.compile(r"\d{1,2}(?=\s?(?:点[:：]|个?方面|大(?:任务|目标|工程|行动|体系|类|板块)))")),
    ("code", re.compile(r"\d{7,}(?=[A-Za-z\d])|\d+(?=[A-Za-z](?![a-zA-Z]*[²³]))")),
)
_ORDINAL = re.compile(r"第\s?\d{1,3}\s?(?:部分|章|节|条|款|项|页|届|期|批)")  # 排名第5 is a result
_BLANKS = 16  # characters between the start of a line and its number
_HEADS = re.compile(r"(?:^|[\n\r\f\v。；;：:！|])[ \t\u3000#*•·-]*(?P<bracket>[（(第]?)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CODE = re.compile(r"[1-5]\d\d(?:\d\d){0,2}")  # of a class in a cell of its own, and its parts
_FEW_DIGITS = 3  # of the number of a row or column
_PART = re.compile(r"\d{1,2}")
_CODED = re.compile(r"科目|编码|^款$")


def _numbers(source: Source, readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Posting]:
    spans = [Span(*match.span()) for match in _NUMBER.finditer(source.text)]
    stated, kept = _stated(source, spans, facts), _kept(readings)
    places = sorted(kept, key=lambda span: span.start)
    starts = [span.start for span in places]
    for span in spans:
        if span in stated:
            yield Posting(span, READ)
            continue
        at = bisect_right(starts, span.start) - 1
        content = at >= 0 and places[at].covers(span)
        reason = (_aside(source.text, span) or kept[places[at]]) if content else "furniture"
        yield Posting(span, ASIDE if reason else UNREAD, reason)


def _kept(readings: Sequence[Reading]) -> dict[Span, str]:
    """What the reader kept of the file, piece by piece, each with the reason why numbers in it would
    measure nothing: titles, explanations of terms, the row that numbers a table's columns."""
    kept: dict[Span, str] = {}
    for reading in readings:
        if reading.part.title:
            kept[reading.part.title] = "heading"
        for path in walk(reading.part.sections):
            role = next((reading.roles[s] for s in reversed(path) if s in reading.roles), "")
            reason = "glossary" if role in _UNSAID else ""
            if path[-1].heading:
                kept.setdefault(path[-1].heading, reason)
            for block in path[-1].blocks:
                if isinstance(block, Table):
                    kept |= {cell.span: reason for row in block.rows for cell in row} | _bare(reading.source, block)
                else:
                    kept[block.span] = reason
    return kept


def _bare(source: Source, table: Table) -> dict[Span, str]:
    """The cells of a table that only count or name: 序号 1 2 3 down or 栏次 1 2 3 across, and the codes of
    classes (类 款 项) before their names."""
    texts = [[source.quote(cell.span).strip() for cell in row] for row in table.rows]
    coded = any(_CODED.search(text) for words in texts for text in words)
    found: dict[Span, str] = {}
    for row, words in zip(table.rows, texts, strict=True):
        counting = _counting(words)
        if len(counting) >= len(set(words)) - 2:
            found |= {row[at].span: "column-number" for at in counting}
        found |= {row[at].span: "code" for at in _codes(words)} if coded else {}
    for column, down in enumerate(zip(*texts, strict=True)):
        found |= {table.rows[at][column].span: "list-number" for at in _counting(down)}
    return found


def _codes(words: Sequence[str]) -> Iterator[int]:
    """Where the cells of a row are the code of a class: 201 06 01, 2080505, and the two of a row of pairs."""
    chained = False
    for at, (here, after) in enumerate(pairwise(words)):
        named = not any(char.isdigit() for char in after) or _PART.fullmatch(after)
        if named and (_CODE.fullmatch(here) or (chained and _PART.fullmatch(here))):
            yield at
            chained = True
        else:
            chained = chained and not here


def _counting(texts: Sequence[str]) -> list[int]:
    """Where `texts` count on by one, from 1 or three times and more (the right half of a table goes on
    from the left), and nothing else in them is a number; none where they do not."""
    places = [at for at, text in enumerate(texts) if text and text[0].isdecimal()]
    values = [int(texts[at]) if texts[at].isdecimal() and len(texts[at]) <= _FEW_DIGITS else -1 for at in places]
    counted = bool(values) and all(after == before + 1 for before, after in pairwise(values)) and -1 not in values
    return places if counted and len(places) > 1 and (values[0] == 1 or len(places) > 2) else []


def _stated(source: Source, spans: Sequence[Span], facts: Sequence[Fact]) -> set[Span]:
    """The numbers that a fact states whose evidence holds them."""
    starts = [span.start for span in spans]
    found: set[Span] = set()
    for fact in facts:
        evidence = fact.evidence
        inside = spans[bisect_left(starts, evidence.start) : bisect_left(starts, evidence.end)]
        values = _says(fact) if inside else frozenset()
        found.update(span for span in inside if _value(source.quote(span)) in values)
    return found


def _says(fact: Fact) -> frozenset[Decimal]:
    """The numbers of a fact, those in its names and words too; a rate may stand there as a multiple (3.4倍)."""
    values: set[Decimal] = set()
    for field in fields(fact):
        value = getattr(fact, field.name)
        if isinstance(value, Decimal):
            values |= {abs(value), abs(value) / 100}
        elif isinstance(value, int) and not isinstance(value, bool):
            values.add(Decimal(value))
        elif isinstance(value, str) and field.name not in _OF_THE_PART:
            values.update(map(_value, _NUMBER.findall(value)))
    return frozenset(values)


def _value(number: str) -> Decimal:
    return Decimal(unicodedata.normalize("NFKC", number).replace(",", ""))


def _aside(text: str, span: Span) -> str:
    """Why a number that no fact states measures nothing, told by what stands around it; '' where it may."""
    if _lists(text, span):
        return "list-number"
    if _ORDINAL.match(text, max(0, text.rfind("第", span.start - 2, span.start))):
        return "list-number"
    before = text[max(text.rfind("\n", 0, span.start) + 1, span.start - _LINE) : span.start]
    for reason, pattern in _AFTER:
        if (match := pattern.match(text, span.start)) and match.end() == span.end:
            return reason
    for reason, pattern in _BEFORE:
        if pattern.search(before):
            return "year" if reason == "document-number" and _YEAR.fullmatch(text, span.start, span.end) else reason
    return "code" if _is_code(text, span) else ""


def _lists(text: str, span: Span) -> bool:
    """Whether the number heads a line, a cell or an item of a list: 1、, (2), - 3.."""
    opened = _HEADS.search(text[max(0, span.start - _BLANKS) : span.start])
    number = numbering.read(text, span.start - len(opened["bracket"])) if opened else None
    return bool(number and number.end > span.start)


def _is_code(text: str, span: Span) -> bool:
    """类 款 项 codes: bare digits before a class's name in brackets or in cells of their own."""
    if not (_CODE.fullmatch(text, span.start, span.end) or _PART.fullmatch(text, span.start, span.end)):
        return False
    after = text[span.end : span.end + 1]
    return after in ("（", "(") or text[span.start - 1 : span.start] in ("（", "(") and after in ("）", ")")


# Sections

_NOTHING = re.compile(r"\W*(?:本(?:部门|单位|年度?|项目))?(?:暂|目前)?(?:无|没有|不涉及|不适用|略)[^。；]{0,20}\W*")


def _sections(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Posting]:
    """Every heading with text of its own below it."""
    starts = sorted(fact.evidence.start for fact in facts)
    for reading in readings:
        for path in walk(reading.part.sections):
            section = path[-1]
            if section.heading is None or not section.blocks:
                continue
            own = Span(section.heading.start, max(block.span.end for block in section.blocks))
            read = bisect_left(starts, own.end) > bisect_left(starts, own.start)
            reason = "" if read else _unsaid(reading, path)
            yield Posting(section.heading, READ if read else ASIDE if reason else UNREAD, reason)


def _unsaid(reading: Reading, path: tuple[Section, ...]) -> str:
    """Why a section gives no fact: it explains terms, or says that there is nothing to say."""
    if next((reading.roles[s] for s in reversed(path) if s in reading.roles), "") in _UNSAID:
        return "glossary"
    return "nothing" if all(_NOTHING.fullmatch(reading.source.quote(b.span)) for b in path[-1].blocks) else ""
