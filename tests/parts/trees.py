"""A document that was read, as plain lists: what tests of readers compare."""

from __future__ import annotations

from kg import reader
from kg.document import Document, Paragraph, Section, Table, walk


def read(text: str, name: str = "报告.txt") -> Document:
    return reader.read(text.encode(), name)


def sections(document: Document) -> list[Section]:
    return [path[-1] for part in document.parts for path in walk(part.sections)]


def section(document: Document, title: str) -> Section:
    """The first of its name."""
    return next(section for section in sections(document) if section.title == title)


def headings(document: Document, part: int = 0) -> list[tuple[int, str, str]]:
    """Level, number and title of every heading in a part."""
    found = (path[-1] for path in walk(document.parts[part].sections))
    return [(section.level, section.number, section.title) for section in found if section.heading]


def blocks(document: Document) -> list[Paragraph | Table]:
    return [block for section in sections(document) for block in section.blocks]


def paragraphs(document: Document, title: str | None = None) -> list[str]:
    """The paragraphs of the section so titled; without a title, all."""
    found = blocks(document) if title is None else section(document, title).blocks
    return [document.source.quote(block.span) for block in found if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in blocks(document) if isinstance(block, Table)]


def words(document: Document, table: Table) -> list[list[str]]:
    """The cells of a table, row by row, without markup."""
    return [[document.source.plain(cell.span) for cell in row] for row in table.rows]


def grids(document: Document) -> list[list[list[str]]]:
    """The cells of every table."""
    return [words(document, table) for table in tables(document)]
