"""A file's reports told apart: the main one and its attachments; titles found, contents lists left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg import numbering
from kg.document import Table
from kg.reader._lines import END, Line
from kg.text import Source, Span

_LABEL = re.compile(
    r"[#*\s]*+(?P<label>附\s?[件表录]\s?[0-9０-９一二三四五六七八九十]{0,3}(?:[-－—.][0-9]{1,2})?)[*\s]*+[:：、.．]?[*\s]*+"
)
_CONTENTS = re.compile(r"[#*\s]*+目\s*+录[*\s:：]*+")
_LEADER = re.compile(r"(?:[.．…·•\-—_]{2,}|[\s\t]{1,})\s*+[（(]?\d{1,3}[)）]?$")
_DATE = re.compile(r"[（(]?[\d〇○零一二三四五六七八九十]{2,4}\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月")
_REPORT = re.compile(
    r"(?:报\s?告|决算|预算|公开|说明|总结|汇报|方案|[评价目标况自]表)(?:公开|说明|情况|书|稿)?\s?(?:[（(《][^（）()]{1,30}[)）》]\s?)*[*\s]*$"
)
_WHOLE = 60  # characters of the longest title line
_TITLE_LINES = 6


@dataclass(slots=True)
class Piece:
    """One part in the making; `span` is the main report's from its first to its last word."""

    label: str = ""
    title: Span | None = None
    items: list[Line | Table] = field(default_factory=list)
    start: int | None = None

    @property
    def span(self) -> Span:
        first = self.start if self.start is not None else self.items[0].span.start
        last = max([first, *(item.span.end for item in self.items)], default=first)
        return Span(min(first, last), max(last, self.title.end if self.title else last))


def split(source: Source, items: Sequence[Line | Table]) -> list[Piece]:
    """The parts in order. What follows an attachment under the main report's own next
    第…部分 belongs to the main report again."""
    text = source.text
    items = _without_contents(text, items)
    main = Piece()
    pieces = [main]
    here = main
    sections = 0  # how many 第…部分 the main report has had
    for index, item in enumerate(items):
        label = _label(text, items, index) if isinstance(item, Line) else None
        if label is not None and isinstance(item, Line):
            here = main if not main.items else Piece()
            if here is not main:
                pieces.append(here)
                here.label = label.word
            here.start = item.span.start
            if label.rest:
                here.items.append(Line(label.rest, 1, strong=True))
            continue
        if isinstance(item, Line):
            number = numbering.read(text, item.span.start)
            if number and number.style == "part":
                if here is not main and sections and number.value > sections:
                    here = main
                sections = max(sections, number.value) if here is main else sections
            elif number is None and here.items and _titles_another(text, items, index):
                here = Piece(label=_plain(source, item))
                pieces.append(here)
        here.items.append(item)
    for piece in pieces:
        _take_title(source, piece)
    return [piece for piece in pieces if piece.items or piece.title]


@dataclass(frozen=True, slots=True)
class _Label:
    word: str
    rest: Span | None


def _label(text: str, items: Sequence[Line | Table], index: int) -> _Label | None:
    """The label of an attachment that begins with this line. Not one in a list of attachments."""
    found = _labelled(text, items[index])
    if not found or any(_labelled(text, other) for other in items[index + 1 : index + 2]):
        return None
    if index and _labelled(text, items[index - 1]):
        return None
    if not found.rest:
        return found
    if numbering.read(text, found.rest.start):
        return None
    words = text[found.rest.start : found.rest.end]
    tabled = any(isinstance(other, Table) for other in items[index + 1 : index + 4])
    numbered = any(char.isdigit() or char in "一二三四五六七八九十" for char in found.word)
    return found if tabled or numbered or _REPORT.search(words) else None


def _labelled(text: str, item: Line | Table) -> _Label | None:
    if isinstance(item, Table) or item.span.end - item.span.start > _WHOLE + 10:
        return None
    match = _LABEL.match(text, item.span.start, item.span.end)
    if not match:
        return None
    rest = text[match.end() : item.span.end].rstrip("* ")
    if rest and (END.search(rest) and not rest.endswith(("）", ")")) or "，" in rest or "的" in rest[:1]):
        return None
    separate = match.end() == item.span.end or text[match.end("label")] in ":：、.． \u3000\t*" or rest[:1] in "（("
    if not separate and not any(char.isdigit() for char in match["label"]):
        return None
    span = Span(match.end(), match.end() + len(rest)) if rest else None
    return _Label("".join(match["label"].split()), span)


def _titles_another(text: str, items: Sequence[Line | Table], index: int) -> bool:
    """A title alone on its line, with a new 一、 soon after 二、 or more: another report begins."""
    item = items[index]
    if (
        not isinstance(item, Line)
        or not _is_title(text, item)
        or not _REPORT.search(text[item.span.start : item.span.end])
    ):
        return False
    before = any(_number(text, other) == ("han", value) for other in items[:index][-400:] for value in (2, 3))
    after = next((n for n in (_number(text, other) for other in items[index + 1 : index + 6]) if n), None)
    return before and after == ("han", 1)


def _number(text: str, item: Line | Table) -> tuple[str, int] | None:
    number = numbering.read(text, item.span.start) if isinstance(item, Line) else None
    return (number.style, number.value) if number else None


def _is_title(text: str, line: Line) -> bool:
    words = text[line.span.start : line.span.end]
    return (
        len(words) <= _WHOLE
        and not re.search(r"[。；;，,：:！？]", words)
        and not _DATE.match(words.strip("#* "))
        and numbering.read(words) is None
    )


def _take_title(source: Source, piece: Piece) -> None:
    """The lines at the top of a part that name it, a bureau's name above them and a bracket below
    them included; they leave the part's items."""
    text = source.text
    run: list[Line] = []
    for item in piece.items[:_TITLE_LINES]:
        if isinstance(item, Table) or not _is_title(text, item):
            break
        run.append(item)
    named = [i for i, line in enumerate(run) if _REPORT.search(text[line.span.start : line.span.end])]
    if not named:
        return
    last = named[0]
    while last + 1 < len(run) and text[run[last + 1].span.start] in "（(" or last + 1 in named and _follows(run, last):
        last += 1
    first = run[0].span
    start = first.start
    while text[start] in "#* \t\u3000\ufeff":
        start += 1
    end = run[last].span.end
    while text[end - 1] in "#* \t\u3000":
        end -= 1
    piece.title = Span(start, end)
    if piece.start is None:
        piece.start = first.start
    del piece.items[: last + 1]


def _follows(run: Sequence[Line], last: int) -> bool:
    """A second line of one title comes close after the first."""
    return run[last + 1].span.start - run[last].span.end <= 4


def _plain(source: Source, line: Line) -> str:
    return source.plain(line.span).strip("#* ")


def _without_contents(text: str, items: Sequence[Line | Table]) -> list[Line | Table]:
    """`items` without the list of contents: it says what the report holds, not what it reports."""
    kept: list[Line | Table] = []
    here = 0
    while here < len(items):
        item = items[here]
        if isinstance(item, Line) and _CONTENTS.fullmatch(text, item.span.start, item.span.end):
            here = _after_contents(text, items, here + 1)
        else:
            kept.append(item)
            here += 1
    return kept


def _after_contents(text: str, items: Sequence[Line | Table], first: int) -> int:
    """Where the report begins after a list of contents: at its first entry's second appearance,
    else after the last line that ends in a page number."""
    seen: set[str] = set()
    led = first
    for index, item in enumerate(items[first:], start=first):
        words = "" if isinstance(item, Table) else text[item.span.start : item.span.end]
        if isinstance(item, Table) or len(words) > _WHOLE + 40 or words.endswith(("。", "；")):
            return led
        leader = _LEADER.search(words)
        key = re.sub(r"[\s#*]+", "", words[: leader.start()] if leader else words)
        if key in seen:
            return index
        seen.add(key)
        led = index + 1 if leader else led
    return led
