"""Merged cells: which cell covers how many rows and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.blocks import ABOVE, BEFORE


def spans(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, int, int, str]]:
    """Row, column, height, width and text of each cell that is not merged into another."""
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text in (ABOVE, BEFORE):
                continue
            width = 1
            while x + width < len(row) and row[x + width] == BEFORE:
                width += 1
            height = 1
            while y + height < len(rows) and rows[y + height][x] == ABOVE:
                height += 1
            yield y, x, height, width, text
