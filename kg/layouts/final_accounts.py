"""部门决算: what a department took in and spent in a year, table by table, with an explanation of each."""

from __future__ import annotations

from kg.document import Part, Section
from kg.layouts import _headings
from kg.text import Source


def fits(source: Source, part: Part) -> float:
    """By its title, or by headings that speak of 决算 again and again."""
    if _headings.report_type(source, part) == "final-accounts":
        return 0.9
    return 0.0 if part.title else min(0.8, 3 * _headings.share(part, "决算"))


def roles(source: Source, part: Part) -> dict[Section, str]:
    """The role that each heading's words give. 会议费 and the like are part of the operating costs."""
    return _headings.roles_of(part)
