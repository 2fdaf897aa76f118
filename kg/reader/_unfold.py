"""A report that came as one line: text copied out of PDF files and forms keeps no line ends, only blanks,
or not even those."""

from __future__ import annotations

import re
from itertools import pairwise

from kg import numbering
from kg.grammar import heads
from kg.reader._lines import Row

_LONG = 300  # characters; a line with three chapters in it, or with a form, is longer
_TITLE = re.compile(r"[^，。；：]{6,60}?(?:报告|自评表|说明|决算|预算)(?=[ \u3000]+[\u4e00-\u9fff《])")
_START = re.compile(
    r"(?:(?<=[\s。；：！])|^)(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、．.](?!\d))"
)
_GLUED = re.compile(
    r"(?<![第周期一二三四五六七八九十、])[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
)
_CHAPTERS = 3  # that follow one another, at least
_APART = 12  # characters from a chapter to the next; 一、二、三产业 are none
_CELL = re.compile(r"[^\s\u3000]+")
_TITLES = frozenset({"level1", "level3", "target", "actual", "weight", "score"})  # what a form has over its columns
_WORD = 12  # characters of a title


def unfolded(text: str, lines: list[Row]) -> list[Row]:
    """`lines`, each that holds three chapters or more cut before its numbers, and after its title; each that
    holds a form cut into its cells."""
    found: list[Row] = []
    for line in lines:
        cuts = (_cells(text, line) or _chapters(text, line)) if line.end - line.start >= _LONG else []
        if not cuts:
            found.append(line)
            continue
        for start, end in pairwise([line.start, *cuts, line.end]):
            words = text[start:end]
            first = start + len(words) - len(words.lstrip())
            found.append(Row(first, start + len(words.rstrip()), line.indent if start == line.start else 0))
    return found


def _cells(text: str, line: Row) -> list[int]:
    """Where the cells of a form begin, if the line holds one."""
    words = list(_CELL.finditer(text, line.start, line.end))
    titles = {heads.field_of(word.group()) for word in words if word.end() - word.start() <= _WORD}
    return [word.start() for word in words[1:]] if titles >= _TITLES else []


def _chapters(text: str, line: Row) -> list[int]:
    """Where numbers begin inside a line, if 一、 二、 三、 are among them."""
    starts = [match.start() for match in _START.finditer(text, line.start, line.end) if match.start() > line.start]
    numbers = [numbering.read(text, start) for start in starts]
    chapters = [number.value for number in numbers if number and number.style == "han"]
    if chapters[:2] != [1, 2]:
        return _glued(text, line)
    title = _TITLE.match(text, line.start, min(line.end, line.start + 100))
    return [*([title.end()] if title else []), *starts]


def _glued(text: str, line: Row) -> list[int]:
    """The same where nothing parts a number from the words before it (…报告一、基本情况（一）概况…): only
    chapters that are counted through, each once, are believed."""
    read = (numbering.read(text, match.start()) for match in _GLUED.finditer(text, line.start, line.end))
    numbers = [number for number in read if number]
    chapters = [number.start for number in numbers if number.style == "han"]
    counted = [number.value for number in numbers if number.style == "han"]
    near = any(after - before < _APART for before, after in pairwise(chapters))
    if len(chapters) < _CHAPTERS or near or counted != list(range(1, len(counted) + 1)):
        return []
    cuts = list(chapters)
    for start, end in pairwise([*chapters, line.end]):
        within = [number for number in numbers if start < number.start < end]
        if len(within) > 1 and [number.value for number in within] == list(range(1, len(within) + 1)):
            cuts += [number.start for number in within]
    return sorted(cut for cut in cuts if cut > line.start)
