"""From printed pages to lines and tables as writers meant them: what pages have cut is put together,
what pages have added is left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg import numbering
from kg.reader import _pdf_continued, _pdf_running
from kg.reader._layer import Layer
from kg.reader._lines import END
from kg.reader._pdf_columns import Columned, tabled
from kg.reader._pdf_lines import Printed, joined
from kg.reader._pdf_sheet import Sheet

_SHORT = 1.5  # sizes that an ordinary line may end before the margin
_INDENT = 1.2  # sizes by which a paragraph begins further in
_SPACED = 2.6  # sizes from one line of a paragraph to the next
_LARGER = 1.15  # times the commonest size: a heading
_STRONG = 60  # characters of the longest line whose look makes it a heading
_LEADER = re.compile(r"[.．…·]{3,}\s?\d{0,3}$")  # an entry of a list of contents
_MARKS = "，。、；：）》”’！？,.;:)!?％%"
# What stays together: a number, a bracket with what it opens, a sign with what stands before it.
_WORD = re.compile(rf"[（(《“‘]*(?:[0-9A-Za-z.,+-]+|\S)[{_MARKS}]*")


@dataclass(frozen=True, slots=True)
class _Column:
    """Where lines begin and end: between the margins of a page, or in a column of it."""

    left: float
    right: float
    middle: float


def write(layer: Layer, sheets: Sequence[Sheet]) -> None:
    """All pages into the text layer."""
    whole = [replace(page, items=[*tabled(page.items)]) for page in _pdf_running.without(sheets)]
    pages = _pdf_continued.joined(whole)
    columns = _columns(pages)
    common = _common(item.size for page in pages for item in page.items if isinstance(item, Printed))
    paragraph: list[Printed] = []
    column = _Column(0, 0, 0)

    def close() -> None:
        if paragraph:
            words, ink = joined(paragraph, lambda _: True)
            layer.line(words, strong=_strong(paragraph, words, column, common), ink=ink)
            paragraph.clear()

    for page in pages:
        for item in page.items:
            if isinstance(item, Columned):
                close()
                layer.table(item.rows)
                continue
            own = columns.get((round(page.width), item.column), _Column(0, page.width, page.width / 2))
            if paragraph and not _goes_on(paragraph, column, item, own):
                close()
            paragraph.append(item)
            column = own
    close()


def _columns(pages: Sequence[Sheet]) -> dict[tuple[int, int], _Column]:
    """Those of pages of each width, by their number on the page, 0 for the whole page."""
    found: dict[tuple[int, int], list[Printed]] = defaultdict(list)
    for page in pages:
        for item in page.items:
            if isinstance(item, Printed) and item.right - item.left > page.width / (4 if item.column else 2):
                found[round(page.width), item.column].append(item)
    made = {}
    for (width, column), long in found.items():
        begins = Counter(round(line.left) for line in long)
        left = min(place for place, times in begins.items() if times * 10 >= len(long))
        ends = sorted(map(_end, long))
        right = ends[len(ends) * 9 // 10]
        made[width, column] = _Column(left, right, (left + right) / 2 if column else width / 2)
    return made


def _end(line: Printed) -> float:
    """Where the words of `line` end; marks after them may hang over the margin."""
    return line.edges[len(line.words.rstrip(_MARKS)) or -1]


def _common(sizes: Iterable[float]) -> float:
    (size, _), *_ = Counter(round(size, 1) for size in sizes).most_common(1) or [(0.0, 0)]
    return size


def _goes_on(paragraph: Sequence[Printed], column: _Column, line: Printed, own: _Column) -> bool:
    """Whether `line`, in the column `own`, goes on with the paragraph: the line before fills its `column`
    and this one is not indented."""
    before = paragraph[-1]
    size = before.size
    if _differs(before, line) or _LEADER.search(before.words) or line.base - before.base > _SPACED * size:
        return False
    centred = before.page == line.page and _is_centred(before, column) and _is_centred(line, own)
    if centred and numbering.read(before.words, 0):  # a heading that fills two lines
        return not numbering.read(line.words, 0)
    if before.right < column.right - _SHORT * size - _first_word(line) or line.left > own.left + _INDENT * size:
        return False
    if before.parted or line.parted:
        return False
    if numbering.read(line.words, 0) and END.search(before.words[-8:]):
        return False
    stop = END.search(before.words[-8:])
    if stop is None or paragraph[0].left > column.left + _INDENT * size:
        return True
    return stop.group()[0] in "：:；;" and before.right > column.right - size  # 下属单位3个：⏎X站、Y站


def _differs(before: Printed, line: Printed) -> bool:
    """Whether the type is another; a line of figures alone does not tell."""
    return before.han and line.han and abs(line.size - before.size) > 0.15 * before.size


def _first_word(line: Printed) -> float:
    """How much further in a line may end because the first word of the next found no room on it."""
    word = _WORD.match(line.words)
    return sum(line.size * (0.55 if char.isascii() else 1) for char in word.group()[1:]) if word else 0.0


def _strong(paragraph: Sequence[Printed], words: str, column: _Column, common: float) -> bool:
    """A heading by its look: one short line in the middle of the page, or in larger letters."""
    line = paragraph[0]
    if len(words) > _STRONG or END.search(words[-8:]):
        return False
    if _is_centred(line, column) and line.left > column.left + 2.5 * line.size:
        return True
    return len(paragraph) == 1 and line.size > _LARGER * common


def _is_centred(line: Printed, column: _Column) -> bool:
    return abs(line.left + line.right - 2 * column.middle) < 2 * line.size
