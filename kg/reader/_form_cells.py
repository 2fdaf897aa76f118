"""The cells of a form that lost its columns: the lines that follow one another, found as they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.grammar import heads
from kg.grammar.lexicon import folded
from kg.reader._lines import Row
from kg.text import Span

_MOST = 1500  # cells of a form
_LONGEST = 400  # characters of a cell: goals and reasons are sentences
_NAME = 60  # characters of a name or a label
_TITLE_LINES = 3  # of a title in a narrow column
_UNIT = re.compile(r"\((?:单位:)?(?:亿元|万元|千元|元|人)\)?")
_DOUBLED = 6  # where a blank line stands behind every cell
_BLANKS = 2  # lines without words that an empty cell or two leave
_NUMBER = re.compile(r"-?\d[\d,]{0,18}(?:\.\d{1,8})?%?")
_STROKE = re.compile(r"[-—–/]{1,4}|无")


def is_number(words: str) -> bool:
    return bool(_NUMBER.fullmatch(words))


def is_stroke(words: str) -> bool:
    """Whether a cell says that there is nothing to say."""
    return bool(_STROKE.fullmatch(words))


class Cells:
    """Lines with words from one on. Texts are folded; behind the last cell they are ''."""

    def __init__(self, text: str, lines: Sequence[Row], at: int) -> None:
        self._text = text
        self._lines = lines
        self._found: list[tuple[int, int, str]] = []
        self._doubled = not any(lines[at + 1 : at + 8 : 2])
        self._next = self._run(at)

    def _run(self, at: int) -> Iterator[tuple[int, int, str]]:
        """First and last line of each cell, and its words; a title that a narrow column broke is one cell."""
        blank, index = 0, at
        while index < len(self._lines):
            line = self._lines[index]
            blank = 0 if line else blank + 1
            if (
                blank > (_DOUBLED if self._doubled else _BLANKS)
                or line.end - line.start > _LONGEST
                or len(self._found) == _MOST
            ):
                return
            last = self._title_end(index) if line else index
            if line:
                yield index, last, folded(self._text[line.start : self._lines[last].end])
            index = last + 1

    def _title_end(self, index: int) -> int:
        """The last line of the title that begins with line `index`: 年初预⏎算数 is one, 项目资金⏎（万元） too."""
        spelled = heads.spelled()
        parts = [folded(self._text[line.start : line.end]) for line in self._lines[index : index + _TITLE_LINES]]
        for size in range(len(parts), 1, -1):
            title = parts[:size]
            if all(title) and "".join(title) in spelled and not all(part in spelled for part in title):
                return index + size - 1
        after = next(
            (i for i in range(index + 1, min(index + _TITLE_LINES, len(self._lines))) if self._lines[i]), index
        )
        line = self._lines[after]
        return after if _UNIT.fullmatch(folded(self._text[line.start : line.end])) else index

    def _at(self, index: int) -> tuple[int, int, str] | None:
        while len(self._found) <= index:
            following = next(self._next, None)
            if following is None:
                return None
            self._found.append(following)
        return self._found[index]

    def text(self, index: int) -> str:
        found = self._at(index)
        return found[2] if found else ""

    def line(self, index: int) -> int:
        """The last line of a cell that there is."""
        return self._found[index][1]

    def span(self, index: int) -> Span:
        """Where a cell that there is stands."""
        first, last, _ = self._found[index]
        return Span(self._lines[first].start, self._lines[last].end)

    def field(self, index: int) -> str:
        """The field that the cell is the title of, '' where it is none."""
        text = self.text(index)
        return heads.field_of(text) if len(text) <= _NAME else ""

    def words(self, index: int) -> bool:
        """Whether the cell can be a name or a label."""
        text = self.text(index)
        return 1 < len(text) <= _NAME and not is_number(text) and not is_stroke(text)
