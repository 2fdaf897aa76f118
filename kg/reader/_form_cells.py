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
        self._found: list[tuple[int, str]] = []
        self._next = self._run(at)

    def _run(self, at: int) -> Iterator[tuple[int, str]]:
        blank = 0
        for index in range(at, len(self._lines)):
            line = self._lines[index]
            blank = 0 if line else blank + 1
            if blank > _BLANKS or line.end - line.start > _LONGEST or len(self._found) == _MOST:
                return
            if line:
                yield index, folded(self._text[line.start : line.end])

    def _at(self, index: int) -> tuple[int, str] | None:
        while len(self._found) <= index:
            following = next(self._next, None)
            if following is None:
                return None
            self._found.append(following)
        return self._found[index]

    def text(self, index: int) -> str:
        found = self._at(index)
        return found[1] if found else ""

    def line(self, index: int) -> int:
        """The line of a cell that there is."""
        return self._found[index][0]

    def span(self, index: int) -> Span:
        """Where a cell that there is stands."""
        line = self._lines[self.line(index)]
        return Span(line.start, line.end)

    def field(self, index: int) -> str:
        """The field that the cell is the title of, '' where it is none."""
        text = self.text(index)
        return heads.field_of(text) if len(text) <= _NAME else ""

    def words(self, index: int) -> bool:
        """Whether the cell can be a name or a label."""
        text = self.text(index)
        return 1 < len(text) <= _NAME and not is_number(text) and not is_stroke(text)
