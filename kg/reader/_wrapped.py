"""Rows of tab-separated cells whose cells run over several lines, as text copied out of PDF leaves them.

A line end inside a cell is no end of the row: 数量⏎指标⇥疏浚⏎渠道⇥≥5条⇥6条 is one row. How many
tabs a whole row has is told by the widest row above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from kg.reader._lines import Row, opens

_FIGURE = re.compile(r"[≥≤><=＝]?\s?-?\d[\d,.]*+\s?%?")
_LEAST = 4  # tabs; in narrower tables short rows are too common to be told from broken ones
_MOST = 24  # lines of one row
_PIECE = 6  # characters on one line of a narrow first column
_SLACK = 2  # characters by which lines of one cell differ, as digits are narrow
_STUB = 4  # … and of one that begins a row rather than ends a remark


def last(text: str, lines: Sequence[Row], at: int, width: int) -> int:
    """The index of the last line of the row that begins with line `at`; `at` where that is all of it.
    `width` counts the cells of the table's widest row so far."""
    wanted = width - 1
    if wanted < _LEAST or not lines[at]:
        return at
    here = _filled(text, lines, at, wanted)
    if sum(_tabs(text, line) for line in lines[at : here + 1]) == wanted:
        while _is_remark(text, lines, here, wanted):
            here += 1
    return here


def _filled(text: str, lines: Sequence[Row], at: int, wanted: int) -> int:
    """Where the row has all its tabs, or all but that of an empty last cell; `at` where it never has."""
    here, tabs = at, _tabs(text, lines[at])
    for index in range(at + 1, min(at + _MOST, len(lines))):
        if tabs >= wanted or not _breaks(text, lines[index - 1], lines[index]):
            break
        here, tabs = index, tabs + _tabs(text, lines[index])
    whole = wanted - 1 <= tabs <= wanted
    return here if whole and _is_narrow(text, lines[at : here + 1]) else at


def _is_narrow(text: str, row: Sequence[Row]) -> bool:
    """Whether the lines before a row's first tab are pieces of a narrow cell, not a title."""
    pieces = takewhile(lambda line: not _tabs(text, line), row)
    return all(line.end - line.start <= _PIECE for line in pieces)


def _breaks(text: str, line: Row, after: Row) -> bool:
    """Whether a cell at the end of `line` may go on in `after`: words on both sides, no figure before."""
    if not after or text.startswith("\t", line.end) or "\t" in text[after.start - after.indent : after.start]:
        return False
    cell = text[max(line.start, text.rfind("\t", line.start, line.end) + 1) : line.end]
    return not _FIGURE.fullmatch(cell.strip()) and (_tabs(text, after) > 0 or not opens(text, after))


def _is_remark(text: str, lines: Sequence[Row], here: int, wanted: int) -> bool:
    """Whether the line after a whole row goes on with its last cell: 汛期停工，2⏎个标段延期. Then the
    table goes on below, and the line is no first cell of the next row."""
    if here + 2 >= len(lines) or not lines[here + 2] or _tabs(text, lines[here + 1]):
        return False
    line = lines[here + 1]
    above = lines[here].end - max(lines[here].start, text.rfind("\t", lines[here].start, lines[here].end) + 1)
    longer = line.end - line.start > above + _SLACK  # what breaks a cell is the width of its column
    if longer or not _breaks(text, lines[here], line):
        return False
    begins = line.end - line.start <= _STUB and _filled(text, lines, here + 1, wanted) > here + 1
    return not begins and any(_tabs(text, row) for row in lines[here + 2 : here + 4])


def _tabs(text: str, line: Row) -> int:
    """The tabs of a line, those at both its ends among them."""
    end = line.end
    while end < len(text) and text[end] in "\t ":
        end += 1
    return text.count("\t", line.start - line.indent, end)
