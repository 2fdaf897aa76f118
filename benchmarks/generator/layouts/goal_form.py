"""项目绩效目标表: what one project of a budget is to reach."""

from __future__ import annotations

from collections.abc import Iterator

from generator import pieces
from generator.blocks import ABOVE, BEFORE, Block, Fact, Grid, Pen, Title, amount
from generator.truth import Truth

TYPE = "绩效目标表"
FORMATS = ("txt", "md", "html", "docx", "pdf", "xlsx")


def blocks(truth: Truth, pen: Pen) -> Iterator[Block]:
    """Targets only: nothing is done yet."""
    project = truth.projects[0]
    yield Title("项目支出绩效目标表", ({"kind": "report", "department": truth.office.name, "fiscal_year": truth.year},))
    yield Title(f"（{truth.year}年度）")
    rows: list[tuple[str, ...]] = [
        ("项目名称", BEFORE, project.name, BEFORE, BEFORE),
        ("主管部门", BEFORE, truth.office.name, "实施单位", truth.units[0]),
        ("项目资金（万元）", BEFORE, "年度资金总额", pen.figure(project.budget), BEFORE),
        ("年度目标", BEFORE, project.goal, BEFORE, BEFORE),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值"),
    ]
    levels = pieces.level_cells(project.indicators)
    for indicator, (first, second) in zip(project.indicators, levels, strict=True):
        value = f"{indicator.operator}{pieces.number(indicator.target)}{indicator.unit}"
        rows.append((ABOVE, first, second, indicator.name, value))
    facts: list[Fact] = [
        pieces.project_fact(truth, project, code=False),
        {"kind": "unit", "name": truth.units[0], "relation": "下属单位"},
        amount(project.name, None, project.budget, truth.year),
        *(pieces.indicator_fact(project.name, i, done=False, scored=False) for i in project.indicators),
    ]
    yield Grid(tuple(rows), tuple(facts))
