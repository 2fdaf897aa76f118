"""A text layer in the making, for formats that are no text: lines and tables are written into one
text, and each remembers where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.document import Cell, Table
from kg.imprint import Anchor, Imprint, SheetCell
from kg.imprint import Line as PrintedLine
from kg.reader._lines import Line
from kg.reader._tables import unit
from kg.reader._tagged import spread
from kg.text import Span

_HEAD_ROWS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A cell of a table on its way in: its words and how many columns and rows it covers. `ink` says
    where they stand in the file, counted from the first of the words."""

    words: str
    columns: int = 1
    rows: int = 1
    ink: tuple[Anchor, ...] = ()


@dataclass(slots=True)
class Layer:
    """`items` are the lines and tables written so far, `size` the characters."""

    items: list[Line | Table] = field(default_factory=list)
    size: int = 0
    _pieces: list[str] = field(default_factory=list)
    _ink: list[Anchor] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def imprint(self, pages: Sequence[tuple[float, float]] = ()) -> Imprint:
        """Where everything written so far stands in the file."""
        lines = tuple(mark for mark in self._ink if isinstance(mark, PrintedLine))
        return Imprint(tuple(pages), lines, tuple(mark for mark in self._ink if isinstance(mark, SheetCell)))

    def line(self, words: str, depth: int = 0, *, strong: bool = False, ink: Iterable[Anchor] = ()) -> None:
        """Writes one line; nothing where it is blank. Words with `ink` have no blanks at their ends."""
        words = words.strip()
        if words:
            self.items.append(Line(self._write(words, ink), depth, strong))
            self._write("\n")

    def table(self, rows: Sequence[Sequence[Slot]]) -> None:
        """Writes a table, a row a line, cells parted by tabs; a merged cell is written once.

        A table of one column is a frame around lines, and they are written as such."""
        grid = spread([[(slot, slot.columns, slot.rows) for slot in row] for row in rows])
        if not grid or max(len(row) for row in grid) < 2:
            for slot in dict.fromkeys(slot for row in grid for slot in row if slot):
                self._framed(slot)
            return
        start = self.size
        cells: dict[Slot, Cell] = {}
        made = [self._row(row, cells) for row in grid]
        full = [row for row in made if any(len(cell.span) for cell in row)]
        if full:
            head = " ".join(slot.words for row in grid[:_HEAD_ROWS] for slot in row if slot)
            self.items.append(Table(Span(start, self.size - 1), tuple(full), None, unit(head)))

    def _framed(self, slot: Slot) -> None:
        at = 0
        for words in slot.words.split("\n"):
            end = at + len(words)
            ink = [mark.cut(at, end).moved(-at) for mark in slot.ink if mark.start < end and mark.end > at]
            self.line(words, ink=ink)
            at = end + 1

    def _row(self, row: Sequence[Slot | None], cells: dict[Slot, Cell]) -> tuple[Cell, ...]:
        made = tuple(self._cell(slot, cells) for slot in row)
        self._write("\n")
        return made

    def _cell(self, slot: Slot | None, cells: dict[Slot, Cell]) -> Cell:
        if slot is None:
            return Cell(Span(self.size, self.size))
        if slot not in cells:
            cells[slot] = Cell(self._write(slot.words.strip(), slot.ink))
            self._write("\t")
        return cells[slot]

    def _write(self, words: str, ink: Iterable[Anchor] = ()) -> Span:
        start, self.size = self.size, self.size + len(words)
        if words:
            self._ink += [mark.moved(start) for mark in ink]
            self._pieces.append(words)
        return Span(start, self.size)
