"""A text layer in the making, for formats that are no text: lines and tables are written into one
text, and each remembers where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.document import Cell, Table
from kg.reader._lines import Line
from kg.reader._tables import unit
from kg.reader._tagged import spread
from kg.text import Span

_HEAD_ROWS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """A cell of a table on its way in: its words and how many columns and rows it covers."""

    words: str
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Layer:
    """`items` are the lines and tables written so far, `size` the characters."""

    items: list[Line | Table] = field(default_factory=list)
    size: int = 0
    _pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def line(self, words: str, depth: int = 0, *, strong: bool = False) -> None:
        """Writes one line; nothing where it is blank."""
        words = words.strip()
        if words:
            self.items.append(Line(self._write(words), depth, strong))
            self._write("\n")

    def table(self, rows: Sequence[Sequence[Box]]) -> None:
        """Writes a table, a row a line, cells parted by tabs; a merged cell is written once.

        A table of one column is a frame around lines, and they are written as such."""
        grid = spread([[(box, box.columns, box.rows) for box in row] for row in rows])
        if not grid or max(len(row) for row in grid) < 2:
            for box in dict.fromkeys(box for row in grid for box in row if box):
                for words in box.words.split("\n"):
                    self.line(words)
            return
        start = self.size
        cells: dict[Box, Cell] = {}
        made = [self._row(row, cells) for row in grid]
        full = [row for row in made if any(len(cell.span) for cell in row)]
        if full:
            head = " ".join(box.words for row in grid[:_HEAD_ROWS] for box in row if box)
            self.items.append(Table(Span(start, self.size - 1), tuple(full), None, unit(head)))

    def _row(self, row: Sequence[Box | None], cells: dict[Box, Cell]) -> tuple[Cell, ...]:
        made = tuple(self._cell(box, cells) for box in row)
        self._write("\n")
        return made

    def _cell(self, box: Box | None, cells: dict[Box, Cell]) -> Cell:
        if box is None:
            return Cell(Span(self.size, self.size))
        if box not in cells:
            cells[box] = Cell(self._write(box.words.strip()))
            self._write("\t")
        return cells[box]

    def _write(self, words: str) -> Span:
        span = Span(self.size, self.size + len(words))
        self._pieces.append(words)
        self.size = span.end
        return span
