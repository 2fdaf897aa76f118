"""A report's text in its structure, the words of its facts marked: what the report page shows.

Headings, paragraphs and tables are leaves; each is cut where a fact's words begin or end, so that
facts may overlap, and a row's fact may reach over its cells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from threading import Lock

from kg import reader
from kg.document import Cell, Document, Paragraph, Table, walk
from kg.errors import JixiaoError
from kg.text import Source, Span
from kg.workspace import Entry, Workspace

_BUDGET = 90_000  # bytes of marked text on one page, so that with its facts it stays below 200 KB
_A_MARK = 700  # bytes that a mark and its fact take on the page
# What is not shown: the breaks of a broken line, and the signs of Markdown.
_BREAK = re.compile(r"(?<=[^\x00-\x7f])[\r\n]+[ \t]*(?=[^\x00-\x7f])|(?<=\n)#{1,6}[ \t]|^#{1,6}[ \t]|\*\*")
_SAYS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to be marked: `name` is unique on the page, `of` the number of the fact that they
    prove, -1 for the words that the reader came for."""

    span: Span
    name: str
    of: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks; `names` are the marks that begin here."""

    text: str
    marks: tuple[Mark, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def asked(self) -> bool:
        return any(mark.of < 0 for mark in self.marks)

    @property
    def facts(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(mark.of for mark in self.marks if mark.of >= 0))

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mark.kind for mark in self.marks if mark.kind))


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    pieces: Pieces
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """One heading (`level` from 1), paragraph (`level` 0) or table (`grid`) of the page."""

    span: Span
    level: int = 0
    pieces: Pieces = ()
    grid: tuple[tuple[GridCell, ...], ...] = ()
    weight: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A heading, paragraph or table of the document, before it is marked."""

    span: Span
    level: int = 0
    table: Table | None = None


def leaves(workspace: Workspace, entry: Entry, source: Source) -> tuple[Leaf, ...]:
    """The text of a report as leaves in reading order, nothing of it left out; line by line where the
    file cannot be read again as it was."""
    path = workspace.folder / "files" / entry.sha256
    with _turn(path):
        return _leaves(path, entry.name, source)


@lru_cache(maxsize=256)
def _turn(path: Path) -> Lock:
    """Many may ask for one report at once: the first reads it, the others wait for what was read."""
    return Lock()


@lru_cache(maxsize=32)
def _leaves(path: Path, name: str, source: Source) -> tuple[Leaf, ...]:
    try:
        document = reader.read(path.read_bytes(), name)
    except (OSError, JixiaoError):
        return tuple(_lines(source, Span(0, len(source.text))))
    if document.source.text != source.text:
        return tuple(_lines(source, Span(0, len(source.text))))
    return tuple(_whole(source, sorted(_structured(document), key=lambda leaf: leaf.span)))


def _structured(document: Document) -> Iterator[Leaf]:
    for part in document.parts:
        if part.title:
            yield Leaf(part.title, 1)
        for path in walk(part.sections):
            section = path[-1]
            if section.heading:
                yield Leaf(section.heading, min(len(path) + 1, 5))
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    yield Leaf(block.span)
                elif isinstance(block, Table):
                    yield Leaf(block.span, table=block)


def _whole(source: Source, known: Sequence[Leaf]) -> Iterator[Leaf]:
    """`known` without what another covers, with the lines between them."""
    at = 0
    for leaf in known:
        if leaf.span.start < at:
            continue  # the title of a part may stand in its first section too
        yield from _lines(source, Span(at, leaf.span.start))
        yield leaf
        at = leaf.span.end
    yield from _lines(source, Span(at, len(source.text)))


def _lines(source: Source, span: Span) -> Iterator[Leaf]:
    at = span.start
    for line in source.quote(span).splitlines(keepends=True):
        if _SAYS.search(line):
            yield Leaf(source.trim(Span(at, at + len(line))))
        at += len(line)


def pages(leaves: Sequence[Leaf], marks: Sequence[Mark]) -> list[list[Leaf]]:
    """`leaves` in groups that each make a page of bounded size."""
    starts = sorted(mark.span.start for mark in marks)
    groups: list[list[Leaf]] = [[]]
    weight, at = 0, 0
    for leaf in leaves:
        until = at
        while until < len(starts) and starts[until] < leaf.span.end:
            until += 1
        size = 3 * len(leaf.span) + _A_MARK * (until - at) + (20 * _cells(leaf.table) if leaf.table else 0)
        at = until
        if groups[-1] and weight + size > _BUDGET:
            groups.append([])
            weight = 0
        groups[-1].append(leaf)
        weight += size
    return groups


def _cells(table: Table) -> int:
    return sum(map(len, table.rows))


def blocks(source: Source, leaves: Iterable[Leaf], marks: Sequence[Mark]) -> list[Block]:
    """The leaves with their words marked."""
    pen = _Pen(source, sorted(marks, key=lambda mark: (mark.span, mark.of)))
    return [
        Block(leaf.span, leaf.level, grid=tuple(_grid(leaf.table, pen)))
        if leaf.table
        else Block(leaf.span, leaf.level, pen.pieces(leaf.span))
        for leaf in leaves
    ]


def _grid(table: Table, pen: _Pen) -> Iterator[tuple[GridCell, ...]]:
    """Each cell once, where it stands first, with the columns and rows that it covers."""
    seen: set[int] = set()
    for at, row in enumerate(table.rows):
        shown = []
        for number, run in groupby(row, key=id):
            cell, *others = run
            if number not in seen:
                seen.add(number)
                shown.append(GridCell(pen.pieces(cell.span), 1 + len(others), _height(table, at, cell)))
        yield tuple(shown)


def _height(table: Table, at: int, cell: Cell) -> int:
    height = 1
    while at + height < len(table.rows) and any(c is cell for c in table.rows[at + height]):
        height += 1
    return height


@dataclass(slots=True)
class _Pen:
    """Cuts spans at the marks. A mark is named once, in the first leaf that holds words of it."""

    source: Source
    marks: Sequence[Mark]
    named: set[str] = field(default_factory=set)
    _reach: list[int] = field(init=False)

    def __post_init__(self) -> None:
        # The furthest end among the first n marks: before it stops reaching a span, none of them overlaps.
        self._reach = list(accumulate((mark.span.end for mark in self.marks), max))

    def _overlapping(self, span: Span) -> list[Mark]:
        """The marks over `span`, in their order."""
        last = bisect_left(self.marks, span.end, key=lambda mark: mark.span.start)
        first = last
        while first and self._reach[first - 1] > span.start:
            first -= 1
        return [mark for mark in self.marks[first:last] if mark.span.overlaps(span)]

    def pieces(self, span: Span) -> Pieces:
        inside = self._overlapping(span)
        edges = {span.start, span.end}
        for mark in inside:
            edges |= {max(mark.span.start, span.start), min(mark.span.end, span.end)}
        dropped = [m.span() for m in _BREAK.finditer(self.source.text, span.start, span.end)]
        return tuple(self._piece(Span(a, b), inside, dropped) for a, b in pairwise(sorted(edges)))

    def _piece(self, span: Span, marks: Sequence[Mark], dropped: Sequence[tuple[int, int]]) -> Piece:
        over = tuple(mark for mark in marks if mark.span.overlaps(span))
        names = tuple(mark.name for mark in over if mark.name not in self.named)
        self.named.update(names)
        return Piece(self._text(span, dropped), over, names)

    def _text(self, span: Span, dropped: Sequence[tuple[int, int]]) -> str:
        at, text = span.start, ""
        for start, end in dropped:
            if start < span.end and end > span.start:
                text += self.source.text[at : max(start, at)]
                at = max(at, min(end, span.end))
        return text + self.source.text[at : span.end]
