"""部门整体支出绩效自评报告 with a cover, duties run on, and one table of the department's indicators."""

from __future__ import annotations

from collections.abc import Iterator

from generator import pieces
from generator.blocks import Block, Grid, Paragraph, Pen, Title
from generator.truth import Truth

TYPE = "部门整体支出绩效自评报告"
FORMATS = ("txt", "md", "cells", "html", "docx", "pdf")


def blocks(truth: Truth, pen: Pen) -> Iterator[Block]:
    """The cover names the department and who filled the form in."""
    yield Title("部门整体支出绩效自评报告", (pieces.report(truth, TYPE),))
    writer = truth.people[2].name
    yield Paragraph(f"部门名称：{truth.office.name}", ({"kind": "department", "name": truth.office.name},))
    yield Paragraph(f"填报人：{writer}", ({"kind": "person", "name": writer, "role": "填报人"},))
    yield Paragraph("联系电话：0000-5550123")
    yield Paragraph(f"填报日期：{truth.filed.year}年{truth.filed.month}月{truth.filed.day}日")
    yield pen.heading(1, 1, "部门基本情况")
    yield pen.heading(2, 1, "部门职能。")
    yield from pieces.duties(truth, pen)
    yield pen.heading(2, 2, "年度总体工作和重点工作任务。")
    yield from pieces.results(truth, pen)
    yield pen.heading(2, 3, "部门整体支出情况（以决算数为统计口径）")
    yield from pieces.execution(truth, pen)
    yield from pieces.basics(truth, pen)
    yield pen.heading(1, 2, "绩效自评情况")
    yield pen.heading(2, 1, "自评结论。")
    yield from pieces.verdict(truth, pen)
    yield pen.heading(2, 2, "履职效能分析。")
    yield pen.say("{year}年本部门整体支出绩效指标完成情况如下表：", year=truth.year)
    yield _indicators(truth)
    yield pen.heading(2, 3, "管理效率分析。")
    yield pen.say("严格执行各项财务管理制度，预算编制、信息公开、采购管理和资产管理均按规定执行。")
    yield pen.heading(2, 4, "部门整体支出绩效管理存在的问题。")
    yield from pieces.problems(truth, pen)
    yield pen.heading(2, 5, "改进措施。")
    yield from pieces.remedies(truth, pen)
    yield pen.heading(1, 3, "其他自评情况")
    yield pen.say("无其他自评情况。")


def _indicators(truth: Truth) -> Grid:
    head = ("一级指标", "二级指标", "三级指标", "预期值", "实现值", "未能实现预期值的原因")
    levels = pieces.level_cells(truth.indicators)
    rows = [
        (
            *cells,
            i.name,
            f"{i.operator}{pieces.number(i.target)}{i.unit}",
            f"{pieces.number(i.actual)}{i.unit}",
            i.reason or "/",
        )
        for i, cells in zip(truth.indicators, levels, strict=True)
    ]
    facts = (pieces.indicator_fact(truth.office.name, i, scored=False) for i in truth.indicators)
    return Grid((head, *rows), tuple(facts))
