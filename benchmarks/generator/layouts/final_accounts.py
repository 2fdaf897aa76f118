"""部门决算 with its nine tables and the explanation of each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from generator import pieces, tables
from generator.blocks import Block, Fact, Grid, Pen, amount, percent
from generator.truth import Truth

TYPE = "部门决算"
FORMATS = ("txt", "md", "html", "docx", "pdf")


def blocks(truth: Truth, pen: Pen) -> Iterator[Block]:
    """Tables stand before the explanations, or behind them."""
    name, year = truth.office.name, truth.year
    yield from pieces.title(truth, pen, f"{year}年度部门决算", TYPE)
    first = pen.dice.random() < 0.5
    chapters = [_overview, _tables, _explained] if first else [_overview, _explained, _tables]
    titles = {_overview: "部门概况", _tables: f"{year}年度部门决算表", _explained: f"{year}年度部门决算情况说明"}
    for at, chapter in enumerate(chapters, 1):
        yield pen.heading(0, at, titles[chapter])
        yield from chapter(truth, pen)
    yield pen.heading(0, 4, "名词解释")
    yield pen.say("1.财政拨款收入：指单位从同级财政部门取得的财政预算资金。")
    yield pen.say("2.基本支出：指为保障机构正常运转、完成日常工作任务而发生的支出。", name=name)


def _overview(truth: Truth, pen: Pen) -> Iterator[Block]:
    yield pen.heading(1, 1, "部门职责")
    yield from pieces.duties(truth, pen)
    yield pen.heading(1, 2, "机构设置")
    yield from pieces.bodies(truth, pen)


def _tables(truth: Truth, pen: Pen) -> Iterator[Block]:
    unit = pen.dice.choice(("万元", "万元", "元"))
    nodes = list(tables.tree(truth.classes))
    yield from tables.caption(truth, pen, "收入支出决算总表", unit)
    yield _whole(truth, pen, unit)
    yield from tables.caption(truth, pen, "收入决算表", unit)
    yield tables.by_class(truth, pen, {"本年收入合计|本年收入": "received", "财政拨款收入": "received"}, nodes, unit)
    yield from tables.caption(truth, pen, "支出决算表", unit)
    heads = {"本年支出合计|本年支出": "spent", "基本支出": "basic", "项目支出": "project"}
    yield tables.by_class(truth, pen, heads, nodes, unit)
    yield from tables.caption(truth, pen, "财政拨款收入支出决算总表", unit)
    yield _allocated(truth, pen, unit)
    yield from tables.caption(truth, pen, "一般公共预算财政拨款支出决算表", unit)
    heads = {"合计|功能分类支出": "spent", "基本支出": "basic", "项目支出": "project"}
    yield tables.by_class(truth, pen, heads, nodes, unit)
    yield from tables.caption(truth, pen, "财政拨款“三公”经费支出决算表", "万元")
    three = truth.three
    spent = {line.measure: line.value for line in (three.abroad, three.cars, three.reception)}
    yield tables.three_publics(truth, pen, "决算数", {"“三公”经费": three.spent, **spent})
    yield from tables.empty(truth, pen, "政府性基金预算财政拨款收入支出决算表", "政府性基金预算")
    yield from tables.empty(truth, pen, "国有资本经营预算财政拨款支出决算表", "国有资本经营预算")


def _whole(truth: Truth, pen: Pen, unit: str) -> Grid:
    """All that came in beside all that went out, by functional class."""
    account, money = truth.account, partial(amount, truth.office.name, year=truth.year)
    left, right = tables.levelled(
        tables.counted([(line.measure, line.value) for line in account.sources]),
        tables.counted([(group.name, group.value) for group in truth.groups]),
    )
    sums = (
        ("本年收入合计", "本年收入", account.income, "本年支出合计", "本年支出", account.spending),
        (
            "年初结转和结余",
            "年初结转和结余",
            account.carried_in,
            "年末结转和结余",
            "年末结转和结余",
            account.carried_out,
        ),
        ("总计", "收入总计", account.total, "总计", "支出总计", account.total),
    )
    for a, _, x, b, _, y in sums:
        left.append((a, x))
        right.append((b, y))
    rows = tables.in_and_out(pen, ("项目", "决算数", "项目", "决算数"), left, right, unit)
    facts: list[Fact] = [money(line.measure, line.value) for line in account.sources]
    facts += [money("功能分类支出", group.value, name=group.name) for group in truth.groups]
    for _, a, x, _, b, y in sums:
        facts += (money(a, x), money(b, y))
    return Grid((tables.sides(rows, "收入", "支出"), *rows), tuple(facts))


def _allocated(truth: Truth, pen: Pen, unit: str) -> Grid:
    """The treasury's money only: what came is what went."""
    account, money = truth.account, partial(amount, truth.office.name, year=truth.year)
    left, right = tables.levelled(
        tables.counted([("一般公共预算财政拨款", account.spending)]),
        tables.counted([(group.name, group.value) for group in truth.groups]),
    )
    left += [("本年收入合计", account.spending), ("总计", account.spending)]
    right += [("本年支出合计", account.spending), ("总计", account.spending)]
    rows = tables.in_and_out(pen, ("项目", "金额", "项目", "合计"), left, right, unit)
    facts = [money("一般公共预算财政拨款收入", account.spending)]
    facts += [money("功能分类支出", group.value, name=group.name) for group in truth.groups]
    facts += [
        money(m, account.spending) for m in ("财政拨款收入", "财政拨款支出", "财政拨款收入总计", "财政拨款支出总计")
    ]
    return Grid((tables.sides(rows, "收入", "支出"), *rows), tuple(facts))


def _explained(truth: Truth, pen: Pen) -> Iterator[Block]:
    account, name, year = truth.account, truth.office.name, truth.year
    money = partial(amount, name, year=year)
    yield pen.heading(1, 1, "收入支出决算总体情况说明")
    both, facts = pieces.moved(truth, pen, ("收入总计", "支出总计"), account.change)
    yield pen.say(
        "{year}年度收、支总计均为{total}。与{before}年度相比，收、支总计各{both}。",
        "{year}年度收入总计、支出总计均为{total}。与{before}年度相比，收、支总计各{both}。主要原因是项目安排变化。",
        facts=[money("收入总计", account.total), money("支出总计", account.total), *facts],
        year=year,
        before=year - 1,
        total=pen.wan(account.total),
        both=both,
    )
    yield pen.heading(1, 2, "收入决算情况说明")
    yield from pieces.income(truth, pen)
    yield pen.heading(1, 3, "支出决算情况说明")
    yield from pieces.spending(truth, pen)
    yield pen.heading(1, 4, "财政拨款收入支出决算总体情况说明")
    yield pen.say(
        "{year}年度财政拨款收、支总计均为{total}。",
        "{year}年度财政拨款收入总计{total}，财政拨款支出总计{total}。",
        facts=[money("财政拨款收入总计", account.spending), money("财政拨款支出总计", account.spending)],
        year=year,
        total=pen.wan(account.spending),
    )
    yield pen.heading(1, 5, "一般公共预算财政拨款支出决算情况说明")
    yield from _general(truth, pen)
    yield pen.heading(1, 6, "一般公共预算财政拨款基本支出决算情况说明")
    yield from pieces.basics(truth, pen)
    yield pen.heading(1, 7, "财政拨款“三公”经费支出决算情况说明")
    yield from _three(truth, pen)
    yield pen.heading(1, 8, "政府性基金预算支出决算情况说明")
    yield pen.say("本部门{year}年度无政府性基金预算财政拨款支出。", year=year)
    yield pen.heading(1, 9, "国有资本经营预算支出决算情况说明")
    yield pen.say("本部门{year}年度无国有资本经营预算财政拨款支出。", year=year)
    yield pen.heading(1, 10, "其他重要事项的情况说明")
    yield pen.heading(2, 1, "机关运行经费支出情况")
    change, facts = pieces.moved(truth, pen, ("机关运行经费",), account.running_change)
    yield pen.say(
        "{year}年度机关运行经费支出{running}，比{before}年度{change}。",
        "机关运行经费支出{running}，较{before}年度{change}，主要原因是厉行节约及人员变化。",
        facts=[money("机关运行经费", account.running), *facts],
        year=year,
        before=year - 1,
        running=pen.wan(account.running),
        change=change,
    )


def _general(truth: Truth, pen: Pen) -> Iterator[Block]:
    """By group, then class by class."""
    account, name, year = truth.account, truth.office.name, truth.year
    money, rate = partial(amount, name, year=year), partial(percent, name, year=year)
    yield pen.heading(2, 1, "一般公共预算财政拨款支出决算总体情况")
    change, facts = pieces.moved(truth, pen, ("一般公共预算财政拨款支出",), account.spending_change)
    yield pen.say(
        "{year}年度一般公共预算财政拨款支出{spent}，占本年支出合计的100%。与{before}年度相比，一般公共预算财政拨款支出{change}。",
        facts=[
            money("一般公共预算财政拨款支出", account.spending),
            rate("一般公共预算财政拨款支出占比", Decimal(100)),
            *facts,
        ],
        year=year,
        before=year - 1,
        spent=pen.wan(account.spending),
        change=change,
    )
    yield pen.heading(2, 2, "一般公共预算财政拨款支出决算结构情况")
    way = pen.dice.choice(("{name}{value}，占{share}%", "{name}（类）{value}，占{share}%"))
    parts = [way.format(name=g.name, value=pen.wan(g.value), share=g.share) for g in truth.groups]
    facts = [money("一般公共预算财政拨款支出", account.spending)]
    for group in truth.groups:
        facts += (money("功能分类支出", group.value, name=group.name), rate(group.name + "占比", group.share))
    yield pen.say(
        "{year}年度一般公共预算财政拨款支出{spent}，主要用于以下方面：{parts}。",
        facts=facts,
        year=year,
        spent=pen.wan(account.spending),
        parts="；".join(parts),
    )
    yield pen.heading(2, 3, "一般公共预算财政拨款支出决算具体情况")
    style = pen.dice.randrange(2)
    for at, one in enumerate(truth.classes, 1):
        code, (a, b, c) = one.code, one.names
        what = f"{code[:3]}（{a}）{code[3:5]}（{b}）{code[5:]}（{c}）：" if style else f"{a}（类）{b}（款）{c}（项）。"
        said: list[Fact] = [
            money("年初预算", one.budget, name=c),
            money("功能分类支出", one.spent, name=c),
            rate(c + "预算执行率", one.execution),
        ]
        yield pen.say(
            "{at}.{what}年初预算为{budget}，支出决算为{spent}，完成年初预算的{rate}%。",
            facts=said,
            at=at,
            what=what,
            budget=pen.wan(one.budget),
            spent=pen.wan(one.spent),
            rate=one.execution,
        )


def _three(truth: Truth, pen: Pen) -> Iterator[Block]:
    three, name, year = truth.three, truth.office.name, truth.year
    money, rate = partial(amount, name, year=year), partial(percent, name, year=year)
    lines = (three.abroad, three.cars, three.reception)
    facts = [
        money("“三公”经费", three.spent),
        money(None, three.budget),
        rate("“三公”经费预算执行率", three.execution),
    ]
    for line in lines:
        facts += (money(line.measure, line.value), rate(line.measure + "占比", line.share))
    yield pen.say(
        "{year}年度“三公”经费财政拨款支出预算为{budget}，支出决算为{spent}，完成预算的{rate}%。其中：{parts}。",
        facts=facts,
        year=year,
        budget=pen.wan(three.budget),
        spent=pen.wan(three.spent),
        rate=three.execution,
        parts="；".join(f"{line.measure}支出决算为{pen.wan(line.value)}，占{line.share}%" for line in lines),
    )
