"""Tables that lost their columns: one cell a line and nothing between, as copies out of PDF files leave them.

Only what repeats is believed: a head of known titles, then rows of words and numbers in one order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.reader._lines import END, Row
from kg.text import Span
from ontology.loader import spellings

_WIDEST = 8  # columns
_LONGEST = 40  # characters of a cell
_TITLE = 12  # characters of a title
_ROWS = 2  # that show an order
_NUMBER = re.compile(r"-?\d[\d,]{0,18}(?:\.\d{1,6})?[%％]?")
_WORDS = re.compile(r"[^\d\s][^\n]*")
_SIDES = ("收入", "支出")
_PLAIN = frozenset({"项目", "序号"})  # titles that are no field's


@cache
def _titles() -> frozenset[str]:
    return frozenset(spellings("table-heads")) | frozenset(spellings("unit-heads")) | _PLAIN


def rows(text: str, lines: Sequence[Row], at: int) -> tuple[list[list[Span]], int] | None:
    """The rows of the table whose head begins with line `at`, its head first, and the index of the line
    after them; None where no order shows. A head of accounts has 收入 and 支出 over its halves."""
    first = lines[at]
    words = text[first.start : first.end]
    if (words not in _titles() and words != _SIDES[0]) or _goes_on(text, lines, at):
        return None
    cells = _Cells(text, lines, at)
    over = 2 if (cells.words(0), cells.words(1)) == _SIDES else 0
    titles = next((n for n in range(_WIDEST) if not _is_title(cells.words(over + n))), _WIDEST)
    best, width = 0, 0
    for columns in range(2, titles + 1, 1 + bool(over)):
        found = _repeated(cells, over, columns)
        if found * columns > best * width:
            best, width = found, columns
    if best < _ROWS:
        return None
    upper = [[cells.span(side) for side in range(2) for _ in range(width // 2)]] if over else []
    body = [[cells.span(over + row * width + column) for column in range(width)] for row in range(best + 1)]
    return [*upper, *body], cells.line(over + (best + 1) * width - 1) + 1


def _goes_on(text: str, lines: Sequence[Row], at: int) -> bool:
    """Whether the line before is a title too: where its table showed no order, none begins in the middle."""
    before = next((lines[i] for i in range(at - 1, max(-1, at - 3), -1) if lines[i]), None)
    words = text[before.start : before.end] if before else ""
    return words in _titles() or words in _SIDES


def _is_title(words: str) -> bool:
    return 0 < len(words) <= _TITLE and not words[0].isdigit()


class _Cells:
    """The short lines that follow one another from a line on, found as they are asked for; one blank line may
    stand between two."""

    def __init__(self, text: str, lines: Sequence[Row], at: int) -> None:
        self._text = text
        self._lines = lines
        self._found: list[int] = []
        self._next = self._run(at)

    def _run(self, at: int) -> Iterator[int]:
        blank = 0
        for index in range(at, len(self._lines)):
            line = self._lines[index]
            if not line:
                blank += 1
                continue
            told = END.search(self._text, max(line.start, line.end - 4), line.end)
            if blank > 1 or line.end - line.start > _LONGEST or told:
                return
            blank = 0
            yield index

    def line(self, index: int) -> int:
        """The line of cell `index`, -1 where the run is shorter."""
        while len(self._found) <= index:
            following = next(self._next, None)
            if following is None:
                return -1
            self._found.append(following)
        return self._found[index]

    def span(self, index: int) -> Span:
        line = self._lines[self.line(index)]
        return Span(line.start, line.end)

    def words(self, index: int) -> str:
        line = self._lines[found] if (found := self.line(index)) >= 0 else Row(0, 0)
        return self._text[line.start : line.end]

    def number(self, index: int) -> bool | None:
        """Whether a cell is a number; None where it is neither that nor words."""
        words = self.words(index)
        return True if _NUMBER.fullmatch(words) else False if _WORDS.fullmatch(words) else None


def _repeated(cells: _Cells, over: int, columns: int) -> int:
    """How many rows of so many columns follow a head after `over` cells; 0 where it is none."""
    known = sum(cells.words(over + column) in _titles() for column in range(columns))
    if known * 2 < columns:
        return 0
    order = [cells.number(over + columns + column) for column in range(columns)]
    if None in order or len(set(order)) < 2:
        return 0
    row = 1
    while all(cells.number(over + (row + 1) * columns + column) is kind for column, kind in enumerate(order)):
        row += 1
    return row
