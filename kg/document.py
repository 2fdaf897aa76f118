"""A document as a tree: parts, sections, paragraphs and tables, each with its span.

Readers make it, everything later reads only it. A span counts code points of the
document's own `Source`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.text import Source, Span, View, view, with_source


class Cell(NamedTuple):
    """One cell of a table; an empty cell has an empty span at the place where it stands."""

    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows of equal length. A merged cell is the same `Cell` object in every place it covers.

    `caption` is the title line above the table, `unit` the money unit that its caption or head
    gives (万元, 元), empty where it gives none. Head rows are ordinary rows.
    """

    span: Span
    rows: tuple[tuple[Cell, ...], ...]
    caption: Span | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """Running text, its broken lines already joined into one span."""

    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A heading and what stands under it.

    `title` is the heading without its number, `number` as written (一、 （二） 3.), both empty
    for text before the first heading. `level` 1 is outermost. `span` covers heading, blocks
    and subsections. A heading glued to its paragraph ends where its title ends.
    """

    span: Span
    heading: Span | None = None
    number: str = ""
    title: str = ""
    level: int = 0
    blocks: tuple[Paragraph | Table, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One report inside a file: the main report, or an attachment (附件1 …).

    `label` is empty for the main report, else the words that open the attachment (附件1);
    `title` is the line or lines that name this report, where it has any. The main report's `span`
    reaches over attachments that stand between its chapters; its sections are its own.
    """

    span: Span
    sections: tuple[Section, ...]
    label: str = ""
    title: Span | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A piece that could not be read: kept, so that nothing is lost in silence."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    source: Source = field(repr=False)
    parts: tuple[Part, ...]
    gaps: tuple[Gap, ...] = ()


def walk(sections: tuple[Section, ...], path: tuple[Section, ...] = ()) -> Iterator[tuple[Section, ...]]:
    """Every section in reading order, as the path from the outermost one down to it."""
    for section in sections:
        here = (*path, section)
        yield here
        yield from walk(section.sections, here)


@with_source  # every extractor goes through the same tables
def grid(source: Source, table: Table) -> tuple[tuple[View, ...], ...]:
    """The cells of a table as rules read them, row by row."""
    return tuple(tuple(view(source, cell.span) for cell in row) for row in table.rows)


@with_source
def cell_words(source: Source, table: Table) -> frozenset[str]:
    """All that stands in the cells of a table, folded: what is not among it need not be looked for row by row."""
    return frozenset(text.text for row in grid(source, table) for text in row)
