"""The public tables of accounts and budgets: 收支总表, tables by functional class, “三公”经费."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from generator.blocks import BEFORE, Block, Fact, Grid, Paragraph, Pen, Title, amount
from generator.blocks import han as han_number
from generator.truth import Class, Truth


@dataclass(frozen=True, slots=True)
class Node:
    """A functional class of any level with all that is under it."""

    code: str
    name: str
    budget: Decimal
    received: Decimal
    basic: Decimal
    project: Decimal

    @property
    def spent(self) -> Decimal:
        return self.basic + self.project


def tree(classes: Sequence[Class]) -> Iterator[Node]:
    """Every class with its first two levels above it, each once, in the order of codes."""
    names: dict[str, str] = {}
    for one in classes:
        for length, name in zip((3, 5, 7), one.names, strict=True):
            names[one.code[:length]] = name
    for code, name in sorted(names.items()):
        under = [one for one in classes if one.code.startswith(code)]
        budget, received, basic, project = (
            sum((getattr(one, field) for one in under), Decimal(0))
            for field in ("budget", "received", "basic", "project")
        )
        yield Node(code, name, budget, received, basic, project)


def caption(truth: Truth, pen: Pen, text: str, unit: str) -> Iterator[Block]:
    """The table's title and the line that says whose it is and in which unit."""
    yield Title(text)
    yield Paragraph(f"{pen.dice.choice(('编制部门', '部门', '公开部门'))}：{truth.office.name}　　单位：{unit}")


def by_class(truth: Truth, pen: Pen, columns: Mapping[str, str], nodes: Sequence[Node], unit: str) -> Grid:
    """A row a class. `columns` names the head of each field of a node and, after a bar, the measure it is
    of where that is another (nothing: open); codes stand in one column, or in three."""
    written = pen.yuan if unit == "元" else pen.figure
    split = pen.dice.random() < 0.5
    heads = [head.split("|")[0] for head in columns]
    first = ("类", "款", "项", "科目名称") if split else ("科目编码", "科目名称")
    rows: list[tuple[str, ...]] = [(*first, *heads)]
    if pen.dice.random() < 0.3:
        rows.append(("栏次", *[BEFORE] * (len(first) - 1), *(str(at) for at in range(1, len(heads) + 1))))
    facts: list[Fact] = []
    money = partial(amount, truth.office.name, year=truth.year)
    for node in nodes:
        code = (node.code[:3], node.code[3:5], node.code[5:]) if split else (node.code,)
        values = [getattr(node, field) for field in columns.values()]
        rows.append((*code, node.name, *map(written, values)))
        for head, value in zip(columns, values, strict=True):
            measure = _measure(head)
            own = "功能分类支出" if measure == "本年支出" else measure  # what a class spends is the class
            facts.append(money(own, value, code=node.code, name=node.name))
    leaves = [node for node in nodes if len(node.code) == 7]
    totals = [sum((getattr(leaf, field) for leaf in leaves), Decimal(0)) for field in columns.values()]
    rows.append(("合计", *[BEFORE] * (len(first) - 1), *map(written, totals)))
    for head, value in zip(columns, totals, strict=True):
        measure = _measure(head)
        facts.append(money("一般公共预算财政拨款支出" if measure == "功能分类支出" else measure, value))
    return Grid(tuple(rows), tuple(facts))


def _measure(head: str) -> str | None:
    return head.rsplit("|", maxsplit=1)[-1] or None


def in_and_out(
    pen: Pen,
    heads: Sequence[str],
    left: Sequence[tuple[str, Decimal | None]],
    right: Sequence[tuple[str, Decimal | None]],
    unit: str,
) -> list[tuple[str, ...]]:
    """Items and money of income beside those of spending."""
    written = pen.yuan if unit == "元" else pen.figure
    rows: list[tuple[str, ...]] = [tuple(heads)]
    if pen.dice.random() < 0.4:
        return _numbered(heads, left, right, written)
    for at in range(max(len(left), len(right))):
        cells: list[str] = []
        for side in (left, right):
            name, value = side[at] if at < len(side) else ("", None)
            cells += (name, "" if value is None else written(value))
        rows.append(tuple(cells))
    return rows


def _numbered(
    heads: Sequence[str],
    left: Sequence[tuple[str, Decimal | None]],
    right: Sequence[tuple[str, Decimal | None]],
    written: Callable[[Decimal], str],
) -> list[tuple[str, ...]]:
    """The same in the national form, which numbers rows (行次) and columns (栏次)."""
    rows: list[tuple[str, ...]] = [
        (heads[0], "行次", heads[1], heads[2], "行次", heads[3]),
        ("栏次", "", "1", "栏次", "", "2"),
    ]
    for at, ((a, x), (b, y)) in enumerate(zip(left, right, strict=True), 1):
        values = ["" if value is None else written(value) for value in (x, y)]
        rows.append((a, str(at), values[0], b, str(len(left) + at), values[1]))
    return rows


def sides(rows: Sequence[Sequence[str]], left: str, right: str) -> tuple[str, ...]:
    """The head above the two halves of a table."""
    half = len(rows[0]) // 2
    return (left, *[BEFORE] * (half - 1), right, *[BEFORE] * (half - 1))


def counted(names: Sequence[tuple[str, Decimal]]) -> list[tuple[str, Decimal | None]]:
    """一、教育支出, 二、…."""
    return [(f"{han_number(at)}、{name}", value) for at, (name, value) in enumerate(names, 1)]


def levelled(
    left: list[tuple[str, Decimal | None]], right: list[tuple[str, Decimal | None]]
) -> tuple[list[tuple[str, Decimal | None]], list[tuple[str, Decimal | None]]]:
    """Both sides with blank lines to the same length, so that the sums stand beside each other."""
    most = max(len(left), len(right))
    return (left + [("", None)] * (most - len(left)), right + [("", None)] * (most - len(right)))


def three_publics(truth: Truth, pen: Pen, head: str, measures: Mapping[str, Decimal]) -> Grid:
    """One row of the “三公” costs under a head of two rows."""
    first = ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")
    names = ("“三公”经费", "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")
    rows = (
        (head, BEFORE, BEFORE, BEFORE),
        first,
        tuple(pen.figure(measures[name]) for name in names),
    )
    return Grid(rows, tuple(amount(truth.office.name, name, measures[name], truth.year) for name in names))


def empty(truth: Truth, pen: Pen, text: str, fund: str) -> Iterator[Block]:
    """A table of a fund that the department has not, and the note that says so."""
    yield from caption(truth, pen, text, "万元")
    yield Grid(
        (("科目编码", "科目名称", "合计", "基本支出", "项目支出"), ("", "", "", "", ""), ("合计", BEFORE, "", "", ""))
    )
    yield Paragraph(f"注：本部门{truth.year}年没有{fund}安排的支出，故本表无数据。")
