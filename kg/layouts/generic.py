"""Any report: headings say what their sections are for. The fallback of all layouts."""

from __future__ import annotations

from kg.document import Part, Section
from kg.layouts import _headings
from kg.text import Source


def fits(source: Source, part: Part) -> float:
    """A little, always."""
    return 0.1


def roles(source: Source, part: Part) -> dict[Section, str]:
    """The role that each heading's words give."""
    return _headings.roles_of(part)
