"""Own money: budgets, income, expenditure, assets; by measure, part of a whole, or functional class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.figures import Kind
from kg.lexicon import folded
from kg.measures import BUDGETS, EXECUTED, FUNCTIONAL, Name, known, stage
from kg.quantities import external, own_money
from kg.sentences._counts import quantity
from kg.sentences._spot import Account, Memory, Spot, state
from kg.statements import Sort, Statement

_SPENT = "本年支出"  # what 支出决算为 means where nothing else was named
_SPENDING = re.compile(r"(?:使用|支付|列支|拨付|支出)(?:.{0,20}(?:经费|资金|费用|款))$")
_SAYS_NOTHING = frozenset({"支出", "金额", "总额", "费用"})


def amount(spot: Spot) -> Iterator[Statement]:
    """What the sum of money at `spot` states: an amount, or a quantity where it is not the department's
    own. A number without a unit is money only behind a known measure."""
    memory, figure = spot.memory, spot.clause.figure
    bare = figure.kind is Kind.BARE
    if bare and not (spot.clause.closed and memory.scale):
        return
    if figure.yuan is not None and figure.value:
        memory.scale = figure.yuan / figure.value
    account = memory.account
    names = tuple(name for name in _names(spot, spot.clause.lead) if name.known or not bare)
    if not bare and (not names or figure.yuan is None):
        yield from quantity(spot)
    elif names:
        told_before = account is not None and account is memory.account and names[0].thing in (account.thing, *BUDGETS)
        yield from _amounts(spot, names, account.start if account and told_before else None)


def _amounts(spot: Spot, names: tuple[Name, ...], told_at: int | None) -> Iterator[Statement]:
    """An amount for each name; `told_at` is where the sentence said of what account, if before."""
    memory, figure = spot.memory, spot.clause.figure
    start = spot.clause.start if told_at is None else told_at
    yuan = figure.yuan if figure.yuan is not None else figure.value * memory.scale
    for name in names:
        yield state(spot, Sort.AMOUNT, name, yuan=yuan, start=start)
    memory.named, memory.amounts, memory.start = names, names, start
    memory.row.extend(names)
    if told_at is None and "算" in names[0].raw and names[0].thing not in BUDGETS:
        memory.account = Account(names[0].thing, start)


def _names(spot: Spot, lead: str) -> tuple[Name, ...]:
    """What own money `lead` names; none where it is not the department's own or says nothing."""
    memory = spot.memory
    head, _, rest = lead.partition("为")
    if rest and (whole := spot.resolve(head)) and whole[0].measure in BUDGETS:
        memory.whole, lead = whole, rest  # 预算安排为接待费80万元
    names = spot.resolve(lead)
    first = names[0] if names else Name("")
    held = known(memory.thing) if memory.fresh and not names else None
    if held:  # 在建工程1项12277.73万元
        return (Name(held, memory.thing, known=True),)
    bare_class = not names and spot.functional is not None and spot.functional.start >= 0
    if spot.functional and (bare_class or first.measure in (*BUDGETS, _SPENT)):
        measure = first.measure if first.measure in BUDGETS else FUNCTIONAL
        return (Name(measure, lead, code=spot.functional.code, name=spot.functional.name, known=True),)
    label = first.raw if first.known else first.measure
    project = _project(spot, label)
    if project:
        memory.account = Account("", spot.clause.start, project[1])
        return (Name(project[0], label, known=True),)
    if first.measure == _SPENT and (
        memory.account and memory.account.project or spot.prose.subject in spot.prose.projects
    ):
        return (Name(EXECUTED, label, known=True),)
    if label in _SAYS_NOTHING and memory.fresh:
        return _of_the_item(label, memory)
    if memory.account and memory.account.thing and first.measure in BUDGETS and not first.item:
        return (replace(first, item=memory.account.thing),)
    if memory.account and memory.account.thing and first.measure == _SPENT and label.endswith("决算"):
        return (Name(memory.account.thing, label, known=True),)
    if first.known and memory.whole and not memory.whole[0].known:
        return tuple(replace(name, item=memory.whole[0].thing) for name in names)  # 在其他采购项目中，采购金额…
    if first.known:
        return (_earned(first, label, memory.whole),) if len(names) == 1 else names
    return _own_words(first, label, memory.whole) if label else ()


def _of_the_item(label: str, memory: Memory) -> tuple[Name, ...]:
    """What 支出 and 金额 mean behind a count: 国内公务接待0批次，共计支出0万元; 轿车0辆、金额0万元."""
    spent = known(f"{memory.thing}支出")
    if spent and label == "支出":
        return (Name(spent, label, known=True),)
    return tuple(replace(name, item=memory.thing) for name in memory.amounts or memory.whole)


def _project(spot: Spot, label: str) -> tuple[str, str] | None:
    """The stage and the project of 校园维修项目年初预算, where the report has a project of that name."""
    measure, what = stage(label) or ("", "")
    names = [name for name in spot.prose.projects if folded(name) in what] if what else []
    return (measure, max(names, key=len)) if names else None


def _earned(name: Name, label: str, whole: tuple[Name, ...]) -> Name:
    """人员经费 among the parts of an income is income for it, not spending."""
    if whole and whole[0].measure.endswith("收入") and name.measure.endswith(("支出", "经费")):
        return Name(f"{label}收入", label, known=True)
    return name


def _own_words(name: Name, label: str, wholes: tuple[Name, ...]) -> tuple[Name, ...]:
    """Own money that the vocabulary has no measure for."""
    whole = wholes[0] if wholes else None
    if external(label):
        return ()
    if _SPENDING.search(label):
        return (replace(name, measure=EXECUTED, known=True),)
    if whole and whole.known and label.endswith("支出") and whole.measure.endswith("支出"):
        return (replace(name, measure=FUNCTIONAL, name=label),)
    if whole and (whole.measure in BUDGETS or not label.endswith(("收入", "支出", "金额"))):
        return (replace(whole, item=label, raw=label),)
    return (name,) if own_money(label) else ()
