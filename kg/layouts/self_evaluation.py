"""部门整体支出绩效自评报告: a department evaluates its whole expenditure.

Hebei and Hunan go 基本情况 → 自评工作 → 目标实现 → 结论 → 问题; Guangdong puts conclusion and
analysis first; Sichuan analyses 履职效能, 预算管理 …; all say so in their headings.
"""

from __future__ import annotations

from kg.document import Part, Section
from kg.layouts import _headings
from kg.text import Source


def fits(source: Source, part: Part) -> float:
    """By its title; without one, by headings that speak of evaluation."""
    if _headings.report_type(source, part) == "department-evaluation":
        return 0.9
    return 0.0 if part.title else min(0.7, 2 * _headings.share(part, "绩效|自评|评价"))


def roles(source: Source, part: Part) -> dict[Section, str]:
    """The role that each heading's words give. A goal that has been reached or measured is work,
    which the words 实现 and 完成 say; what stands under 分项 headings is named after projects."""
    return _headings.roles_of(part)
