"""A report that came as one line: text copied out of PDF files keeps no line ends, only blanks."""

from __future__ import annotations

import re

from kg import numbering
from kg.reader._lines import Row

_LONG = 300  # characters; a line with three chapters in it is longer
_TITLE = re.compile(r"[^，。；：]{6,60}?(?:报告|自评表|说明|决算|预算)(?=[ \u3000]+[\u4e00-\u9fff《])")
_START = re.compile(
    r"(?:(?<=[\s。；：！])|^)(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、．.](?!\d))"
)


def unfolded(text: str, lines: list[Row]) -> list[Row]:
    """`lines`, each that holds three chapters or more cut before its numbers, and after its title."""
    found: list[Row] = []
    for line in lines:
        cuts = _cuts(text, line) if line.end - line.start >= _LONG else []
        if not cuts:
            found.append(line)
            continue
        for start, end in zip([line.start, *cuts], [*cuts, line.end], strict=True):
            words = text[start:end]
            first = start + len(words) - len(words.lstrip())
            found.append(Row(first, start + len(words.rstrip()), line.indent if start == line.start else 0))
    return found


def _cuts(text: str, line: Row) -> list[int]:
    """Where numbers begin inside a line, if 一、 二、 三、 are among them."""
    starts = [match.start() for match in _START.finditer(text, line.start, line.end) if match.start() > line.start]
    numbers = [numbering.read(text, start) for start in starts]
    chapters = [number.value for number in numbers if number and number.style == "han"]
    if chapters[:2] != [1, 2]:
        return []
    title = _TITLE.match(text, line.start, min(line.end, line.start + 100))
    return [*([title.end()] if title else []), *starts]
