"""Lists of contents: they say what a report holds, not what it reports, so they are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg import numbering
from kg.document import Table
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


def without(text: str, items: Sequence[Line | Table]) -> list[Line | Table]:
    """`items` without their lists of contents, with or without the heading 目录."""
    kept: list[Line | Table] = []
    here = 0
    while here < len(items):
        item = items[here]
        if isinstance(item, Line) and _HEAD.fullmatch(text, item.span.start, item.span.end):
            here = _end(text, items, here + 1)
        elif here < _TOP and isinstance(item, Line) and _opens(text, item):
            here = max(here, _end(text, items, here, least=_FEW))
            kept.append(items[here])
            here += 1
        else:
            kept.append(item)
            here += 1
    return kept


def _opens(text: str, line: Line) -> bool:
    number = numbering.read(text, line.span.start)
    return bool(number and number.style == "part" and number.value == 1)


def _end(text: str, items: Sequence[Line | Table], first: int, least: int = 0) -> int:
    """Where the report begins after a list that begins at `first`: where its first entry comes
    again, else its first chapter, else any entry; else after the last line with a page number."""
    keys: list[str] = []
    led = first
    for index in range(first, min(first + _MOST, len(items))):
        item = items[index]
        words = "" if isinstance(item, Table) else text[item.span.start : item.span.end]
        leader = _LEADER.search(words)
        entry = words[: leader.start()] if leader else words
        if isinstance(item, Table) or _HEAD.fullmatch(words) or len(entry) > _LONGEST or words.endswith(("。", "；")):
            break
        keys.append(re.sub(r"[\s#*:：]+", "", entry))
        led = index + 1 if leader else led
    for wanted in (keys[:1], [key for key in keys if key.startswith("第")], keys if not least else []):
        again = next((at for at, key in enumerate(keys) if key in wanted and key in keys[:at]), 0)
        if again > least:
            return first + again
    return led
