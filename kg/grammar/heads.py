"""Which column of a table is which field: told by the words of its head, or by what it holds.

One table may hold several heads: the national self-evaluation form sets a head for the money,
then one for the indicators. A head can take two rows and comes again after a page break.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from kg.document import Cell, Table, cell_words, grid
from kg.grammar import levels
from kg.grammar.lexicon import folded
from kg.once import once
from kg.reading import Reading
from kg.text import Source, Span, view, with_source
from kg.values import goal
from ontology.loader import scheme

_BRACKETS = re.compile(r"\([^()]{0,30}\)")
_LONGEST = 20  # characters of a column's title
_LETTER = re.compile(r"[A-Za-z/=÷:%]+$")  # 全年执行数B, 执行率B/A
_FORM = frozenset({"project", "code", "grade", "total", "budget", "spent", "office", "sort"})
_MISSING = 2  # columns by which a table that goes on may be narrower
LEVELS = ("level1", "level2", "level3")
_SAMPLE = 100  # rows under a head that tell what its columns hold
_VALUES = ("operator", "target", "target_unit", "actual", "weight", "score")


@dataclass(frozen=True, slots=True)
class Head:
    """`fields[i]` is what column i holds (a notation of the scheme table-heads, '' where unknown),
    `titles[i]` its words, folded."""

    fields: tuple[str, ...]
    titles: tuple[str, ...]

    def column(self, field: str) -> int | None:
        """The first column that holds `field`."""
        return self.fields.index(field) if field in self.fields else None

    def columns(self, *fields: str) -> tuple[int, ...]:
        return tuple(i for i, field in enumerate(self.fields) if field in fields)


@dataclass(frozen=True, slots=True)
class Row:
    """One body row: its `cells`, their words folded in `texts`, and the `fields` that these name as titles, ''
    where none. `head` is the head that it stands under, None above the first one; `fresh` are its cells with
    words that do not come down from the row before (merged cells)."""

    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    fields: tuple[str, ...]
    fresh: frozenset[Cell]
    head: Head | None

    def span(self, columns: tuple[int, ...] | None = None) -> Span | None:
        """From the first to the last cell of this row's own, in `columns` if given."""
        cells = self.cells if columns is None else tuple(self.cells[i] for i in columns)
        own = [cell.span for cell in cells if cell in self.fresh]
        return Span(min(s.start for s in own), max(s.end for s in own)) if own else None


@cache
def spelled() -> Mapping[str, str]:
    """Every title → its field, longest first."""
    pairs = {folded(w): c.notation for c in scheme("table-heads").values() for w in (c.label, *c.aliases)}
    return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


@cache
def _sizes() -> list[int]:
    """How long titles are, longest first."""
    return sorted(set(map(len, spelled())), reverse=True)


def text_of(source: Source, cell: Cell) -> str:
    """The words of a cell, folded."""
    return view(source, cell.span).text


@lru_cache(maxsize=4096)
def field_of(title: str) -> str:
    """The field that a column's title (folded) names: 全年实际值(B) → actual; '' where it names none."""
    bare = _BRACKETS.sub("", title).strip(":、")
    bare = bare if bare in spelled() else _LETTER.sub("", bare)
    if bare in spelled():
        return spelled()[bare]
    if not 0 < len(bare) <= _LONGEST or any(char.isdigit() for char in bare):
        return ""
    ending = next((word for size in _sizes() if (word := bare[-size:]) in spelled()), "")
    # 产出指标得分 is a score, 合同金额 is no budget.
    whole = len(ending) > 2 or levels.level(bare.removesuffix(ending)) is not None
    return spelled()[ending] if ending and whole else ""


@once  # for projects, for scores and for indicators
def tables(reading: Reading) -> Mapping[Table, tuple[Row, ...]]:
    """The body rows of every table of the part; one may go on from the table before it."""
    found: dict[Table, tuple[Row, ...]] = {}
    head: Head | None = None
    for _, block in reading.blocks():
        if isinstance(block, Table):
            found[block] = tuple(rows(reading.source, block, head))
            head = found[block][-1].head if found[block] else head
    return found


def rows(source: Source, table: Table, before: Head | None = None) -> Iterator[Row]:
    """The body rows of `table`, each with its head; `before` is the head of a table that this one
    may go on from (a page break), taken where this one begins without a head of its own."""
    continued = _continued(source, table, before) if before else None
    body, head = (continued, before) if continued else (table.rows, None)
    said = None if continued else [tuple([text.text for text in row]) for row in grid(source, table)]
    named = fields_in(source, table)
    above: frozenset[Cell] = frozenset()
    in_head = False
    for index, cells in enumerate(body):
        texts = said[index] if said else tuple(text_of(source, cell) for cell in cells)
        fields = tuple([named.get(text, "") for text in texts])
        is_head = any(fields) and _is_head(cells, texts, fields)
        if is_head:
            titles = _beside(fields)
            head = _under(head, titles, texts) if head and in_head else Head(titles, texts)
        else:
            head = _completed(source, head, body[index : index + _SAMPLE]) if head and in_head else head
            yield Row(cells, texts, fields, frozenset(c for c in cells if c not in above and len(c.span)), head)
        in_head, above = is_head, frozenset(cells)


@with_source
def fields_in(source: Source, table: Table) -> Mapping[str, str]:
    """The words in a table that are titles of columns or lines of a form, each with the field it names."""
    return {words: field for words in cell_words(source, table) if (field := field_of(words))}


def _continued(source: Source, table: Table, head: Head) -> tuple[tuple[Cell, ...], ...] | None:
    """The rows under a head of indicators that stands in the table before. Columns that are empty all
    the way down (no new level, no reason) are missing at the left or right; the first row tells which."""
    missing = len(head.fields) - len(table.rows[0])
    if not set(head.fields) & set(LEVELS) or not 0 <= missing <= _MISSING:
        return None
    blanks = [tuple(Cell(Span(end, end)) for _ in range(missing)) for end in (table.span.start, table.span.end)]
    shifts = [
        tuple((*blanks[0][:left], *cells, *blanks[1][left:]) for cells in table.rows) for left in range(missing + 1)
    ]
    best = max(shifts, key=lambda rows: _fit(source, head, rows[0]))
    return best if _fit(source, head, best[0]) > 1 else None


def _fit(source: Source, head: Head, cells: tuple[Cell, ...]) -> int:
    """How many cells of a row are what their column wants, less those that are not."""
    fit = 0
    for field, cell in zip(head.fields, cells, strict=True):
        text = text_of(source, cell)
        value = goal.read(text)
        number = value is not None and not isinstance(value.value, str)
        if field in ("level1", "level2"):
            fit += 0 if not text else 1 if levels.restored(text) else -1
        elif field in ("weight", "score"):
            fit += 0 if value is None else 1 if number else -1
        elif field in ("target", "actual"):
            fit += number
        elif field in ("level3", "deviation_reason"):
            fit -= number
    return fit


def _is_head(cells: tuple[Cell, ...], texts: tuple[str, ...], fields: tuple[str, ...]) -> bool:
    """Whether a row is a head: two titles or more, and they are most of what it holds."""
    said = {cell: field for cell, field, text in zip(cells, fields, texts, strict=True) if text}
    known = [field for field in said.values() if field]
    return len(known) > 1 and len(known) * 2 > len(said)


def _beside(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Titles to the left of the first level stand beside the whole table: 绩效指标完成情况 | 一级指标 | …"""
    first = fields.index("level1") if "level1" in fields else 0
    return (*("sort" if field in _VALUES else field for field in fields[:first]), *fields[first:])


def _under(upper: Head, fields: tuple[str, ...], titles: tuple[str, ...]) -> Head:
    """The second row of a head: where it names no field, the title above it holds."""
    return Head(tuple(low or high for low, high in zip(fields, upper.fields, strict=True)), titles)


def _completed(source: Source, head: Head, body: tuple[tuple[Cell, ...], ...]) -> Head:
    """The head with what the rows under it tell of columns that its own words leave open."""
    return _named(source, _by_content(source, head, body), body)


def _by_content(source: Source, head: Head, body: tuple[tuple[Cell, ...], ...]) -> Head:
    """Fill in columns of an indicator table whose title is missing or damaged (OCR), by what they hold."""
    if not set(head.fields) & set(LEVELS):
        return head
    fields = list(head.fields)
    for column, field in enumerate(fields):
        if field:
            continue
        kinds = Counter(_holds(text_of(source, cells[column])) for cells in body)
        kinds.pop("", None)
        kind, count = kinds.most_common(1)[0] if kinds else ("", 0)
        if kind and kind not in fields and count * 2 > sum(kinds.values()):
            fields[column] = kind
    return Head(tuple(fields), head.titles)


def _named(source: Source, head: Head, body: tuple[tuple[Cell, ...], ...]) -> Head:
    """An indicator table that heads its third column 绩效指标 or in words of its own: the names are the
    first column of plain words between the last level and the values."""
    level = next((head.column(field) for field in ("level2", "level1") if field in head.fields), None)
    values = [column for column in head.columns(*_VALUES) if level is not None and column > level]
    if "level3" in head.fields or level is None or not values:
        return head
    unnamed = {"", "sort", "other", head.fields[level]}  # a title of a level may span the names' column too
    columns = (column for column in range(level + 1, values[0]) if head.fields[column] in unnamed)
    name = next((column for column in columns if _are_names(source, [cells[column] for cells in body])), None)
    if name is None:
        return head
    return Head((*head.fields[:name], "level3", *head.fields[name + 1 :]), head.titles)


def _are_names(source: Source, column: list[Cell]) -> bool:
    """Whether most cells of a column are words, and neither levels nor values."""
    texts = [text for cell in dict.fromkeys(column) if (text := text_of(source, cell))]
    values = {text: goal.read(text) for text in texts if levels.level(text) is None}
    return sum(value is not None and isinstance(value.value, str) for value in values.values()) * 2 > len(texts)


def _holds(text: str) -> str:
    """What a cell's look says of its column: a bare sign, or a number that a sign stands before."""
    if goal.sign(text):
        return "operator"
    value = goal.read(text)
    return "target" if value and value.sign and not isinstance(value.value, str) else "other" if value else ""


def answers(row: Row) -> Iterator[tuple[str, Cell, Cell]]:
    """The label cells of a form row with the cell that answers each: 项目名称 | 校园维修 | 主管部门 | 教育局.

    Gives the label's field, its cell and the answer's. A label merged over two columns leaves a blank
    cell behind in plain text."""
    if not any(row.fields):
        return
    fields = {cell: field for cell, text, field in zip(row.cells, row.texts, row.fields, strict=True) if text}
    for (label, field), (answer, other) in pairwise(fields.items()):
        if field and label in row.fresh and not other:
            yield field, label, answer


def is_total(row: Row) -> bool:
    """Whether the row adds up the rows above it: 合计, 总分."""
    return opens_with(row) == "total"


def is_form_line(row: Row) -> bool:
    """Whether the row is a line of the form around the list: 项目名称 | …, 评价结论 | …, 总分 | …; not where
    the title of the list stands beside its rows (绩效指标 | 产出指标 | 数量指标 | …)."""
    opens = opens_with(row)
    own = (text for cell, text in zip(row.cells, row.texts, strict=True) if cell in row.fresh)
    return opens in _FORM and not (opens == "sort" and any(map(levels.level, own)))


def opens_with(row: Row) -> str:
    """The field that the row's first own cell names, '' where it names none."""
    return next((field for cell, field in zip(row.cells, row.fields, strict=True) if cell in row.fresh), "")
