"""Tables in plain text: rows of tab-separated cells, one cell a line, or pipes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from kg.document import Cell, Table
from kg.reader import _barred, _flat, _forms, _run_together, _tagged, _wrapped
from kg.reader._lines import END, Row
from kg.text import Span

_RULE = re.compile(r"[\s|:+=\-—_]*+")
_UNIT = re.compile(r"单位\s?[:：]\s?(?:人民币)?\s?(亿元|千万元|百万元|十万元|万元|千元|百元|元)")
_EMPTY = re.compile(r"\t[ \u3000]*+(?:[\r\n]|$)")  # a cell line without words
_GAP = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_SAYS = re.compile(r"[。；：:]")  # 组长：某某 is a line of a list of people
_FIGURE = re.compile(r"[≥≤><=＝]?\s?-?\d[\d,.]*+\s?%?$")
_SHORT = 30  # characters of a cell in a table set with blanks
_LEAST = 3  # rows and columns of a table set with blanks
_LONGEST = 3000  # characters of a cell
_RAGGED = 2  # cells by which rows of one table may differ
_UNIT_ROWS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """What was taken and the index of the first line after it; `table` None where those lines,
    for all their tabs, are text."""

    table: Table | None
    after: int


def take(text: str, lines: Sequence[Row], at: int, tagged: Mapping[int, int]) -> Found | None:
    """The table that may begin with line `at`; None where nothing speaks for one. `tagged` says where
    tables in HTML begin and end."""
    line = lines[at]
    if line.start in tagged:
        return _marked(text, lines, at, tagged[line.start])
    if _tabbed(text, line):
        return _stacked(text, lines, at) if _lone(text, line) else _rows(text, lines, at, "\t")
    if text.startswith("|", line.start) and text.count("|", line.start, line.end) > 1:
        return _rows(text, lines, at, "|")
    if text.find("|", line.start, line.end) > 0 and (found := _barred.rows(text, lines, at)):
        rows, after = found
        return Found(_table(text, rows, line.start, lines[after - 1].end), after)
    return _aligned(text, lines, at) if _GAP.search(text, line.start, line.end) else _flattened(text, lines, at)


def grid(source: str, rows: Sequence[Sequence[Span]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of cell spans made equal in length, merged cells filled in.

    An empty cell at the head of a row belongs to the cell above it, one in a head row that parts
    into columns below belongs to the cell before it; any other is just empty (a value that was
    not reported). A row that is too short ends in a merged cell."""
    width = max((_used(source, row) for row in rows), default=0)
    made: list[tuple[Cell, ...]] = []
    for row in rows:
        cells = [Cell(span) for span in row[:width]]
        heading = True
        for column, cell in enumerate(cells):
            heading = heading and not _words(source, cell.span)
            if heading and made and column < width - 1:
                cells[column] = made[-1][column]
        cells += cells[-1:] * (width - len(cells))
        made.append(tuple(cells))
    return tuple(_headed(source, made))


def _headed(source: str, rows: list[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Rows before the first figure with their sideways merged cells filled in."""
    head = True
    for row, below in zip_longest(rows, rows[1:], fillvalue=()):
        head = head and bool(below) and not any(_FIGURE.match(source, cell.span.start, cell.span.end) for cell in row)
        cells = list(row)
        for column in range(1, len(row) if head else 0):
            parted = _words(source, below[column].span) and _words(source, below[column - 1].span)
            if parted and not _words(source, cells[column].span) and below[column] is not cells[column]:
                cells[column] = cells[column - 1]
        yield tuple(cells)


def unit(words: str) -> str:
    """The money unit that a caption or a head row gives for a whole table (单位：万元), else ''."""
    match = _UNIT.search(words)
    return match.group(1) if match else ""


def _words(text: str, span: Span) -> bool:
    return bool(text[span.start : span.end].strip())


def _used(text: str, row: Sequence[Span]) -> int:
    """Cells of a row up to its last one with words."""
    return max((index for index, span in enumerate(row, start=1) if _words(text, span)), default=0)


def _blank(text: str, row: Sequence[Span]) -> int:
    """Cells of a row before its first one with words."""
    return next((index for index, span in enumerate(row) if _words(text, span)), len(row))


def _tabbed(text: str, line: Row) -> bool:
    first = line.start - line.indent
    return bool(line) and "\t" in text[first : line.end]


def _lone(text: str, line: Row) -> bool:
    """One cell, led by a tab: the way Word saves a table as text."""
    return line.indent > 0 and text[line.start - line.indent] == "\t" and "\t" not in text[line.start : line.end]


def _table(text: str, rows: Sequence[Sequence[Span]], start: int, end: int) -> Table | None:
    full = [row for row in rows if _used(text, row)]
    blank = min((_blank(text, row) for row in full), default=0)  # each line led by a tab: no column of its own
    cells = grid(text, [row[blank:] for row in full])
    if len(cells) < 2 or len(cells[0]) < 2:
        return None
    head = " ".join(text[cell.span.start : cell.span.end] for row in cells[:_UNIT_ROWS] for cell in row)
    return Table(Span(start, end), cells, None, unit(head))


def _rows(text: str, lines: Sequence[Row], at: int, mark: str) -> Found:
    """Rows of one line each, or of several where cells are broken. A page break leaves a blank line
    inside; the columns go on after it."""
    rows: list[list[Span]] = []
    width = 0
    last = here = at
    while here < len(lines):
        line = lines[here]
        end = _wrapped.last(text, lines, here, width) if mark == "\t" else here
        if line and (end > here or _is_row(text, line, mark, begun=bool(rows))):
            if not _RULE.fullmatch(text[line.start : line.end]):
                rows.append(list(_cells(text, Row(line.start, lines[end].end, line.indent), mark)))
                width = max(width, len(rows[-1]))
            last = here = end
        elif line or here - last > 1 or _another(text, lines, here + 1, mark, len(rows[-1]) if rows else 0):
            break
        here += 1
    table = _table(text, rows, lines[at].start, lines[last].end)
    return Found(table, last + 1)


def _is_row(text: str, line: Row, mark: str, *, begun: bool) -> bool:
    """Whether a line has cells. Inside a table a label whose cells are all blank has, too."""
    if mark == "|":
        return text.startswith("|", line.start)
    return _tabbed(text, line) or (begun and text.startswith("\t", line.end))


def _another(text: str, lines: Sequence[Row], at: int, mark: str, width: int) -> bool:
    """Whether a blank line parts two tables: other columns after it, or a head with its rule."""
    if at >= len(lines) or not lines[at]:
        return False
    cells = sum(1 for _ in _cells(text, lines[at], mark))
    ruled = at + 1 < len(lines) and lines[at + 1] and _RULE.fullmatch(text, lines[at + 1].start, lines[at + 1].end)
    return abs(cells - width) > _RAGGED or bool(mark == "|" and ruled)


def _cells(text: str, line: Row, mark: str) -> Iterator[Span]:
    start = line.start - (line.indent if mark == "\t" else 0)
    end = line.end
    if mark == "|":
        start, end = start + 1, end - text.endswith("|", start, end)
    elif end < len(text) and text[end] == "\t":
        end = next((i for i in range(end, len(text)) if text[i] not in "\t "), len(text))
    while start <= end:
        stop = text.find(mark, start, end)
        stop = end if stop < 0 else stop
        yield _trim(text, start, stop)
        start = stop + 1


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _marked(text: str, lines: Sequence[Row], at: int, end: int) -> Found:
    """A table in HTML, whatever lines it runs over."""
    start = lines[at].start
    after = next((index for index in range(at, len(lines)) if lines[index].start >= end), len(lines))
    cells: dict[Span, Cell] = {}
    rows = [
        [cells.setdefault(span, Cell(span)) if span else Cell(Span(end, end)) for span in row]
        for row in _tagged.rows(text, start, end)
    ]
    full = tuple(tuple(row) for row in rows if any(_words(text, cell.span) for cell in row))
    if not full or len(full[0]) < 2:
        return Found(None, at + 1)
    head = " ".join(text[cell.span.start : cell.span.end] for row in full[:_UNIT_ROWS] for cell in row)
    return Found(Table(Span(start, end), full, None, unit(head)), after)


def _aligned(text: str, lines: Sequence[Row], at: int) -> Found | None:
    """Columns set with blanks: three lines or more of equally many short cells, none left empty."""
    rows: list[list[Span]] = []
    here = at
    while here < len(lines) and lines[here]:
        cells = list(_spaced(text, lines[here]))
        told = any(len(cell) > _SHORT or _SAYS.search(text, cell.start, cell.end) for cell in cells)
        if told or len(cells) < _LEAST or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
        here += 1
    if len(rows) < _LEAST:
        return Found(None, max(here, at + 1))
    return Found(_table(text, rows, lines[at].start, lines[here - 1].end), here)


def _flattened(text: str, lines: Sequence[Row], at: int) -> Found | None:
    """One cell a line and nothing between; the unit stands over the head."""
    found = _forms.rows(text, lines, at) or _flat.rows(text, lines, at) or _run_together.rows(text, lines, at)
    if found is None:
        return None
    rows, after = found
    table = _table(text, rows, lines[at].start, lines[after - 1].end)
    over = text[lines[max(0, at - _UNIT_ROWS)].start : lines[at].start]
    return Found(replace(table, unit=table.unit or unit(over)) if table else None, after)


def _spaced(text: str, line: Row) -> Iterator[Span]:
    start = line.start
    for gap in _GAP.finditer(text, line.start, line.end):
        yield Span(start, gap.start())
        start = gap.end()
    yield Span(start, line.end)


def _stacked(text: str, lines: Sequence[Row], at: int) -> Found:
    """One cell a line, each led by a tab; blank lines part the rows.

    A cell of several paragraphs goes on in lines without a tab."""
    rows: list[list[Span]] = [[]]
    last = here = at
    sentences = 0
    while here < len(lines):
        line = lines[here]
        led = _led(text, lines, here)
        if led:
            rows[-1].append(Span(line.start, line.end))
            sentences += bool(END.search(text, max(line.start, line.end - 4), line.end))
            last = here
        elif line and here == last + 1 and rows[-1] and _led_next(text, lines, here):
            rows[-1][-1] = Span(min(rows[-1][-1].start, line.start) if len(rows[-1][-1]) else line.start, line.end)
            last = here
        elif line or here - last > 3:
            break
        elif rows[-1]:
            rows.append([])
        here += 1
    full = [row for row in rows if row]
    cells = sum(len(row) for row in full)
    if len(full) < 2 or cells < 4 or sentences * 2 > cells or cells < len(full) * 1.3:
        return Found(None, last + 1)
    return Found(_table(text, full, lines[at].start, lines[last].end), last + 1)


def _led(text: str, lines: Sequence[Row], at: int) -> bool:
    """Whether the line is a cell: a tab, then words or nothing."""
    line = lines[at]
    if line:
        return _lone(text, line) and line.end - line.start <= _LONGEST
    return bool(_EMPTY.match(text, line.start))


def _led_next(text: str, lines: Sequence[Row], at: int) -> bool:
    following = next((i for i in range(at + 1, min(at + 3, len(lines))) if lines[i] or _led(text, lines, i)), None)
    return following is not None and _led(text, lines, following)
