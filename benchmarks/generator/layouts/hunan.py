"""部门整体支出绩效自评报告 by kinds of spending, with the self-evaluation form of each project behind it."""

from __future__ import annotations

from collections.abc import Iterator

from generator import pieces
from generator.blocks import Block, Pen
from generator.truth import Truth

TYPE = "部门整体支出绩效自评报告"
FORMATS = ("txt", "md", "html", "docx", "pdf")


def blocks(truth: Truth, pen: Pen) -> Iterator[Block]:
    """Funds the department does not have are named, and that there is nothing."""
    year = truth.year
    yield from pieces.title(truth, pen, f"{year}年度部门整体支出绩效自评报告", TYPE)
    yield pen.heading(1, 1, "部门、单位基本情况")
    yield from pieces.bodies(truth, pen)
    yield from pieces.staff(truth, pen)
    yield pen.heading(1, 2, "一般公共预算支出情况")
    yield pen.heading(2, 1, "基本支出情况")
    yield from pieces.basics(truth, pen)
    yield pen.heading(2, 2, "项目支出情况")
    yield from pieces.projects(truth, pen)
    for at, fund in enumerate(("政府性基金预算", "国有资本经营预算", "社会保险基金预算"), 3):
        yield pen.heading(1, at, f"{fund}支出情况")
        yield pen.say("本单位{year}年无{fund}支出。", "无。", year=year, fund=fund)
    yield pen.heading(1, 6, "部门整体支出绩效情况")
    yield from pieces.results(truth, pen)
    yield from pieces.verdict(truth, pen)
    yield pen.heading(1, 7, "存在的问题及原因分析")
    yield from pieces.problems(truth, pen)
    yield pen.heading(1, 8, "下一步改进措施")
    yield from pieces.remedies(truth, pen)
    yield pen.heading(1, 9, "其他需要说明的情况")
    yield pen.say("无。")
