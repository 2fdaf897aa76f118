"""Ruled tables: cells from the lines that are drawn around them.

Where a line is missing between two places, they are one cell: heads that span columns, names that
span rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.reader._pdf_page import Glyph, Rule

_NEAR = 3.0  # points; lines that are closer are one
_SHORTEST = 6.0  # points of a line
_MOST = 400_000  # places where lines of a page may cross
_MOST_PLACES = 100_000  # of one table


class Field(NamedTuple):
    """A cell: its first column and row, and how many it covers."""

    column: int
    row: int
    columns: int
    rows: int


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """`xs` and `ys` are the lines; `fields` the cells by the place (row, column) of each corner they cover."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    fields: dict[tuple[int, int], Field]

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def width(self, field: Field) -> float:
        return self.xs[field.column + field.columns] - self.xs[field.column]

    def find(self, glyph: Glyph) -> Field | None:
        """The cell that a glyph is printed in."""
        column = bisect_right(self.xs, (glyph.left + glyph.right) / 2) - 1
        row = bisect_right(self.ys, glyph.base - glyph.size / 4) - 1
        return self.fields.get((row, column))


def grids(across: Sequence[Rule], down: Sequence[Rule]) -> list[Grid]:
    """The tables that level lines `across` and upright lines `down` make, inner ones first."""
    level, upright = _merged(across), _merged(down)
    if not level or not upright or len(level) * len(upright) > _MOST:
        return []
    found = [grid for flat, tall in _touching(level, upright) if (grid := _grid(flat, tall))]
    return sorted(found, key=lambda grid: grid.area)


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Lines as seen: pieces in a row are one line, lines drawn side by side are one line."""
    tracks: list[list[Rule]] = []
    for rule in sorted(rules):
        if tracks and rule.at - tracks[-1][0].at <= _NEAR:
            tracks[-1].append(rule)
        else:
            tracks.append([rule])
    made: list[Rule] = []
    for track in tracks:
        at = sum([rule.at for rule in track]) / len(track)
        pieces = sorted([(rule.start, rule.end) for rule in track])
        begin, reached = pieces[0]
        for start, end in (*pieces, (float("inf"), 0.0)):
            if start > reached + _NEAR:
                if reached - begin >= _SHORTEST:
                    made.append(Rule(at, begin, reached))
                begin, reached = start, end
            elif end > reached:
                reached = end
    return made


def _touching(level: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that touch, directly or through others."""
    places = [line.at for line in upright]  # in order, as merged
    meets = [
        [
            index
            for index in range(bisect_left(places, rule.start - _NEAR), bisect_right(places, rule.end + _NEAR))
            if upright[index].start - _NEAR <= rule.at <= upright[index].end + _NEAR
        ]
        for rule in level
    ]
    crossing: list[list[int]] = [[] for _ in upright]
    for place, lines in enumerate(meets):
        for line in lines:
            crossing[line].append(place)
    left = set(range(len(level)))
    while left:
        flat, tall, waiting = set[int](), set[int](), [left.pop()]
        while waiting:
            place = waiting.pop()
            flat.add(place)
            for line in meets[place]:
                if line not in tall:
                    tall.add(line)
                    fresh = left.intersection(crossing[line])
                    left -= fresh
                    waiting += fresh
        yield [level[place] for place in flat], [upright[line] for line in tall]


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    """Sides that are not drawn are where the lines end."""
    xs = _marks([rule.at for rule in upright] + [end for rule in level for end in (rule.start, rule.end)])
    ys = _marks([rule.at for rule in level] + [end for rule in upright for end in (rule.start, rule.end)])
    columns, rows = len(xs) - 1, len(ys) - 1
    if len(level) < 2 or not upright or columns < 2 or rows < 1 or columns * rows > _MOST_PLACES:
        return None
    right = _walls(upright, xs, ys)  # (column line, row)
    below = _walls(level, ys, xs)  # (row line, column)
    fields: dict[tuple[int, int], Field] = {}
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in fields:
                field = _field(row, column, rows, columns, right, below, fields)
                for line in range(row, row + field.rows):
                    for beside in range(column, column + field.columns):
                        fields[line, beside] = field
    return Grid(xs, ys, fields)


def _field(
    row: int,
    column: int,
    rows: int,
    columns: int,
    right: set[tuple[int, int]],
    below: set[tuple[int, int]],
    taken: dict[tuple[int, int], Field],
) -> Field:
    """The cell that begins at a place: to the right up to a line, then down up to one."""
    wide = 1
    while column + wide < columns and (column + wide, row) not in right and (row, column + wide) not in taken:
        wide += 1
    high = 1
    while row + high < rows and not any((row + high, c) in below for c in range(column, column + wide)):
        inside = range(column + 1, column + wide)
        closed = (column + wide == columns or (column + wide, row + high) in right) and (
            column == 0 or (column, row + high) in right
        )
        if not closed or any((c, row + high) in right for c in inside):
            break
        high += 1
    return Field(column, row, wide, high)


def _marks(places: list[float]) -> tuple[float, ...]:
    made: list[float] = []
    for place in sorted(places):
        if not made or place - made[-1] > _NEAR:
            made.append(place)
    return tuple(made)


def _walls(rules: list[Rule], own: tuple[float, ...], other: tuple[float, ...]) -> set[tuple[int, int]]:
    """Which stretches between the `other` lines each rule closes."""
    walls: set[tuple[int, int]] = set()
    for rule in rules:
        line = min(max(bisect_right(own, rule.at + _NEAR) - 1, 0), len(own) - 1)
        first = max(bisect_right(other, rule.start + _NEAR) - 1, 0)
        for place in range(first, len(other) - 1):
            middle = (other[place] + other[place + 1]) / 2
            if middle > rule.end:
                break
            if middle >= rule.start:
                walls.add((line, place))
    return walls
