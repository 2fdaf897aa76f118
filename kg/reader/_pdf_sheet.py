"""A page read: its lines and its ruled tables, from the top down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.reader._layer import Slot
from kg.reader._pdf_columns import Columned
from kg.reader._pdf_grid import Field, Grid, grids
from kg.reader._pdf_lines import Inked, Printed, in_columns, joined, lines
from kg.reader._pdf_page import Glyph, Page


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What stands on a page of this size in points, in order."""

    width: float
    height: float
    items: list[Printed | Columned]


def sheet(page: Page) -> Sheet:
    """The glyphs of `page` in its tables' cells, the others on lines."""
    found = grids(page.across, page.down)
    inside: dict[Grid, dict[Field, list[Glyph]]] = {grid: defaultdict(list) for grid in found}
    outside: list[Glyph] = []
    for glyph in page.glyphs:
        for grid, cells in inside.items():
            if field := grid.find(glyph):
                cells[field].append(glyph)
                break
        else:
            outside.append(glyph)
    tables = [_ruled(grid, cells, page.number) for grid, cells in inside.items() if cells]
    printed = lines(outside, page.number) if tables else in_columns(outside, page.number, page.width)
    return Sheet(page.width, page.height, sorted([*printed, *tables], key=_height) if tables else [*printed])


def _height(item: Printed | Columned) -> float:
    return item.base if isinstance(item, Printed) else item.top


def _ruled(grid: Grid, cells: dict[Field, list[Glyph]], page: int) -> Columned:
    rows: list[list[Slot]] = [[] for _ in range(len(grid.ys) - 1)]
    for field in sorted(set(grid.fields.values()), key=lambda field: (field.row, field.column)):
        words, ink = _cell(lines(cells[field], page), grid.width(field)) if field in cells else ("", ())
        rows[field.row].append(Slot(words, field.columns, field.rows, ink))
    return Columned(grid.ys[0], grid.xs, rows)


def _cell(printed: Sequence[Printed], width: float) -> Inked:
    """The words of a cell `width` points wide; a line that fills it goes on in the next."""
    return joined(printed, lambda line: line.right - line.left >= width - 2 * line.size)
