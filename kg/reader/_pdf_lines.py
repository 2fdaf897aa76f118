"""Printed lines: glyphs on one baseline, from left to right.

Boxes of 、 and . are tight at the foot of the line, so that only the baseline tells what stands beside what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from kg.imprint import Line
from kg.reader._pdf_page import Glyph

_RAISED = 0.25  # of the size; a higher step begins another line
_LEAST = 0.5  # points; what stands closer touches
_BLANK = 0.22  # of the size, between two Latin characters
_WIDE = 0.45  # of the size, beside a Chinese character
_PARTED = 2.0  # sizes; a wider blank parts columns
_COLUMN = 8  # lines that make a column
_FULL = 0.6  # of a column, filled by an ordinary line of it
_ASCENT, _DESCENT = 0.9, 0.2  # of the size, above and below the baseline
_EM = 0.75  # of the height that a Latin type measures
_BASE, _LEFT = attrgetter("base"), attrgetter("left")


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of page `page`; `edges` are where each of its `words`' characters begins, and its end;
    `column` counts from 1, 0 is a line of the whole page."""

    words: str
    base: float
    size: float
    page: int
    edges: tuple[float, ...]
    column: int = 0

    @property
    def left(self) -> float:
        return self.edges[0]

    @property
    def right(self) -> float:
        return self.edges[-1]

    @property
    def han(self) -> bool:
        """Whether a Chinese character in it tells how large the type is."""
        return max(self.words) >= "\u4e00"

    @property
    def parted(self) -> bool:
        """Whether it is set in columns: a row of a table without lines, a caption with its unit."""
        return bool(self._gaps())

    def pieces(self) -> list[Printed]:
        """What stands in each column."""
        gaps = self._gaps()
        begins, ends = (0, *(at + 1 for at in gaps)), (*gaps, len(self.words))
        return [
            replace(self, words=self.words[begin:end], edges=self.edges[begin : end + 1])
            for begin, end in zip(begins, ends, strict=True)
        ]

    def _gaps(self) -> list[int]:
        if " " not in self.words:
            return []
        widths = zip(self.words, self.edges, self.edges[1:], strict=False)
        return [at for at, (char, start, end) in enumerate(widths) if char == " " and end - start > _PARTED * self.size]

    def ink(self, start: int) -> Line:
        """Where it stands on its page, as the characters from `start`."""
        size = self.size if max(self.words) >= "\u2e80" else self.size * _EM
        top, bottom = self.base - _ASCENT * size, self.base + _DESCENT * size
        return Line(start, self.page, round(top, 1), round(bottom, 1), tuple([round(edge, 1) for edge in self.edges]))


def lines(glyphs: Sequence[Glyph], page: int) -> list[Printed]:
    """The lines from the top down."""
    return [_printed(row, page) for row in _rows(glyphs)]


def in_columns(glyphs: Sequence[Glyph], page: int, width: float) -> list[Printed]:
    """The lines of a page `width` points wide; where it is set in two columns, the left before the right."""
    rows = list(_rows(glyphs))
    gutter = _gutter(rows, width)
    if gutter is None:
        return [_printed(row, page) for row in rows]
    ordered: list[Printed] = []
    held: list[Printed] = []
    for row in rows:
        sides = [[g for g in row if g.right <= gutter], [g for g in row if g.left >= gutter]]
        if len(sides[0]) + len(sides[1]) < len(row) or _one_phrase(sides):
            ordered += [*held, _printed(row, page)]
            held = []
            continue
        if sides[0]:
            ordered.append(replace(_printed(sides[0], page), column=1))
        if sides[1]:
            held.append(replace(_printed(sides[1], page), column=2))
    return ordered + held


def _one_phrase(sides: list[list[Glyph]]) -> bool:
    """A line whose glyphs only happen to leave the gutter free."""
    return bool(sides[0] and sides[1]) and sides[1][0].left - sides[0][-1].right < sides[0][-1].size


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=_BASE):
        step = glyph.base - row[-1].base if row else 0.0
        if step > 1 and step > _RAISED * max(glyph.size, row[-1].size):
            yield sorted(row, key=_LEFT)
            row = []
        row.append(glyph)
    if row:
        yield sorted(row, key=_LEFT)


def _printed(row: Sequence[Glyph], page: int) -> Printed:
    words, edges, before = [], [], row[0]
    for glyph in row:
        blank = glyph.left - before.right
        if blank > _LEAST:  # most stand side by side
            latin = before.char.isascii() and glyph.char.isascii()
            if blank > (_BLANK if latin else _WIDE) * min(before.size, glyph.size):
                words.append(" ")
                edges.append(before.right)
        words.append(glyph.char)
        edges.append(glyph.left)
        before = glyph
    edges.append(before.right)
    sizes = [glyph.size for glyph in row if glyph.char >= "\u4e00"] or [glyph.size for glyph in row]
    base = _middle([glyph.base for glyph in row])
    return Printed("".join(words), base, _middle(sizes), page, tuple(edges))


def _middle(values: list[float]) -> float:
    values.sort()
    return values[len(values) // 2]


def _gutter(rows: Sequence[Sequence[Glyph]], width: float) -> float | None:
    """Where the blank stripe between two columns of text stands, None where there is one column."""
    free: Counter[int] = Counter()
    for row in rows:
        for before, glyph in zip(row, row[1:], strict=False):
            middle = (before.right + glyph.left) / 2
            if glyph.left - before.right >= before.size and 0.4 * width < middle < 0.6 * width:
                free.update(range(int(before.right) + 1, int(glyph.left)))
    if not free:
        return None
    place, lines_apart = free.most_common(1)[0]
    beside = [row for row in rows if row[0].left < place < row[-1].right]
    full = [
        row
        for row in beside
        if sum(g.right - g.left for g in row if g.right <= place) > _FULL * (place - row[0].left)
        and sum(g.right - g.left for g in row if g.left >= place) > _FULL * (row[-1].right - place)
    ]
    parted = lines_apart >= _COLUMN and lines_apart * 4 > len(beside) * 3 and len(full) * 2 > len(beside)
    return float(place) if parted else None


Inked = tuple[str, tuple[Line, ...]]  # words, and where they are printed


def joined(printed: Sequence[Printed], full: Callable[[Printed], bool]) -> Inked:
    """Lines one after the other; what goes on after a `full` one begins no line of its own."""
    words, ink = "", []
    for before, line in zip((None, *printed), printed, strict=False):
        if before is not None:
            words += seam(words, line.words) if full(before) else "\n"
        ink.append(line.ink(len(words)))
        words += line.words
    return words, tuple(ink)


def seam(words: str, more: str) -> str:
    """What stands between the two halves of a broken line."""
    latin = words[-1:].isascii() and words[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha()
    return " " if latin else ""
