"""Tables without lines: rows of words that stand one below the other, with figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.reader._layer import Slot
from kg.reader._pdf_lines import Printed
from kg.reader._tables import unit

_LEAST = 3  # rows, the head among them
_SPACED = 3.0  # sizes from one row to the next
_HEADS = 3  # rows of a head that may stand in other columns than the figures below
FIGURE = re.compile(r"[-—–/]{1,2}|[-－]?[\d,]+(?:\.\d+)?[%％]?")
_TELLING = re.compile(r"\d[.,]\d|[%％]")  # no numbers of pages


@dataclass(frozen=True, slots=True, eq=False)
class Columned:
    """A table on one page: its first baseline, where its columns begin and the last ends, and its rows."""

    top: float
    xs: tuple[float, ...]
    rows: list[list[Slot]]


def tabled(items: Sequence[Printed | Columned]) -> Iterator[Printed | Columned]:
    """The lines and tables of a page in order, those lines that make a table as one."""
    for _, between in groupby(items, lambda item: isinstance(item, Columned)):
        alike = list(between)
        lines = [item for item in alike if isinstance(item, Printed)]
        yield from _tabled(lines) if lines else alike


def _tabled(lines: Sequence[Printed]) -> Iterator[Printed | Columned]:
    at = 0
    while at < len(lines):
        end = _run(lines, at)
        table, first = _table(lines, at, end)
        yield from lines[at:first]
        if table:
            yield table
            at = end
        else:
            at = first


def _run(lines: Sequence[Printed], at: int) -> int:
    """Where the rows that begin at `at` end; the line after it where that is no row."""
    end = at
    while end < len(lines) and lines[end].parted and (end == at or _below(lines[end - 1], lines[end])):
        end += 1
    return max(end, at + 1)


def _below(before: Printed, line: Printed) -> bool:
    return 0 < line.base - before.base < _SPACED * before.size


def _table(lines: Sequence[Printed], at: int, end: int) -> tuple[Columned | None, int]:
    """The table of the rows up to `end`, and at which line it begins: captions and heads over several
    columns stand above it. Without a table, `end`."""
    for first in range(at, min(at + _HEADS, end - _LEAST + 1)):
        rows = [line.pieces() for line in lines[first:end]]
        columns = _columns(rows)
        if not unit(lines[first].words) and columns and _has_figures(rows):
            placed = [[_slot(row, column) for column in columns] for row in rows]
            return Columned(lines[first].base, (*(left for left, _ in columns), columns[-1][1]), placed), first
    return None, end


def _columns(rows: Sequence[Sequence[Printed]]) -> list[tuple[float, float]]:
    """From where to where each column reaches; none where two pieces of a row are in one."""
    found: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for row in rows for piece in row):
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        else:
            found.append((left, right))
    apart = all(len([p for p in row if left <= p.left <= right]) < 2 for row in rows for left, right in found)
    return found if apart and len(found) > 1 else []


def _has_figures(rows: Sequence[Sequence[Printed]]) -> bool:
    """Whether figures stand beside the first words of the rows below the head."""
    beside = [piece.words for row in rows[1:] for piece in row[1:]]
    figures = [words for words in beside if FIGURE.fullmatch(words)]
    return len(figures) * 2 > len(beside) and any(map(_TELLING.search, figures))


def _slot(row: Sequence[Printed], column: tuple[float, float]) -> Slot:
    piece = next((piece for piece in row if column[0] <= piece.left <= column[1]), None)
    return Slot(piece.words, ink=(piece.ink(0),)) if piece else Slot("")
