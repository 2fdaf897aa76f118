"""Own money: budgets, income, expenditure, assets; by measure, part of a whole, or functional class."""

from __future__ import annotations

from collections.abc import Iterator

from kg.grammar.figures import Kind
from kg.grammar.measures import BUDGETS, Name
from kg.grammar.sentences._counts import quantity
from kg.grammar.sentences._naming import WORTH, names
from kg.grammar.sentences._spot import Account, Spot, state
from kg.grammar.statements import Sort, Statement

_FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")


def amount(spot: Spot) -> Iterator[Statement]:
    """What the sum of money at `spot` states: an amount, or a quantity where it is not the department's
    own. A number without a unit is money only behind a known measure."""
    memory, figure = spot.memory, spot.clause.figure
    bare = figure.kind is Kind.BARE
    if bare and not (spot.clause.closed and memory.scale):
        return
    if figure.yuan is not None and figure.value:
        memory.scale = figure.yuan / figure.value
    found = tuple(name for name in names(spot) if name.known or not bare)
    if found and memory.outer and _by_fund(found[0], memory.whole):
        return
    if found and figure.unit.startswith("亿") and memory.named and not memory.named[0].known:
        found = ()  # 全市生产总值1200亿元，一般公共预算收入80亿元: the economy's figures, not the department's
    if not bare and (not found or figure.yuan is None):
        yield from quantity(spot)
    elif found:
        account = memory.account
        told_before = account is not None and found[0].thing in (
            account.thing,
            account.thing.removesuffix("预算"),
            *BUDGETS,
        )
        aside = spot.clause.gap == f"({spot.clause.lead}" and found[0].item and found[0].measure in BUDGETS
        told_at = account.start if account and told_before else memory.start if aside else None
        told_at = memory.anchor if found[0].raw == WORTH else told_at
        yield from _amounts(spot, found, told_at)


def _by_fund(name: Name, whole: tuple[Name, ...]) -> bool:
    """Whether `name` only says which fund paid: 机关运行经费30万元（其中：一般公共预算支出30万元）."""
    paid = name.measure.startswith(_FUNDS) and name.measure.endswith("支出")
    return paid and bool(whole) and whole[0].known and not whole[0].thing.endswith(("支出", "支出总计", "收入", "预算"))


def _amounts(spot: Spot, found: tuple[Name, ...], told_at: int | None) -> Iterator[Statement]:
    """An amount for each name; `told_at` is where the sentence said of what account, if before."""
    memory, figure = spot.memory, spot.clause.figure
    start = spot.clause.start if told_at is None else told_at
    yuan = figure.yuan if figure.yuan is not None else figure.value * memory.scale
    for name in found:
        yield state(spot, Sort.AMOUNT, name, yuan=yuan, start=start)
    memory.named, memory.amounts, memory.start = found, found, start
    memory.row.extend(found)
    if told_at is None and "算" in found[0].raw and found[0].thing not in (*BUDGETS, "支出预算", "收入预算"):
        memory.account = Account(found[0].thing, start)
