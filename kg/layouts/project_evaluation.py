"""项目支出绩效自评表 and 自评报告: how one project's money was used and what came of it."""

from __future__ import annotations

from kg.document import Part, Section
from kg.layouts import _headings
from kg.text import Source


def fits(source: Source, part: Part) -> float:
    """By its title, or as a form without headings."""
    if _headings.report_type(source, part) in ("project-evaluation", "goal-statement"):
        return 0.9
    return 0.6 if _headings.only_tables(part) and not part.title else 0.0


def roles(source: Source, part: Part) -> dict[Section, str]:
    """The role that each heading's words give. In a form the text around the table has the table's role."""
    found = _headings.roles_of(part)
    if _headings.only_tables(part):
        found |= {section: "indicators" for section in part.sections if section not in found}
    return found
