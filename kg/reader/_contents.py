"""Lists of contents: they say what a report holds, not what it reports, so they are left out. What they
number are the report's chapters, also where the pages leave the numbers away (budgets of Shanghai)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg import numbering
from kg.document import Table
from kg.numbering import RANK
from kg.reader._lines import Line

_HEAD = re.compile(r"[#*\s]*+目\s*+录[*\s:：]*+")
_LEADER = re.compile(
    r"(?:(?<![.．…·•_\-—])[.．…·•_\-—]{2,}+\s*+|(?<!\s)\s++)[（(]?\d{1,3}[)）]?$"
    r"|(?<!\s)\s*+PAGEREF\s\S{1,20}(?:\s\\?h)?\s*\d*$|(?<![.．…·•])[.．…·•]{3,}+$"
)
_LONGEST = 90  # characters of an entry
_MOST = 300  # entries
_TOP = 60  # lines in which a list without a heading may begin
_FEW = 4  # a list without a heading has at least so many entries
_MARKS = re.compile(r"[\s#*:：]+")
_OWN = re.compile(r"^本?(?:部门|单位)")
_SURE = 4  # characters of an entry that may end a longer heading


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """A numbered entry of a list of contents: its `words` without number and blanks, their `tail` after
    部门, the number's `style` and `value`, and the entries that it stands under."""

    words: str
    tail: str
    style: str
    value: int
    above: tuple[Chapter, ...] = ()


def without(text: str, items: Sequence[Line | Table]) -> tuple[list[Line | Table], tuple[Chapter, ...]]:
    """`items` without their lists of contents, with or without the heading 目录, and what these list."""
    kept: list[Line | Table] = []
    listed: list[Line | Table] = []
    here = 0
    while here < len(items):
        item = items[here]
        if isinstance(item, Line) and _HEAD.fullmatch(text, item.span.start, item.span.end):
            end = _end(text, items, here + 1)
            listed += items[here + 1 : end]
            here = end
        elif here < _TOP and isinstance(item, Line) and _opens(text, item):
            end = max(here, _end(text, items, here, least=_FEW))
            listed += items[here:end]
            kept.append(items[end])
            here = end + 1
        else:
            kept.append(item)
            here += 1
    return kept, _chapters(text, listed[:_MOST])


def chapter(chapters: Sequence[Chapter], words: str, *, strong: bool) -> Chapter | None:
    """The chapter that a heading without a number begins: it says the same, or where it is printed as a
    heading the same after the name of the office or the project (云溪县水务局主要职能)."""
    said = _key(words)
    fits = [
        entry
        for entry in chapters
        if said == entry.words or (strong and len(entry.tail) >= _SURE and said.endswith(entry.tail))
    ]
    return max(fits, key=lambda entry: len(entry.words), default=None)


def _chapters(text: str, items: Sequence[Line | Table]) -> tuple[Chapter, ...]:
    found: list[Chapter] = []
    over: list[Chapter] = []
    for item in items:
        number = numbering.read(text, item.span.start) if isinstance(item, Line) else None
        if number is None:
            continue
        while over and RANK[over[-1].style] >= number.rank:
            over.pop()
        words = _key(_LEADER.sub("", text[number.end : item.span.end]))
        entry = Chapter(words, _OWN.sub("", words), number.style, number.value, tuple(over))
        found.append(entry)
        over.append(entry)
    return tuple(entry for entry in found if entry.words)


def _key(words: str) -> str:
    return _MARKS.sub("", words)


def _opens(text: str, line: Line) -> bool:
    number = numbering.read(text, line.span.start)
    return bool(number and number.style == "part" and number.value == 1)


def _end(text: str, items: Sequence[Line | Table], first: int, least: int = 0) -> int:
    """Where the report begins after a list that begins at `first`: where its first entry comes again,
    without its number perhaps, else its first chapter, else any entry; else after the last line with a
    page number."""
    keys: list[str] = []
    opening: tuple[Chapter, ...] = ()
    led = first
    for index in range(first, min(first + _MOST, len(items))):
        item = items[index]
        words = "" if isinstance(item, Table) else text[item.span.start : item.span.end]
        leader = _LEADER.search(words)
        entry = words[: leader.start()] if leader else words
        if isinstance(item, Table) or _HEAD.fullmatch(words) or len(entry) > _LONGEST or words.endswith(("。", "；")):
            break
        opening = opening or _chapters(text, [item])
        if keys and not leader and numbering.read(words) is None and chapter(opening, words, strong=item.strong):
            return index
        keys.append(_key(entry))
        led = index + 1 if leader else led
    for wanted in (keys[:1], [key for key in keys if key.startswith("第")], keys if not least else []):
        again = next((at for at, key in enumerate(keys) if key in wanted and key in keys[:at]), 0)
        if again > least:
            return first + again
    return led
