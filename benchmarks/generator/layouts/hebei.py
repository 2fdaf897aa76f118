"""部门整体支出绩效自评报告 in five chapters, as counties in Hebei write them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator import pieces
from generator.blocks import Block, Fact, Grid, Pen
from generator.truth import Truth

TYPE = "部门整体支出绩效自评报告"
FORMATS = ("txt", "md", "cells", "html", "docx", "pdf")


def blocks(truth: Truth, pen: Pen) -> Iterator[Block]:
    """Projects are told one by one, their scores in a table."""
    year = truth.year
    yield from pieces.title(truth, pen, f"{year}年度部门整体支出绩效自评报告", TYPE)
    yield pen.say(
        "按照预算绩效管理有关要求，我单位认真开展了{year}年度部门整体支出绩效自评工作，现将有关情况报告如下：",
        "根据财政部门关于开展绩效自评工作的通知要求，现将{year}年度部门整体支出绩效自评情况报告如下。",
        year=year,
    )
    yield pen.heading(1, 1, "部门基本情况")
    yield pen.heading(2, 1, "部门概况")
    yield pen.heading(3, 1, pen.dice.choice(("部门基本职责情况", "部门职能", "主要职能")))
    yield from pieces.duties(truth, pen)
    yield pen.heading(3, 2, pen.dice.choice(("部门组织机构及人员情况", "机构设置及人员情况")))
    yield from pieces.bodies(truth, pen)
    yield from pieces.staff(truth, pen)
    yield pen.heading(3, 3, "部门资产情况")
    yield from pieces.assets(truth, pen)
    yield pen.heading(2, 2, "部门收支预决算情况")
    yield from pieces.income(truth, pen)
    yield from pieces.spending(truth, pen)
    yield pen.heading(1, 2, "绩效自评工作开展情况")
    yield pen.heading(2, 1, "自评的组织工作")
    yield from pieces.people(truth, pen)
    yield pen.heading(2, 2, "自评的方法和过程")
    yield pen.say("采取查阅资料、实地核查、问卷调查等方法，对照绩效目标逐项评价，形成自评结论。")
    yield pen.heading(1, 3, "部门整体支出绩效目标实现情况及指标分析")
    yield pen.heading(2, 1, "总体绩效目标实现情况")
    yield from pieces.results(truth, pen)
    yield pen.heading(2, 2, "分项绩效目标实现情况及指标分析")
    yield from pieces.projects(truth, pen)
    yield pen.heading(1, 4, "评价结论和评价等级")
    yield _scores(truth)
    yield from pieces.verdict(truth, pen)
    yield pen.heading(1, 5, "存在的问题及改进措施")
    yield pen.heading(2, 1, "存在的主要问题")
    yield from pieces.problems(truth, pen)
    yield pen.heading(2, 2, pen.dice.choice(("改进措施", "针对问题提出具体的改进措施或建议", "下一步改进措施")))
    yield from pieces.remedies(truth, pen)


def _scores(truth: Truth) -> Grid:
    """One row a project, one column a level."""
    levels = ("产出指标", "效益指标", "满意度指标")
    heads = (*(f"{level}得分" for level in levels), "预算执行率得分", "自评得分")
    rows, facts = [("项目名称", *heads)], list[Fact]()
    for project in truth.projects:
        parts = [sum((i.score for i in project.indicators if i.level1 == level), Decimal(0)) for level in levels]
        values = [*parts, project.execution_score, project.total]
        rows.append((project.name, *map(pieces.number, values)))
        names = (*levels, "预算执行率指标", "综合")
        facts += (
            {"kind": "score", "subject": project.name, "dimension": name, "value": value}
            for name, value in zip(names, values, strict=True)
        )
    return Grid(tuple(rows), tuple(facts))
