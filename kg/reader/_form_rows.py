"""The rows of an indicator table that lost its columns.

A level stands only where it is new and a reason only where there is one, so rows are cut from their end on:
each ends in its points, and there must be one way, and only one, to cut them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from kg.grammar import levels
from kg.reader._form_cells import Cells, is_number, is_stroke
from kg.text import Span
from kg.values import goal, numeral

_LEVELS = ("level1", "level2")
_POINTS = frozenset({"weight", "score"})
_VALUES = frozenset({"operator", "target", "target_unit", "actual", "completion"})
_FORM = frozenset({"project", "code", "office", "sort", "grade", "level1", "level3"})  # titles that open the next form
_NOTE = re.compile(r"[^:]{1,12}:.|[一二三四五六七八九十]{1,2}、")  # 填表人：某某, 说明：…, a chapter: the table is over
_EITHER = "成本指标"  # a first level with levels of its own below it, or one below 产出指标
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Head:
    """The fields of the columns: the levels, what stands from the name to the points, and whether a reason
    may follow."""

    levels: tuple[str, ...]
    core: tuple[str, ...]
    reason: bool

    @property
    def width(self) -> int:
        return len(self.levels) + len(self.core) + self.reason


def head(cells: Cells, at: int) -> Head | None:
    """The head that begins with cell `at`, if it has a name, a target, an actual value and points."""
    fields: list[str] = []
    while (field := cells.field(at + len(fields))) and field not in fields:
        fields.append(field)
    above = tuple(takewhile(_LEVELS.__contains__, fields))
    reason = fields[-1:] == ["deviation_reason"]
    core = tuple(fields[len(above) : len(fields) - reason])
    whole = core[:1] == ("level3",) and _POINTS | {"target", "actual"} <= set(core)
    return Head(above, core, reason) if whole and set(core[1:]) <= _POINTS | _VALUES else None


def read(cells: Cells, at: int) -> tuple[list[list[Span]], int] | None:
    """The head that begins with cell `at` and its rows down to the total, and the first cell after them;
    None where there is no head or more than one way to cut the rows."""
    said = head(cells, at)
    if said is None:
        return None
    first = at + said.width
    stop = _stop(cells, first)
    ways = {stop: 1}  # cell → how many ways lead from it to the end
    nexts: dict[int, int] = {}
    for here in range(stop - 1, first - 1, -1):
        ends = [end for end in _ends(cells, said, here) if ways.get(end)]
        ways[here] = sum(ways[end] for end in ends)
        nexts[here] = ends[0] if ends else here
    if stop == first or ways[first] != 1:
        return None
    rows = [[cells.span(i) for i in range(at, first)]]
    here = first
    while here < stop:
        rows.append(_row(cells, said, here, nexts[here]))
        here = nexts[here]
    total = _total(cells, said, stop)
    return ([*rows, total], stop + 3) if total else (rows, stop)


def _stop(cells: Cells, at: int) -> int:
    """The first cell from `at` on that is no row's: a total, a line of the next form, a note."""
    while text := cells.text(at):
        field = cells.field(at)
        if field in _FORM or (field == "total" and is_number(cells.text(at + 1))) or _NOTE.match(text):
            break
        at += 1
    return at


def _ends(cells: Cells, said: Head, at: int) -> Iterator[int]:
    """Where a row that begins with cell `at` may end: after its points, or after the reason behind them."""
    leading = _leading(cells, said, at)
    if leading is None:
        return
    end = at + leading + len(said.core)
    yield end
    if said.reason and not is_number(cells.text(end)) and not levels.level(cells.text(end)):
        yield end + 1


def _leading(cells: Cells, said: Head, at: int) -> int | None:
    """How many cells before the name of a row are levels; None where no row begins. A name may be a level's
    too (服务对象满意度), but only one place for it leaves the points where they belong."""
    columns = range(at, at + len(said.levels))
    most = sum(1 for _ in takewhile(lambda index: levels.level(cells.text(index)), columns))
    return next((leading for leading in range(most, -1, -1) if _is_core(cells, said, at + leading)), None)


def _is_core(cells: Cells, said: Head, at: int) -> bool:
    """Whether the cells from the name to the points are what their columns want. A number that was reached
    under a target in words is a row moved by a cell."""
    texts = {field: cells.text(at + index) for index, field in enumerate(said.core)}
    named = cells.words(at) and not goal.sign(texts["level3"])
    if not named or not all(texts.values()) or not all(is_number(texts[field]) for field in _POINTS):
        return False
    signed = "operator" not in texts or is_stroke(texts["operator"]) or bool(goal.sign(texts["operator"]))
    moved = _DIGIT.search(texts["actual"]) and not _DIGIT.search(texts["target"])
    return signed and not moved and _points(texts["score"]) <= _points(texts["weight"])


def _points(number: str) -> Decimal:
    return numeral.read(number.rstrip("%")) or Decimal(0)


def _row(cells: Cells, said: Head, at: int, end: int) -> list[Span]:
    """The row's cells in their columns. A level that comes down from the row above is left empty."""
    leading = _leading(cells, said, at) or 0
    given = [_empty(cells.span(at).start)] * len(said.levels)
    for index in range(leading):
        concept = levels.level(cells.text(at + index))
        first = concept is not None and concept.notation == "1" and concept.label != _EITHER
        column = index if leading == len(given) else 0 if first else len(given) - 1
        given[column] = cells.span(at + index)
    rest = [cells.span(index) for index in range(at + leading, end)]
    return [*given, *rest, *[_empty(rest[-1].end)] * (said.width - len(given) - len(rest))]


def _empty(at: int) -> Span:
    return Span(at, at)


def _total(cells: Cells, said: Head, at: int) -> list[Span]:
    """总分 | 100 | 98 under the points; nothing where no total follows."""
    if cells.field(at) != "total" or not is_number(cells.text(at + 2)):
        return []
    before = len(said.levels) + min(said.core.index(field) for field in _POINTS)
    return [*[cells.span(at)] * before, cells.span(at + 1), cells.span(at + 2)]
