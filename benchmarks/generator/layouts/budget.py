"""部门预算 with its tables: what the department plans to take in and spend."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from generator import pieces, tables
from generator.blocks import Block, Fact, Grid, Pen, amount
from generator.truth import Truth

TYPE = "部门预算"
FORMATS = ("txt", "md", "html", "docx", "pdf")


def blocks(truth: Truth, pen: Pen) -> Iterator[Block]:
    """Duties, bodies, explanation, tables."""
    year = truth.year
    yield from pieces.title(truth, pen, f"{year}年部门预算", TYPE)
    yield pen.heading(1, 1, "部门主要职能")
    yield from pieces.duties(truth, pen)
    yield pen.heading(1, 2, "部门机构设置")
    yield from pieces.bodies(truth, pen)
    yield pen.heading(1, 3, "部门预算编制说明")
    yield from _explained(truth, pen)
    yield pen.heading(1, 4, "部门预算表")
    yield from _tables(truth, pen)


def _total(truth: Truth) -> Decimal:
    return sum((one.budget for one in truth.classes), Decimal(0))


def _explained(truth: Truth, pen: Pen) -> Iterator[Block]:
    name, year, total = truth.office.name, truth.year, _total(truth)
    money = partial(amount, name, year=year)
    yield pen.say(
        "{year}年收入预算{total}，其中：一般公共预算财政拨款收入{total}。",
        facts=[money(None, total), money("一般公共预算财政拨款收入", total)],
        year=year,
        total=pen.wan(total),
    )
    yield pen.say("{year}年支出预算{total}。", facts=[money(None, total)], year=year, total=pen.wan(total))
    for at, one in enumerate(truth.classes, 1):
        a, b, c = one.names
        yield pen.say(
            "{at}. “{a}（类）{b}（款）{c}（项）”{value}，主要用于{c}方面的支出。",
            facts=[money("功能分类支出", one.budget, name=c)],
            at=at,
            a=a,
            b=b,
            c=c,
            value=pen.wan(one.budget),
        )
    three = truth.three
    lines = (three.abroad, three.cars, three.reception)
    yield pen.say(
        "{year}年“三公”经费预算{total}，其中：{parts}。",
        facts=[
            money(None, three.spent),
            *(money(line.measure, line.value) for line in lines),
        ],
        year=year,
        total=pen.wan(three.spent),
        parts="；".join(f"{line.measure}{pen.wan(line.value)}" for line in lines),
    )


def _tables(truth: Truth, pen: Pen) -> Iterator[Block]:
    unit, year = pen.dice.choice(("元", "万元")), truth.year
    nodes = list(tables.tree(truth.classes))
    yield from tables.caption(truth, pen, f"{year}年部门收支预算总表", unit)
    yield _whole(truth, pen, unit)
    yield from tables.caption(truth, pen, f"{year}年部门收入预算总表", unit)
    yield tables.by_class(truth, pen, {"合计|": "budget", "财政拨款收入|": "budget"}, nodes, unit)
    yield from tables.caption(truth, pen, f"{year}年部门支出预算总表", unit)
    yield tables.by_class(truth, pen, {"合计|": "budget"}, nodes, unit)
    yield from tables.caption(truth, pen, f"{year}年部门一般公共预算支出功能分类预算表", unit)
    yield tables.by_class(truth, pen, {"合计|": "budget"}, nodes, unit)
    yield from tables.empty(truth, pen, f"{year}年部门政府性基金预算支出功能分类预算表", "政府性基金预算")
    yield from tables.empty(truth, pen, f"{year}年部门国有资本经营预算支出功能分类预算表", "国有资本经营预算")
    yield from tables.caption(truth, pen, f"{year}年项目支出预算表", "万元")
    yield _projects(truth, pen)


def _whole(truth: Truth, pen: Pen, unit: str) -> Grid:
    total, money = _total(truth), partial(amount, truth.office.name, year=truth.year)
    groups = [(node.name, node.budget) for node in tables.tree(truth.classes) if len(node.code) == 3]
    left, right = tables.levelled(
        tables.counted([("一般公共预算财政拨款收入", total), ("其他收入", Decimal("0.00"))]), tables.counted(groups)
    )
    left.append(("收入总计", total))
    right.append(("支出总计", total))
    rows = tables.in_and_out(pen, ("项目", "预算数", "项目", "预算数"), left, right, unit)
    facts: list[Fact] = [money(None, total), money(None, Decimal(0))]
    facts += [money(None, value, name=name) for name, value in groups]
    facts += [money(None, total)]
    return Grid((tables.sides(rows, "本年收入", "本年支出"), *rows), tuple(facts))


def _projects(truth: Truth, pen: Pen) -> Grid:
    rows: list[tuple[str, ...]] = [("项目名称", "预算数", "实施单位")]
    facts: list[Fact] = []
    for project in truth.projects:
        rows.append((project.name, pen.figure(project.budget), truth.units[0]))
        facts.append(pieces.project_fact(truth, project, code=False))
        facts.append(amount(project.name, None, project.budget, truth.year))
    return Grid(tuple(rows), tuple(facts))
