"""Lines as writers meant them: what every format hands to the outline.

A line of a file is not yet a line of the report: pages and narrow columns break sentences.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg import numbering
from kg.document import Table
from kg.text import Span

END = re.compile(r"[。！？；!?;：:…][”’」』）)】\]*\s]*+$")
_COMMA = re.compile(r"[，,。；;]")
_LABEL = re.compile(r"[^，。：:；\n]{1,10}[：:]")  # 副组长：… begins a line of its own
_BULLET = re.compile(r"[-*•●◆■▪□○][ \u3000]++")
_PAGE = re.compile(
    r"[—–\-－·.~\s]*(?:\d{1,4}|第\s?\d{1,4}\s?页(?:[\s,，/]*共\s?\d{1,4}\s?页)?|\d{1,4}\s?/\s?\d{1,4}"
    r"|[Pp]age\s?\d{1,4}(?: of \d{1,4})?)[—–\-－·.~\s]*+"
)
_TURNS = re.compile(r"[，。、；：）)》”’】>〉！？％%]")  # no line of its own begins with one of these
_TITLE = 45  # characters of a heading whose number stands on the line above
_BROKEN = 2  # lines that a page broke show how wide it is
_FULL = 0.85  # of the page's width: a line that reaches so far may go on in the next
_SLACK = 8  # in print; marks at the end hang over or are taken to the next line with what they follow
_ROW = re.compile(r"\||[^\n]{0,200}\t")
_FIGURE = re.compile(r"[\dA-Za-z.,%-]{1,24}")
_AMOUNT = re.compile(r"(?P<figure>[0-9][0-9,]{0,15}(?:\.[0-9]{1,6})? ?)?(?:[万亿]元?|元|[%％])")
_MEASURED = re.compile(r"\d{1,6}\.\d{1,4} ?(?:分|[万亿]|元|[%％])")  # 28.5 分 is no number of a list
_OPENING, _CLOSING = re.compile(r"[（(]"), re.compile(r"[）)]")
_ASIDE = 24  # characters in which a broken bracket ends
_NARROW = 64  # characters; a longer line was not broken by a page


class Line(NamedTuple):
    """One heading, list item or paragraph; a tuple, like Row, as there are many. `depth` is the level that
    markup or a style gives it as a heading, 0 for none; `strong` says that it looks like a heading (all bold,
    centred)."""

    span: Span
    depth: int = 0
    strong: bool = False


class Row(NamedTuple):
    """A line of a file: the text at `start`..`end`, blanks at both ends left out; empty where blank.
    `indent` counts the characters before it."""

    start: int
    end: int
    indent: int = 0

    def __bool__(self) -> bool:
        return self.end > self.start


# Blanks, and characters of no width that web pages and byte order marks leave.
_BLANKS = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u3000\u2002\u2003\u2009\u2028\u2029\ufeff\u200b\u200c\u200d\u2060"
_BREAK = re.compile(r"[^\n\r\f\v\x85\u2028]*+(?:\r\n|[\n\r\f\v\x85\u2028]|$)")


def rows(text: str) -> list[Row]:
    """The lines of `text`, in order, blank ones among them."""
    found: list[Row] = []
    for match in _BREAK.finditer(text):
        raw = match.group()
        body = raw.strip(_BLANKS)
        first = match.start() + (len(raw) - len(raw.lstrip(_BLANKS)) if body else 0)
        found.append(Row(first, first + len(body), first - match.start()))
    return found


def is_page_number(words: str) -> bool:
    return len(words) <= 20 and bool(_PAGE.fullmatch(words))


def page_width(text: str, lines: list[Row]) -> int:
    """The width in print at which the lines of a hard-wrapped text were broken, 0 where each is whole.

    Such a text has many lines that end in mid-sentence and none that is longer than a page is wide.
    Rows of tables are no such lines."""
    prose = [line for line in lines if line and not _ROW.match(text, line.start, line.end)]
    widths = sorted(_wide(text, line) for line in prose)
    if len(widths) < 8 or widths[-1] > 4 * _NARROW:
        return 0
    # A short report has few lines that are full; in a long one a stray line may be wider than the page.
    for width in (widths[-1], widths[len(widths) * 9 // 10]):
        full = [line for line in prose if _wide(text, line) >= width - _SLACK]
        open_ended = sum(1 for line in full if not END.search(text, max(line.start, line.end - 8), line.end))
        if 32 <= width <= 2 * _NARROW and open_ended >= _BROKEN and open_ended * 3 > len(full):
            return width
    return 0


def _wide(text: str, line: Row) -> int:
    """The width of a line in print, its indent too: a Chinese character is as wide as two Latin ones."""
    words = text[line.start - line.indent : line.end]
    return 2 * len(words) - len(words.encode("ascii", "ignore"))


def _is_open(text: str, line: Row, after: Row) -> bool:
    """Whether a bracket that `line` opens closes soon in `after`: 05（机关事业单位基本⏎养老保险缴费支出）："""
    opened = max(text.rfind(mark, line.start, line.end) for mark in "（(")
    if opened < 0 or _CLOSING.search(text, opened, line.end):
        return False
    closed = _CLOSING.search(text, after.start, min(after.end, after.start + _ASIDE))
    return closed is not None and not _OPENING.search(text, after.start, closed.start())


def _is_full(text: str, line: Row, after: Row, width: int) -> bool:
    """Whether what `after` begins with had no room left on `line`: a figure is never broken."""
    figure = _FIGURE.match(text, after.start, after.end)
    return _wide(text, line) >= width * _FULL - (figure.end() - figure.start() if figure else 0)


def continues(text: str, line: Row, after: Row, *, gap: bool, width: int) -> bool:
    """Whether `after` goes on with the sentence that `line` left open; `gap` says that blank lines
    or a page number stand between them, `width` is that of a hard-wrapped page or 0."""
    if numbering.strip(text, line.start) >= line.end:  # a number alone: its words are on the next line
        return after.end - after.start <= _TITLE and numbering.read(text, after.start) is None
    tail = text[max(line.start, line.end - 8) : line.end]
    if _is_open(text, line, after):
        return True
    if opens(text, after):
        return False
    if END.search(tail):  # what leads on may fall on the end of a full line: 下属单位3个：⏎X站、Y站
        return tail[-1] in "：:；;" and not (gap or after.indent) and bool(width) and _is_full(text, line, after, width)
    if tail.endswith(("，", "、", ",")) or _TURNS.match(text, after.start):
        return not text.startswith(("#", "|"), line.start)
    if text.startswith("#", line.start):
        return False
    if gap:  # OCR of pages: a blank line in mid-sentence
        running = line.end - line.start >= 15 and _COMMA.search(text, numbering.strip(text, line.start), line.end)
        return bool(running and _COMMA.search(text, after.start, after.end))
    if after.indent >= 2 and line.indent == 0:
        return False
    amount = _AMOUNT.match(text, after.start, after.end)
    if amount and (amount["figure"] or tail[-1:].isdigit()):  # 支出合计⏎3,251万元 and 385.70⏎万人次
        return bool(width)
    return bool(width) and _is_full(text, line, after, width)


def opens(text: str, line: Row) -> bool:
    """Whether a new paragraph begins with `line` for certain."""
    return bool(
        text.startswith(("#", "|", "**"), line.start)
        or _BULLET.match(text, line.start)
        or _LABEL.match(text, line.start, line.end)
        or (numbering.read(text, line.start) and not _MEASURED.match(text, line.start, line.end))
        or _ROW.match(text, line.start, line.end)
    )


def bullet(text: str, start: int) -> int:
    """Where the words begin after a bullet; `start` where there is none."""
    match = _BULLET.match(text, start)
    return match.end() if match else start


def joined(text: str, lines: list[Row], start: int, width: int) -> tuple[int, int]:
    """The paragraph that begins with line `start`: where it ends in the text, and the next line's index."""
    here = start
    following = _following(text, lines, here)
    while following < len(lines):
        gap = following > here + 1
        if not continues(text, lines[here], lines[following], gap=gap, width=width):
            break
        here = following
        following = _following(text, lines, here)
    return lines[here].end, here + 1


def mended(text: str, items: list[Line | Table]) -> list[Line | Table]:
    """Lines of a layer joined where a page has broken a sentence."""
    kept: list[Line | Table] = []
    for item in items:
        before = kept[-1] if kept else None
        if isinstance(before, Line) and isinstance(item, Line) and _goes_on(text, before, item):
            kept[-1] = Line(Span(before.span.start, item.span.end))
        else:
            kept.append(item)
    return kept


def _goes_on(text: str, line: Line, after: Line) -> bool:
    marked = line.depth or after.depth or after.strong
    return not marked and continues(text, _row(line), _row(after), gap=True, width=0)


def _row(line: Line) -> Row:
    return Row(line.span.start, line.span.end)


def _following(text: str, lines: list[Row], here: int) -> int:
    """The next line with words on it, page numbers passed over; at most four lines on."""
    for index in range(here + 1, min(here + 6, len(lines))):
        line = lines[index]
        if line and not (line.indent == 0 and is_page_number(text[line.start : line.end])):
            return index
    return len(lines)
