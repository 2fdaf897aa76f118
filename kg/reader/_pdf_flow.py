"""From printed pages to lines and tables as writers meant them: what pages have cut is put together,
what pages have added is left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg import numbering
from kg.imprint import Line
from kg.reader._layer import Layer, Slot
from kg.reader._lines import END, is_page_number
from kg.reader._pdf_columns import Columned, tabled
from kg.reader._pdf_grid import Field, Grid, grids
from kg.reader._pdf_lines import Printed, in_columns, lines
from kg.reader._pdf_page import Glyph, Page
from kg.reader._tagged import spread

_EDGE = 0.1  # of the page's height: where headers, footers and page numbers stand
_SHARE = 0.6  # of the pages, on which a header stands
_LEAST = 4  # pages, before a line that comes again is a header
_SHORT = 1.5  # sizes that an ordinary line may end before the margin
_INDENT = 1.2  # sizes by which a paragraph begins further in
_SPACED = 2.6  # sizes from one line of a paragraph to the next
_LARGER = 1.15  # times the commonest size: a heading
_STRONG = 60  # characters of the longest line whose look makes it a heading
_SAME = 5.0  # points by which the columns of a table may move on the next page
_LEADER = re.compile(r"[.．…·]{3,}\s?\d{0,3}$")  # an entry of a list of contents
_GOES_ON = re.compile(r"[（(]?(?:续|续表|接上页|接上表)\d?[）)]?")
# What stays together: a number, a bracket with what it opens, a sign with what stands before it.
_WORD = re.compile(r"[（(《“‘]*(?:[0-9A-Za-z.,+-]+|\S)[%％）)》”’。，、；：]*")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A page read: its lines and tables from the top down."""

    width: float
    height: float
    items: list[Printed | Columned]


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float


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
    items = [*tabled(printed), *tables]
    return Sheet(page.width, page.height, sorted(items, key=_height) if tables else items)


def write(layer: Layer, sheets: Sequence[Sheet]) -> None:
    """All pages into the text layer."""
    pages = _without_furniture(sheets)
    margins = _margins(pages)
    common = _common([item.size for page in pages for item in page.items if isinstance(item, Printed)])
    paragraph: list[Printed] = []
    edges, width = _Margins(0, 0), 0.0

    def close() -> None:
        if paragraph:
            words, ink = _joined_lines(paragraph, lambda _: True)
            layer.line(words, strong=_strong(paragraph, words, width, edges, common), ink=ink)
            paragraph.clear()

    for page in _with_tables_joined(pages):
        turned = margins.get(round(page.width), _Margins(0, page.width))
        for item in page.items:
            if isinstance(item, Columned):
                close()
                layer.table(item.rows)
                continue
            if paragraph and not _goes_on(paragraph, item, turned, page.width):
                close()
            paragraph.append(item)
            edges, width = turned, page.width
    close()


def _height(item: Printed | Columned) -> float:
    return item.base if isinstance(item, Printed) else item.top


def _ruled(grid: Grid, cells: dict[Field, list[Glyph]], page: int) -> Columned:
    rows: list[list[Slot]] = [[] for _ in range(len(grid.ys) - 1)]
    for field in sorted(set(grid.fields.values()), key=lambda field: (field.row, field.column)):
        width = grid.xs[field.column + field.columns] - grid.xs[field.column]
        words, ink = _cell(lines(cells.get(field, []), page), width)
        rows[field.row].append(Slot(words, field.columns, field.rows, ink))
    return Columned(grid.ys[0], grid.xs, rows)


Inked = tuple[str, tuple[Line, ...]]  # words, and where they are printed


def _cell(printed: Sequence[Printed], width: float) -> Inked:
    """The words of a cell `width` points wide; a line that fills it goes on in the next."""
    return _joined_lines(printed, lambda line: line.right - line.left >= width - 2 * line.size)


def _joined_lines(printed: Sequence[Printed], full: Callable[[Printed], bool]) -> Inked:
    """Lines one after the other; what goes on after a `full` one begins no line of its own."""
    words, ink = "", []
    for before, line in zip((None, *printed), printed, strict=False):
        if before is not None:
            words += _seam(words, line.words) if full(before) else "\n"
        ink.append(line.ink(len(words)))
        words += line.words
    return words, tuple(ink)


def _seam(words: str, more: str) -> str:
    """What stands between the two halves of a broken line."""
    latin = words[-1:].isascii() and words[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha()
    return " " if latin else ""


def _without_furniture(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Pages without their numbers and without the lines that stand at the same place of most pages."""
    counted: Counter[str] = Counter()
    for page in sheets:
        counted.update({_key(item) for item in page.items if isinstance(item, Printed) and _at_edge(page, item)})
    often = {key for key, times in counted.items() if times >= max(_LEAST, _SHARE * len(sheets))}
    return [
        replace(
            page, items=[item for item in page.items if isinstance(item, Columned) or not _added(page, item, often)]
        )
        for page in sheets
    ]


def _added(page: Sheet, item: Printed, often: set[str]) -> bool:
    return _at_edge(page, item) and (is_page_number(item.words) or _key(item) in often)


def _key(item: Printed) -> str:
    return _DIGITS.sub("0", item.words)


def _at_edge(page: Sheet, item: Printed) -> bool:
    return not _EDGE * page.height < item.base < (1 - _EDGE) * page.height


def _margins(pages: Sequence[Sheet]) -> dict[int, _Margins]:
    """Where the lines begin and end on pages of each width."""
    found: dict[int, list[Printed]] = defaultdict(list)
    for page in pages:
        found[round(page.width)] += [
            item for item in page.items if isinstance(item, Printed) and item.right - item.left > page.width / 2
        ]
    made = {}
    for width, long in found.items():
        if long:
            begins = Counter(round(line.left) for line in long)
            left = min(place for place, times in begins.items() if times * 10 >= len(long))
            ends = sorted(line.right for line in long)
            made[width] = _Margins(left, ends[len(ends) * 9 // 10])
    return made


def _common(sizes: Sequence[float]) -> float:
    return Counter(round(size, 1) for size in sizes).most_common(1)[0][0] if sizes else 0.0


def _goes_on(paragraph: Sequence[Printed], line: Printed, edges: _Margins, width: float) -> bool:
    """Whether `line` goes on with the paragraph: the line before fills the page and this one is not indented."""
    before = paragraph[-1]
    size = before.size
    if abs(line.size - size) > 0.15 * size or _LEADER.search(before.words) or line.base - before.base > _SPACED * size:
        return False
    centred = before.page == line.page and _is_centred(before, width) and _is_centred(line, width)
    if centred and numbering.read(before.words, 0):  # a heading that fills two lines
        return not numbering.read(line.words, 0)
    if before.right < edges.right - _SHORT * size - _first_word(line) or line.left > edges.left + _INDENT * size:
        return False
    if before.parted or line.parted:
        return False
    if numbering.read(line.words, 0) and END.search(before.words[-8:]):
        return False
    return paragraph[0].left > edges.left + _INDENT * size or not END.search(before.words[-8:])


def _first_word(line: Printed) -> float:
    """How much further in a line may end because the first word of the next found no room on it."""
    word = _WORD.match(line.words)
    return sum(line.size * (0.55 if char.isascii() else 1) for char in word.group()[1:]) if word else 0.0


def _strong(paragraph: Sequence[Printed], words: str, width: float, edges: _Margins, common: float) -> bool:
    """A heading by its look: one short line in the middle of the page, or in larger letters."""
    line = paragraph[0]
    if len(words) > _STRONG or END.search(words[-8:]):
        return False
    if _is_centred(line, width) and line.left > edges.left + 2.5 * line.size:
        return True
    return len(paragraph) == 1 and line.size > _LARGER * common


def _is_centred(line: Printed, width: float) -> bool:
    return abs(line.left + line.right - width) < 2 * line.size


def _with_tables_joined(pages: Sequence[Sheet]) -> Iterator[Sheet]:
    """Pages on which a table that goes on from the page before is part of it."""
    kept: list[Sheet] = []
    for page in pages:
        first = next((at for at, item in enumerate(page.items) if isinstance(item, Columned)), None)
        last = next((sheet for sheet in reversed(kept) if sheet.items), None)
        above = page.items[:first] if first is not None else []
        if first is not None and last is not None and isinstance(table := last.items[-1], Columned):
            more = page.items[first]
            if isinstance(more, Columned) and _same_columns(table, more) and _repeats(above, last.items[:-1]):
                last.items[-1] = Columned(
                    table.top, table.xs, _joined(table.rows, _without_head(table.rows, more.rows))
                )
                kept.append(replace(page, items=page.items[first + 1 :]))
                continue
        kept.append(replace(page, items=list(page.items)))
    yield from kept


def _same_columns(table: Columned, more: Columned) -> bool:
    return len(table.xs) == len(more.xs) and all(
        abs(one - other) <= _SAME for one, other in zip(table.xs, more.xs, strict=True)
    )


def _repeats(above: Sequence[Printed | Columned], before: Sequence[Printed | Columned]) -> bool:
    """Whether the lines above a table say nothing but what stood above its beginning."""
    said = {_GOES_ON.sub("", item.words) for item in before if isinstance(item, Printed)}
    return all(isinstance(item, Printed) and _GOES_ON.sub("", item.words) in said | {""} for item in above)


def _without_head(rows: Sequence[Sequence[Slot]], more: list[list[Slot]]) -> list[list[Slot]]:
    """`more` without the rows that repeat the head of `rows`."""
    same = 0
    while same < min(len(rows), len(more)) and _words(rows[same]) == _words(more[same]):
        same += 1
    return more[same:]


def _joined(rows: list[list[Slot]], more: list[list[Slot]]) -> list[list[Slot]]:
    """One table of both; a merged cell at the head of the rows that the page has cut goes on below."""
    if not more:
        return rows
    made = [list(row) for row in (*rows, *more)]
    above = spread([[(slot, slot.columns, slot.rows) for slot in row] for row in rows])[-1]
    column = 0
    for slot in more[0]:
        cut = above[column] if column < len(above) else None
        if slot.words or cut is None or not cut.words or cut.rows < 2 or cut.columns != slot.columns:
            break
        at, place = next((at, row.index(cut)) for at, row in enumerate(made) if cut in row)
        made[at][place] = replace(cut, rows=len(rows) - at + slot.rows)
        made[len(rows)].remove(slot)
        column += slot.columns
    return made


def _words(row: Sequence[Slot]) -> list[str]:
    return ["".join(slot.words.split()) for slot in row]
