"""Forms that lost their columns: 项目支出绩效自评表 and 基础数据表 with one cell a line and no tabs.

Copies of web pages and PDF files leave them. Merged cells are gone, so no two rows need be of one length;
what tells them apart is known titles, levels of the vocabulary, and rows of indicators that end in points.
Only what fits whole is believed: where a row shows no order, its numbers stay unread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, takewhile

from kg.grammar import heads
from kg.reader import _form_rows
from kg.reader._form_cells import Cells, is_number, is_stroke
from kg.reader._lines import Row
from kg.text import Span

_ANSWERED = frozenset({"project", "code", "office", "sort", "grade"})  # titles that one answer follows
_OPENERS = _ANSWERED | {"level1", "level3"}
_MONEY = frozenset({"budget", "spent", "rate", "weight", "score"})
_DIMENSIONS = "指标"  # in the corner of a table of points that lies on its side
_SUMS = frozenset({"budget", "spent"})
_SOURCE = re.compile(r"(?:资金|拨款|收入|结转|结余):?$")  # 上年结转资金 may have no numbers
_LEAST, _MOST = 3, 12  # titles of money side by side that make a head
_OPENING = 120  # characters of a line, blanks too, that may be a title or a label
_BEFORE = 24  # cells of a form before its first table
_EMPTY = 6  # labels without numbers before the next row
_GOALS = 40  # cells of what is aimed at and was reached
_YEARLY = re.compile(
    r"(?:19|20)\d{2}年?度?(?:年初|年末|实际|全年|调整)?(?:决算|预算|执行|支出|在职|供养|实有)[^\d。，；]{0,8}"
)
_STAFF = frozenset({"编制数", "控制率", "实际在职人数", "在职人数"})


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows read from a stretch of cells and the first cell after it; `strong` says that they prove a form."""

    rows: list[list[Span]]
    after: int
    strong: bool = False


def rows(text: str, lines: Sequence[Row], at: int) -> tuple[list[list[Span]], int] | None:
    """The rows of the form that begins with line `at`, merged cells filled in, and the index of the line
    after them; None where none does."""
    if lines[at].end - lines[at].start > _OPENING or not _opens(cells := Cells(text, lines, at)):
        return None
    found: list[list[Span]] = []
    here, strong = 0, False
    while (strong or here < _BEFORE) and (block := _block(cells, here)):
        found += block.rows
        here, strong = block.after, strong or block.strong
    return (found, cells.line(here - 1) + 1) if strong else None


def _opens(cells: Cells) -> bool:
    """Whether a form may begin here: with a known title, or with words over known columns."""
    known = cells.field(0) in _OPENERS or _is_column(cells.text(0)) or cells.text(0) == _DIMENSIONS
    return known or (cells.words(0) and all(_is_column(cells.text(at)) for at in range(1, _LEAST + 1)))


def _block(cells: Cells, at: int) -> _Block | None:
    """What stands next in the form."""
    return (
        _indicators(cells, at) or _sideways(cells, at) or _money(cells, at) or _goals(cells, at) or _answer(cells, at)
    )


def _indicators(cells: Cells, at: int) -> _Block | None:
    """A table of indicators; 绩效指标 may stand beside the whole of it."""
    found = _form_rows.read(cells, at + (cells.field(at) == "sort"))
    return _Block(*found, strong=True) if found else None


def _sideways(cells: Cells, at: int) -> _Block | None:
    """指标, the dimensions, 权重 and a number for each, 得分 and a number for each."""
    if cells.text(at) != _DIMENSIONS:
        return None
    width = next((n for n in range(_LEAST, _MOST) if cells.field(at + n) == "weight"), 0)
    starts = (at, at + width, at + 2 * width)
    whole = width and cells.field(starts[2]) == "score" and all(_numbers(cells, s + 1) >= width - 1 for s in starts[1:])
    if not whole or not all(cells.words(at + i) for i in range(width)):
        return None
    return _Block([[cells.span(s + i) for i in range(width)] for s in starts], starts[2] + width, strong=True)


def _answer(cells: Cells, at: int) -> _Block | None:
    """项目名称 and, below it, the name."""
    told = cells.field(at) in _ANSWERED and cells.words(at + 1) and not cells.field(at + 1)
    return _Block([[cells.span(at), cells.span(at + 1)]], at + 2) if told else None


def _goals(cells: Cells, at: int) -> _Block | None:
    """年度总体目标 over 预期目标 and 实际完成情况: a paragraph each. Where there are more, nobody can say
    which is whose, and they stay together."""
    if cells.field(at) != "sort" or cells.field(at + 2) != "actual" or not cells.words(at + 1):
        return None
    first = at + 3
    end = next((i for i in range(first, first + _GOALS) if _form_rows.head(cells, i)), first)
    end -= end > first and cells.field(end - 1) == "sort"
    if end == first:
        return None
    said = [cells.span(i) for i in range(first, end)]
    told = said if len(said) == 2 else [Span(said[0].start, said[-1].end)] * 2
    titles = [cells.span(i) for i in range(at, first)]
    return _Block([titles, [titles[0], *told]], end)


def _is_column(words: str) -> bool:
    """Whether `words` (folded) head a column of money, points or staff."""
    return heads.field_of(words) in _MONEY or words in _STAFF or bool(_YEARLY.fullmatch(words))


def _money(cells: Cells, at: int) -> _Block | None:
    """A head of columns, with or without the corner over its labels, and rows of so many numbers; one row
    without a label is of what the corner says."""
    corner = 0 if _is_column(cells.text(at)) else 1
    first = at + corner
    run = sum(1 for _ in takewhile(lambda i: _is_column(cells.text(i)), range(first, first + _MOST)))
    # 年度资金总额 is a title too: the first row tells where the head ends.
    widths = range(run, _LEAST - 1, -1) if not corner or cells.words(at) else ()
    width = next((n for n in widths if _is_row(cells, first + n, n) or (corner and _numbers(cells, first + n) == n)), 0)
    if not width:
        return None
    over = cells.span(at) if corner else Span(cells.span(first).start, cells.span(first).start)
    made = [[over, *(cells.span(first + i) for i in range(width))]]
    here = first + width
    if corner and _numbers(cells, here) == width:
        made.append([over, *(cells.span(here + i) for i in range(width))])
        here += width
    sums = sum(1 for _ in takewhile(lambda i: cells.field(i) in _SUMS, range(first, first + width)))
    while cells.words(here):
        numbers = _numbers(cells, here + 1)
        if numbers == width:
            made.append([cells.span(here + i) for i in range(width + 1)])
        elif numbers == sums and sums > 1:  # 其中：财政拨款 | 48 | 48 | 46, and no points
            last = cells.span(here + numbers).end
            made.append([*(cells.span(here + i) for i in range(numbers + 1)), *[Span(last, last)] * (width - numbers)])
        elif not numbers and not (_SOURCE.search(cells.text(here)) or _goes_on(cells, here + 1, width)):
            break
        here += 1 + numbers
    return _Block(made, here, strong=True) if len(made) > 1 else None


def _goes_on(cells: Cells, at: int, width: int) -> bool:
    """Whether a row follows labels without numbers: 其中：, or the lines of a list that stayed empty."""
    empty = takewhile(
        lambda i: cells.words(i) and not cells.field(i) and not _is_column(cells.text(i)), range(at, at + _EMPTY)
    )
    return any(_is_row(cells, here, width) for here in empty)


def _is_row(cells: Cells, at: int, width: int) -> bool:
    """Whether a label and so many numbers begin here."""
    return cells.words(at) and _numbers(cells, at + 1) == width


def _numbers(cells: Cells, at: int) -> int:
    """How many cells from `at` on are numbers or strokes."""
    return sum(1 for _ in takewhile(lambda i: is_number(cells.text(i)) or is_stroke(cells.text(i)), count(at)))
