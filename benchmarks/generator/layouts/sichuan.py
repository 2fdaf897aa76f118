"""部门整体支出绩效评价报告 whose dimensions are told one by one, each with its points."""

from __future__ import annotations

from collections.abc import Iterator

from generator import pieces
from generator.blocks import Block, Pen, amount
from generator.truth import Truth

TYPE = "部门整体支出绩效自评报告"
FORMATS = ("txt", "md", "html", "docx", "pdf")


def blocks(truth: Truth, pen: Pen) -> Iterator[Block]:
    """Bodies come before duties."""
    year, name, account = truth.year, truth.office.name, truth.account
    yield from pieces.title(truth, pen, f"{year}年度部门整体支出绩效评价报告", TYPE)
    yield pen.heading(1, 1, "部门（单位）基本情况")
    yield pen.heading(2, 1, "机构组成")
    yield from pieces.bodies(truth, pen)
    yield pen.heading(2, 2, "机构职能")
    yield from pieces.duties(truth, pen)
    yield pen.heading(2, 3, "人员概况")
    yield from pieces.staff(truth, pen)
    yield pen.heading(1, 2, "部门资金收支情况")
    yield pen.heading(2, 1, "收入情况")
    yield from pieces.income(truth, pen)
    yield pen.heading(2, 2, "支出情况")
    yield from pieces.spending(truth, pen)
    yield pen.heading(2, 3, "结余分配和结转结余情况")
    yield pen.say(
        "{year}年末结转和结余{left}。",
        "年末结转和结余{left}，按规定结转下年使用。",
        facts=[amount(name, "年末结转和结余", account.carried_out, year)],
        year=year,
        left=pen.wan(account.carried_out),
    )
    yield pen.heading(1, 3, "部门预算绩效分析")
    yield pen.heading(2, 1, "部门预算总体绩效分析")
    yield from pieces.scored(truth, pen, truth.dimensions)
    yield pen.heading(2, 2, "部门预算项目绩效分析")
    yield from pieces.projects(truth, pen)
    yield pen.heading(1, 4, "评价结论及建议")
    yield pen.heading(2, 1, "评价结论")
    yield from pieces.verdict(truth, pen)
    yield pen.heading(2, 2, "存在问题")
    yield from pieces.problems(truth, pen)
    yield pen.heading(2, 3, "改进建议")
    yield from pieces.remedies(truth, pen)
