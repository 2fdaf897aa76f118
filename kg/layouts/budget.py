"""部门预算: what a department plans to take in and spend in a year."""

from __future__ import annotations

from kg.document import Part, Section
from kg.layouts import _headings
from kg.text import Source


def fits(source: Source, part: Part) -> float:
    """By its title, or by headings that speak of 预算 and never of 决算 or 自评."""
    if _headings.report_type(source, part) == "budget":
        return 0.9
    if part.title or _headings.share(part, "决算|自评"):
        return 0.0
    return min(0.75, 3 * _headings.share(part, "预算"))


def roles(source: Source, part: Part) -> dict[Section, str]:
    """The role that each heading's words give; what a budget calls work (年度重点工作) is still a goal."""
    return _headings.roles_of(part, {"work": "goals"})
