"""Tables whose cells bars part, as extractors of web pages leave them: 一级指标 | 二级指标 | 三级指标 | |.

A row has no bar before it, a cell that is merged from above or from the left is not there at all, and bars behind
the row make up for it. A break within a cell breaks the line: rows are counted by their bars. Where a head says
what its columns are, the cells that are there find theirs again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kg.grammar import heads, levels
from kg.grammar.lexicon import folded
from kg.reader._lines import Row
from kg.text import Span

_LEAST = 3  # lines
_LONGEST = 3000  # characters of a row
_LEVELS = ("level1", "level2")
_MONEY = frozenset({"budget", "spent", "rate", "weight", "score"})
_EITHER = "成本指标"  # a first level with levels of its own below it, or one below 产出指标
_OVER = 2  # titles of money or of indicators that make a head


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the columns of a head begin: that of the name under the levels, or that of the first sum."""

    fields: tuple[str, ...]
    first: int


def rows(text: str, lines: Sequence[Row], at: int) -> tuple[list[list[Span]], int] | None:
    """The rows of the table that begins with line `at`, merged cells left empty at their place, and the index of
    the line after them; None where none does."""
    if "|" not in text[lines[at].start : lines[at].end] or text.startswith("|", lines[at].start):
        return None
    stretch = list(takewhile(lambda line: text.find("|", line.start, line.end) >= 0, lines[at:]))
    bars = Counter(text.count("|", line.start, line.end) for line in stretch)
    width = max(bars, key=lambda count: (bars[count], count))
    if len(stretch) < _LEAST or width < 2:
        return None
    found: list[list[Span]] = []
    head: _Head | None = None
    after = at
    for cells, end in _counted(text, lines, at, width, at + len(stretch)):
        own = [cell for cell in cells if len(cell)]
        if head and len(own) == 1 and cells[0] == own[0]:
            break  # the caption of the next table
        head = _head(text, cells) or head
        found.append(_placed(text, cells, head) if head else cells)
        after = end
    return (found, after) if len(found) >= _LEAST else None


def _counted(text: str, lines: Sequence[Row], at: int, width: int, stop: int) -> Iterator[tuple[list[Span], int]]:
    """Rows of `width` bars and the line after each; lines are taken together until they have so many."""
    start = bars = 0
    for index in range(at, stop):
        start = lines[index].start if not bars else start
        bars += text.count("|", lines[index].start, lines[index].end)
        if bars > width or lines[index].end - start > _LONGEST:
            return
        if bars == width:
            yield list(_split(text, start, lines[index].end)), index + 1
            bars = 0


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """The cells between bars; what stands behind the last bar only where it says anything."""
    while start <= end:
        stop = text.find("|", start, end)
        last = stop < 0
        stop = end if last else stop
        words = text[start:stop]
        first = start + len(words) - len(words.lstrip())
        if not last or words.strip():
            yield Span(first, max(first, start + len(words.rstrip())))
        start = stop + 1


def _field(text: str, cell: Span) -> str:
    return heads.field_of(folded(text[cell.start : cell.end])) if 0 < len(cell) <= _LONGEST else ""


def _head(text: str, cells: Sequence[Span]) -> _Head | None:
    """The head that a row is: of indicators (三级指标 and a target or a value), or of money."""
    fields = tuple(_field(text, cell) for cell in cells)
    if "level3" in fields and {"target", "actual"} & set(fields):
        return _Head(fields, fields.index("level3"))
    money = [index for index, field in enumerate(fields) if field in _MONEY]
    return _Head(fields, money[0]) if len(money) > _OVER and money[0] > 0 else None


def _placed(text: str, cells: list[Span], head: _Head) -> list[Span]:
    """The cells of a row under `head` in its columns: levels in theirs, then the rest from the name or the first
    sum on; none of a row that has more than fit, for nobody can say which is which."""
    own = cells[: max((i for i, cell in enumerate(cells, start=1) if len(cell)), default=0)]
    if len(own) == len(cells) or tuple(_field(text, cell) for cell in cells) == head.fields:
        return cells
    leading = _leading(text, own, head)
    rest = own[len(leading) :]
    empty = Span(cells[-1].end, cells[-1].end)
    if len(rest) > len(cells) - head.first:
        return [empty] * len(cells)
    placed = [Span(cells[0].start, cells[0].start)] * head.first
    for cell, column in zip(reversed(leading), reversed(_columns(text, leading, head)), strict=False):
        placed[column] = cell
    return [*placed, *rest, *[empty] * (len(cells) - head.first - len(rest))]


def _leading(text: str, own: Sequence[Span], head: _Head) -> Sequence[Span]:
    """The cells before the name or the first sum: up to the last that is a level, or the one label of a sum."""
    if head.fields[head.first] != "level3":
        return own[:1]
    known = len([field for field in _LEVELS if field in head.fields])
    return own[: max((i for i, cell in enumerate(own[:known], start=1) if _level(text, cell)), default=0)]


def _level(text: str, cell: Span) -> bool:
    return bool(levels.level(folded(text[cell.start : cell.end])))


def _columns(text: str, leading: Sequence[Span], head: _Head) -> list[int]:
    """The columns of the cells before the name or the first sum: 一级指标 and 二级指标, or the one label."""
    known = [head.fields.index(field) for field in _LEVELS if field in head.fields]
    if not known or not leading:
        return [head.first - 1] * len(leading)
    if len(leading) == len(known):
        return known
    concept = levels.level(folded(text[leading[0].start : leading[0].end]))
    first = concept is not None and concept.notation == "1" and concept.label != _EITHER
    return [known[0] if first else known[-1]]
