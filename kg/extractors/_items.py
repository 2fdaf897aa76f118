"""Items of a list, however it is written: numbered lines, 一是…二是… in a sentence, clauses.

Duties, problems and remedies are all lists; which of their words count is for the extractor.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg import numbering
from kg.document import Paragraph, Section, Table, cell_words, walk
from kg.grammar.lexicon import either, folded
from kg.reading import Reading
from kg.text import Source, Span, View, view
from kg.values.numeral import chinese
from ontology.loader import scheme

_BULLET = re.compile(r"[-*•·●◆■▪□○>]*")
_INNER_BULLET = re.compile(r"\n[ \t\u3000]*[-*•·●◆■▪□○>]+[ \t\u3000]+")
_SAID = re.compile(
    r"(?P<count>[一二三四五六七八九十]{1,3})(?P<style>是|要)|第(?P<nth>[一二三四五六七八九十]{1,3})[,、]"
)
_BREAK = "。;:,!?"
_SAID_AFTER = f"{_BREAK}、"  # 未按期完工、⏎三是…: many a line ends so
_STOP = "。;!?"
_OPEN, _CLOSE = "([{《“〈「", ")]}》”〉」"


# （一）主要经验及做法 under 主要经验及做法、存在的问题及原因分析
_PRAISE, _BLAME = re.compile(r"经验|做法|成效|亮点"), re.compile(r"问题|不足|困难|建议|措施|改进")
# What a form asks for stands where the answer should: 由主管部门根据…填写。, （请简要说明）, XX工作.
_INSTRUCTION = re.compile(
    r"(?:^\(?(?:注|说明|备注|填报说明|填写说明)?:?(?:请|由|按照?|根据|参照|结合|对照|围绕|逐项|逐条|简要|如实|此处|本部分)"
    r"[^。;]{0,80}(?:填写|填列|填报|编写|撰写|列示|列明|阐述|概述|简述|说明|描述|介绍|分析)\)?$)"
    r"|^\((?:请|填写|简要|说明)[^()]{2,100}\)$|(?<![A-Za-z])[Xx×]{2,}(?![A-Za-z])|[_＿]{3,}|[○〇*＊]{3,}"
)


def is_unfilled(text: str) -> bool:
    """Whether `text` (folded) is what a blank form says there, no answer."""
    return bool(_INSTRUCTION.search(text))


class Item(NamedTuple):
    """One item: the words without list number and final stop, and where they stand."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Mark:
    """A list number in line `line`, from `start` to `end` of its view."""

    style: str
    value: int
    line: int
    start: int
    end: int


def groups(reading: Reading, *roles: str, apart: Container[str] | None = None) -> Iterator[tuple[str, list[Span]]]:
    """The lines of each section that has one of `roles`, with that role. A heading below it is a line
    too: short items easily look like headings, and their words like those of a role (1、预算编制不够
    细化。). Only sections with a role in `apart` (None: any other role) and a title are left out."""
    for section in reading.sections(*roles):
        for role, lines in _groups(reading, section, roles, apart):
            spans = sorted(lines, key=lambda span: span.start)  # a last item may stand behind the sections of others
            opens = bool(spans) and reading.source.quote(spans[-1]).rstrip().endswith(("：", ":"))
            yield role, [*spans, *(_running_on(reading, spans[-1]) if opens else ())]


def _running_on(reading: Reading, opening: Span) -> Iterator[Span]:
    """The lines of a list that `opening` begins and that stand after it as sections of their own,
    numbered from 一: a street office's budget lists its duties like chapters."""
    after = (path[-1] for path in walk(reading.part.sections) if path[-1].span.start >= opening.end)
    for expected, section in enumerate(after, start=1):
        number = numbering.read(section.number)
        if not number or number.value != expected or not section.heading:
            return
        own = [block.span for block in section.blocks if isinstance(block, Paragraph)]
        below = [span for child in section.sections if child.number for span in _lines(reading, child, (), None)]
        yield Span(section.heading.start, max(span.end for span in (section.heading, *own, *below)))


def _groups(
    reading: Reading, section: Section, roles: Sequence[str], apart: Container[str] | None
) -> Iterator[tuple[str, list[Span]]]:
    yield reading.roles[section], list(_lines(reading, section, roles, apart))
    for path in walk(section.sections):
        if reading.roles.get(path[-1]) in roles and _is_title(reading, path[-1]):
            yield reading.roles[path[-1]], list(_lines(reading, path[-1], roles, apart))


def _lines(reading: Reading, section: Section, roles: Sequence[str], apart: Container[str] | None) -> Iterator[Span]:
    yield from (block.span for block in section.blocks if isinstance(block, Paragraph))
    for child in section.sections:
        role = reading.roles.get(child)
        elsewhere = role is not None and (role in roles or apart is None or role in apart)
        praised = _PRAISE.search(child.title) and not _BLAME.search(child.title)
        if (elsewhere or praised) and _is_title(reading, child):
            continue
        body = list(_lines(reading, child, roles, apart))
        if child.heading and body and "\n" not in reading.source.text[child.heading.end : body[0].start]:
            body[0] = Span(child.heading.start, body[0].end)
        elif child.heading:
            body.insert(0, child.heading)
        yield from body


def _is_title(reading: Reading, section: Section) -> bool:
    """Whether the heading only names what follows: it has no stop of its own, and something follows."""
    if not section.heading:
        return True
    ending = reading.source.text[section.heading.end - 1 : section.heading.end + 1]
    return not any(stop in ending for stop in "。；;") and bool(section.blocks or section.sections)


@cache
def role_words(notation: str) -> str:
    """The words that name a section's role, as a pattern: 存在的问题, 主要问题 for problems."""
    named = (concept for concept in scheme("section-roles").values() if concept.notation == notation)
    return either(folded(word) for concept in named for word in (concept.label, *concept.aliases)) or "(?!)"


def cells(reading: Reading, label: re.Pattern[str]) -> Iterator[Span]:
    """The cell to the right of each cell that `label` fits: 部门职能 | ……"""
    for _, block in reading.blocks():
        if not isinstance(block, Table) or not any(map(label.fullmatch, cell_words(reading.source, block))):
            continue
        for row in block.rows:
            spans = list(dict.fromkeys(cell.span for cell in row))
            for left, right in zip(spans, spans[1:], strict=False):
                if len(right) and label.fullmatch(view(reading.source, left).text):
                    yield right


def listed(source: Source, spans: Sequence[Span]) -> tuple[list[Span], list[Item]]:
    """What comes before the first item, and the items; no items where nothing is numbered."""
    views = [text for text in (view(source, span) for span in spans) if text.text]
    marks = _marks(views)
    if not marks:
        return [text.span(0, len(text)) for text in views], []
    first = marks[0]
    lead = [text.span(0, len(text)) for text in views[: first.line]]
    if first.start > _body(views[first.line]):
        lead.append(views[first.line].span(0, first.start))
    items = [_item(views, mark, following) for mark, following in zip(marks, [*marks[1:], None], strict=True)]
    return lead, [item for item in items if item]


def _item(views: Sequence[View], mark: _Mark, following: _Mark | None) -> Item | None:
    """From a list number to the next one. The last item takes in further lines only while its
    sentence is not over: what follows a full stop there belongs to the section, not to the item."""
    line, end = mark.line, len(views[mark.line])
    if following and following.line == mark.line:
        end = following.start
    elif following:
        line = following.line if following.start > _body(views[following.line]) else following.line - 1
        end = following.start if line == following.line else len(views[line])
    else:
        while line + 1 < len(views) and views[line].text[-1] not in f"{_STOP}.":
            line += 1
        end = len(views[line])
    if mark.end >= len(views[mark.line]) or end == 0:
        return None
    return trimmed(views[line].source, Span(views[mark.line].places[mark.end], views[line].places[end - 1] + 1))


def trimmed(source: Source, span: Span) -> Item | None:
    """The item in `span` without stops and blanks at its ends; None where no words are left."""
    text = view(source, span)
    start, end = 0, len(text)
    while end > start and text.text[end - 1] in f"{_STOP}.,:、":
        end -= 1
    while start < end and text.text[start] in f"{_STOP}.,:、":
        start += 1
    if end - start < 2:
        return None
    tight = text.span(start, end)
    return Item(_words(source, tight), tight)


def _words(source: Source, span: Span) -> str:
    """The words in `span`, without bullets of lines inside it (1.…： / - 一是…)."""
    start, words = span.start, ""
    for bullet in _INNER_BULLET.finditer(source.text, span.start, span.end):
        words += source.plain(Span(start, bullet.start()))
        start = bullet.end()
    return words + source.plain(Span(start, span.end))


def _body(text: View) -> int:
    """Where the words of a line begin, after a bullet."""
    match = _BULLET.match(text.text)
    return match.end() if match else 0


def _marks(views: Sequence[View]) -> list[_Mark]:
    """The list numbers of the outermost list: the style of the first line that is numbered, else
    一是…二是…; a number in mid-line counts only where it is the next of its list."""
    found = [mark for line, text in enumerate(views) for mark in _candidates(line, text)]
    heads = [m for m in found if m.start == _body(views[m.line]) and m.style not in ("是", "要", "第")]
    style = heads[0].style if heads and (heads[0].value == 1 or len(heads) > 1) else None
    for said in ("是", "要", "第"):
        if style is None and {1, 2} <= {m.value for m in found if m.style == said}:
            style = said
    marks: list[_Mark] = []
    for mark in found:
        last = marks[-1].value if marks else 0
        at_head = mark.start == _body(views[mark.line])
        if mark.style == style and (mark.value == last + 1 or (at_head and style not in ("是", "要"))):
            marks.append(mark)
    return marks


def _candidates(line: int, text: View) -> Iterator[_Mark]:
    body = _body(text)
    for match in _SAID.finditer(text.text):
        value = chinese(match["count"] or match["nth"])
        # Only the first may follow a word (主要职责一是); 统一是 has no second.
        if value and (value == 1 or match.start() == body or text.text[match.start() - 1] in _SAID_AFTER):
            yield _Mark(match["style"] or "第", value, line, match.start(), match.end())
    starts = [body, *(i + 1 for i, char in enumerate(text.text) if char in _STOP or char == ":")]
    for start in starts:
        number = numbering.read(text.text, start)
        if number and number.style != "part":
            yield _Mark(number.style, number.value, line, start, number.end)


def clauses(source: Source, span: Span) -> Iterator[Item]:
    """The clauses of running text between 。 and ；, brackets and quotations kept whole."""
    text = view(source, span)
    start = depth = 0
    for place, char in enumerate(f"{text.text}。"):
        depth += (char in _OPEN) - (char in _CLOSE)
        if char in _STOP and (depth <= 0 or char == "。"):
            item = trimmed(source, text.span(start, place)) if place > start else None
            if item:
                yield item
            start, depth = place + 1, 0
