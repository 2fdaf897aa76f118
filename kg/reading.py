"""What an extractor is given: one part of a document, what its sections are for, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.document import Document, Paragraph, Part, Section, Table, walk
from kg.once import once
from kg.text import Source, Span


@dataclass(frozen=True, slots=True)
class Header:
    """Whose report it is. Names as written, blanks removed; spans say where they stand."""

    title: str
    title_span: Span
    department: str | None = None
    department_span: Span | None = None
    aliases: tuple[str, ...] = ()
    region: str | None = None
    fiscal_year: int | None = None
    report_type: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One part as extractors see it. `roles` says what each section is for, in the words of the
    scheme section-roles (duties, staffing, money, …); a section without a role is absent. A
    reading equals itself alone, so that what was found in it can be remembered."""

    document: Document = field(repr=False)
    part: Part = field(repr=False)
    header: Header
    layout: str
    roles: Mapping[Section, str] = field(repr=False)
    _known: dict[object, Any] = field(default_factory=dict, init=False, repr=False)  # what `once` keeps

    @property
    def source(self) -> Source:
        return self.document.source

    @property
    def subject(self) -> str:
        """The department, or the title where the report names none."""
        return self.header.department or self.header.title

    def sections(self, *roles: str) -> Iterator[Section]:
        """Sections with one of `roles`, outermost only: what lies under one is its own content."""
        found: set[Section] = set()
        for path in walk(self.part.sections):
            if self.roles.get(path[-1]) in roles and not found.intersection(path):
                found.add(path[-1])
                yield path[-1]

    def blocks(self, *roles: str) -> Iterator[tuple[tuple[Section, ...], Paragraph | Table]]:
        """Every block with the path of sections above it; with `roles`, only where the nearest
        section that has a role has one of them."""
        for path, role in under_roles(self):
            if not roles or role in roles:
                for block in path[-1].blocks:
                    yield path, block


@once
def under_roles(reading: Reading) -> tuple[tuple[tuple[Section, ...], str], ...]:
    """Every section, as the path down to it, with the role of the nearest one that has a role; else ''."""
    return tuple(
        (path, next((reading.roles[section] for section in reversed(path) if section in reading.roles), ""))
        for path in walk(reading.part.sections)
    )
