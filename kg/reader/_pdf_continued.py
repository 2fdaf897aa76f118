"""Tables that a page has cut in two, and rows that it has cut."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.imprint import Line
from kg.reader._layer import Slot
from kg.reader._lines import END
from kg.reader._pdf_columns import FIGURE, Columned
from kg.reader._pdf_lines import Printed, seam
from kg.reader._pdf_sheet import Sheet
from kg.reader._tagged import spread

_SAME = 5.0  # points by which the columns of a table may move on the next page
_NAMES = 3  # rows of two forms that begin with the same words
_OPEN = 2.0  # sizes that a full line of a cell may end before its border
_GOES_ON = re.compile(r"[（(]?(?:续|续表|接上页|接上表)\d?[）)]?")


Rows = list[list[Slot]]


def joined(pages: Sequence[Sheet]) -> list[Sheet]:
    """Pages on which a table that goes on from the page before is part of it."""
    kept: list[Sheet] = []
    for page in pages:
        items = list(page.items)
        first = next((at for at, item in enumerate(items) if isinstance(item, Columned)), None)
        before = next((sheet.items for sheet in reversed(kept) if sheet.items), [])
        if first is not None and before and isinstance(table := before[-1], Columned):
            more = items[first]
            if isinstance(more, Columned) and _repeats(items[:first], before[:-1]) and (both := _one(table, more)):
                before[-1] = both
                items = items[first + 1 :]
        kept.append(replace(page, items=items))
    return kept


def _repeats(above: Sequence[Printed | Columned], before: Sequence[Printed | Columned]) -> bool:
    """Whether the lines above a table say nothing but what stood above its beginning."""
    said = {_GOES_ON.sub("", item.words) for item in before if isinstance(item, Printed)}
    return all(isinstance(item, Printed) and _GOES_ON.sub("", item.words) in said | {""} for item in above)


def _one(table: Columned, more: Columned) -> Columned | None:
    """Both as one table, None where they do not stand in the same frame. A form's lower half may have
    columns that its upper half has not."""
    if max(abs(table.xs[0] - more.xs[0]), abs(table.xs[-1] - more.xs[-1])) > _SAME:
        return None
    added = [x for x in more.xs if all(abs(x - known) > _SAME for known in table.xs)]
    same = _head(table.rows, more.rows)
    alike = not added and len(more.xs) == len(table.xs)
    if len(more.xs) - len(added) < min(3, len(table.xs), len(more.xs)) or (same and not alike):
        return None
    if _is_next(table.rows[same:], more.rows[same:]):
        return None
    xs = tuple(sorted((*table.xs, *added)))
    return Columned(table.top, xs, _rows(_placed(table, xs), _placed(more, xs)[same:], xs))


def _head(rows: Rows, more: Rows) -> int:
    """How many rows of both begin them alike: the head of a table stands on every page."""
    same = 0
    while same < min(len(rows), len(more)) and _words(rows[same]) == _words(more[same]):
        same += 1
    return same


def _is_next(rows: Rows, more: Rows) -> bool:
    """Whether both are forms of their own, one after the other, with the same names before their blanks."""
    names = [
        ("".join(row[:1]), "".join(below[:1])) for row, below in zip(map(_words, rows), map(_words, more), strict=False)
    ]
    first = names[:_NAMES]
    return len({name for name, again in first if name and name == again}) == _NAMES


def _placed(table: Columned, xs: Sequence[float]) -> Rows:
    """The rows of `table` with the columns that each cell covers counted between the lines `xs`."""
    places = [bisect_left(xs, x - _SAME) for x in table.xs]
    if places == list(range(len(xs))):
        return table.rows
    rows: Rows = [[] for _ in table.rows]
    seen: set[Slot] = set()
    for row, line in zip(rows, _grid(table.rows), strict=True):
        for column, slot in enumerate(line):
            if slot is not None and slot not in seen:
                seen.add(slot)
                row.append(replace(slot, columns=places[column + slot.columns] - places[column]))
    return rows


def _grid(rows: Rows) -> list[list[Slot | None]]:
    return spread([[(slot, slot.columns, slot.rows) for slot in row] for row in rows])


def _rows(rows: Rows, more: Rows, xs: Sequence[float]) -> Rows:
    """The rows of both; a row or a merged cell that the page has cut goes on below."""
    if not more:
        return rows
    above = _last(rows, len(xs) - 1)
    if _is_cut(above, more[0], xs):
        rows, more = _mended(rows, above, more[0]), more[1:]
        above = _last(rows, len(xs) - 1)
    return _merged(rows, above, more) if more else rows


def _last(rows: Rows, width: int) -> list[Slot | None]:
    """What stands in each column of the last row; above a row of all columns nothing reaches down to it."""
    whole = next((at for at in range(len(rows) - 1, 0, -1) if sum(slot.columns for slot in rows[at]) == width), 0)
    return _grid(rows[whole:])[-1]


def _words(row: Sequence[Slot]) -> list[str]:
    return ["".join(slot.words.split()) for slot in row]


def _is_cut(above: Sequence[Slot | None], row: Sequence[Slot], xs: Sequence[float]) -> bool:
    """Whether `row` is the rest of the row above it: all that it says goes on with full lines of words, and
    it has not as much to say."""
    column, goes_on, silent = 0, 0, 0
    for slot in row:
        over = above[column] if column < len(above) else None
        right = xs[min(column + slot.columns, len(xs) - 1)]
        column += slot.columns
        if over is None or over.columns != slot.columns or slot.rows != 1:
            return False
        if not slot.words:
            silent += bool(over.words) and over.rows == 1
        elif over.rows != 1 or FIGURE.fullmatch(slot.words) or not _is_open(over, right):
            return False
        else:
            goes_on += 1
    return 0 < goes_on < silent + goes_on


def _is_open(slot: Slot, right: float) -> bool:
    """Whether the words of a cell that ends at `right` may go on below."""
    if not slot.words or not slot.ink or END.search(slot.words[-8:]) or FIGURE.fullmatch(slot.words):
        return False
    last = slot.ink[-1]
    return isinstance(last, Line) and last.edges[-1] >= right - _OPEN * (last.bottom - last.top)


def _mended(rows: Rows, above: Sequence[Slot | None], row: Sequence[Slot]) -> Rows:
    """`rows` with what `row` says at the end of the cells of the last."""
    made, column = list(rows[-1]), 0
    for slot in row:
        over = above[column]
        column += slot.columns
        if slot.words and over in made:
            glue = seam(over.words, slot.words)
            ink = (*over.ink, *(mark.moved(len(over.words + glue)) for mark in slot.ink))
            made[made.index(over)] = replace(over, words=over.words + glue + slot.words, ink=ink)
    return [*rows[:-1], made]


def _merged(rows: Rows, above: Sequence[Slot | None], more: Rows) -> Rows:
    """One table of both; a merged cell at the head of the rows that the page has cut goes on below."""
    made, first, column = list(rows), list(more[0]), 0
    for slot in more[0]:
        cut = above[column] if column < len(above) else None
        if slot.words or cut is None or not cut.words or cut.rows < 2 or cut.columns != slot.columns:
            break
        at = next(at for at in range(len(rows) - 1, -1, -1) if cut in made[at])
        longer = replace(cut, rows=len(rows) - at + slot.rows)
        made[at] = [longer if one is cut else one for one in made[at]]
        first.remove(slot)
        column += slot.columns
    return [*made, first, *more[1:]]
