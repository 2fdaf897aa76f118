"""Where the words of a text layer stand in the file itself: in boxes on its pages, in cells of its sheets.

The text layer of a PDF or a workbook is made by its reader; people look at the page or the sheet. An
imprint leads from the one to the other and is kept beside the layer.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar


class Box(NamedTuple):
    """A rectangle on a page: `page` from 1, the rest in points (1/72 inch) from the top left corner of
    the page as it is read, its text upright."""

    page: int
    left: float
    top: float
    width: float
    height: float


class Line(NamedTuple):
    """The characters from `start` as one printed line: the first stands between `edges[0]` and `edges[1]`."""

    start: int
    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.edges) - 1

    @property
    def box(self) -> Box:
        left, width = self.edges[0], self.edges[-1] - self.edges[0]
        return Box(self.page, left, self.top, round(width, 1), round(self.bottom - self.top, 1))

    def moved(self, by: int) -> Line:
        return Line(self.start + by, self.page, self.top, self.bottom, self.edges)

    def cut(self, start: int, end: int) -> Line:
        """What of it stands from `start` up to `end`."""
        first, last = max(start, self.start), min(end, self.end)
        return self._replace(start=first, edges=self.edges[first - self.start : last - self.start + 1])


class SheetCell(NamedTuple):
    """The characters `start` up to `end` are those of the cell at `address` (收支总表!B3)."""

    start: int
    end: int
    address: str

    def moved(self, by: int) -> SheetCell:
        return SheetCell(self.start + by, self.end + by, self.address)

    def cut(self, start: int, end: int) -> SheetCell:
        """What of it stands from `start` up to `end`."""
        return SheetCell(max(start, self.start), min(end, self.end), self.address)


Anchor = Line | SheetCell
_One = TypeVar("_One", Line, SheetCell)


@dataclass(frozen=True, slots=True)
class Imprint:
    """`pages` are the width and height of each in points; `lines` and `cells` are in order, none in another."""

    pages: tuple[tuple[float, float], ...] = ()
    lines: tuple[Line, ...] = field(default=(), repr=False)
    cells: tuple[SheetCell, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.lines or self.cells)

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """One box for each printed line that has characters of `start` up to `end`."""
        return tuple(line.cut(start, end).box for line in _between(self.lines, start, end))

    def addresses(self, start: int, end: int) -> tuple[str, ...]:
        """The cells that have characters of `start` up to `end`."""
        return tuple(cell.address for cell in _between(self.cells, start, end))


NONE = Imprint()


def _between(anchors: tuple[_One, ...], start: int, end: int) -> Sequence[_One]:
    if not anchors:
        return ()
    first = max(bisect_right(anchors, start, key=lambda anchor: anchor.start) - 1, 0)
    last = bisect_right(anchors, end - 1, key=lambda anchor: anchor.start)
    return [anchor for anchor in anchors[first:last] if anchor.end > start]


def to_bytes(imprint: Imprint) -> bytes:
    """For keeping: JSON, packed; the same imprint gives the same bytes."""
    value = {"pages": imprint.pages, "lines": imprint.lines, "cells": imprint.cells}
    return gzip.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def from_bytes(data: bytes) -> Imprint:
    """What `to_bytes` wrote. ValueError where it is something else."""
    try:
        value = json.loads(gzip.decompress(data))
        lines = (Line(start, page, top, bottom, tuple(edges)) for start, page, top, bottom, edges in value["lines"])
        pages = tuple((width, height) for width, height in value["pages"])
        return Imprint(pages, tuple(lines), tuple(SheetCell(*cell) for cell in value["cells"]))
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise ValueError("not an imprint") from error
