"""一个项目、一项资金或一个功能科目写明的执行率（完成预算）与它的金额不一致。
The stated execution rate of a project, an item or a functional class is not what its amounts give.

执行率＝执行数÷预算，金额与执行率在同一行或同一句里。写明“完成年初预算”的按年初预算算，没有写明的，预算安排、年初预算、
调整后预算任何一个对得上就算一致。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.derived import EXECUTED, written
from kg.facts import Amount, Fact, Rate
from kg.gathered import of
from kg.places import places
from kg.rounding import rounded, shown, step, yuan
from kg.rules._naming import named_base
from kg.rules._proof import finding, held
from ontology.loader import widest

RULE = "item_execution_rate"
TYPE = "rate-mismatch"
SEVERITY = "error"
BASELESS = "warning"  # of a budget of zero there is no rate
RATE = "预算执行率"
PLANNED = "预算安排"
BUDGETS = (PLANNED, "年初预算", "调整后预算")
SPENT = ("预算执行数", "功能分类支出")
ROW = 40  # code points between an amount and the rate


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    amounts = places(f for f in of(facts, Amount) if not f.comparator)
    for rate in of(facts, Rate):
        if not rate.comparator and rate.value > 0 and _is_execution(rate):
            line = rate.measure.removesuffix(RATE) if rate.measure.endswith(RATE) else ""
            near = [a for a in amounts.near(rate.evidence, ROW) if _alike(a, rate)]
            whole = any(a.measure == line and line in EXECUTED and not _line(a) for a in near)
            budgets = [
                a for a in near if _line(a) == ("" if whole else line) and a.measure in BUDGETS and yuan(a).low > 0
            ]
            budgets = [b for b in budgets if b.measure == named_base(rate)] or budgets
            spent = [a for a in near if _line(a) == line and a.measure in SPENT]
            spent += [a for a in near if a.measure == line and not _line(a)]
            empty = [a for a in near if a.measure in BUDGETS and a.value == 0 and _line(a) == line]
            if line and empty and not budgets and len(spent) == 1 and spent[0].value:
                yield _of_nothing(rate, spent[0], empty[0])
            # A whole with an initial or adjusted budget is what execution_rate looks at.
            if budgets and len(spent) == 1 and (line or {b.measure for b in budgets} == {PLANNED}):
                yield _compared(rate, spent[0], budgets)


def _line(amount: Amount) -> str:
    """The item or functional class that the money is for, '' for the whole."""
    return amount.item or amount.name or ""


def _is_execution(rate: Rate) -> bool:
    return rate.measure.endswith(RATE) or widest("measures", rate.measure) == RATE


def _alike(amount: Amount, rate: Rate) -> bool:
    return (amount.subject, amount.year, amount.part) == (rate.subject, rate.year, rate.part)


def _of_nothing(rate: Rate, spent: Amount, budget: Amount) -> Verdict:
    return finding(
        RULE,
        TYPE,
        BASELESS,
        (rate, spent, budget),
        f"{budget.measure}为零，却写{rate.measure}{rate.value}%",
        f"The budget is zero, an execution rate of {rate.value} % cannot be",
        f"{written(spent)} ÷ {written(budget)}：除数为零",
    )


def _compared(rate: Rate, spent: Amount, budgets: Sequence[Amount]) -> Verdict:
    stated = rounded(rate.value)
    fitting = [b for b in budgets if stated.near(yuan(spent).share_of(yuan(b)), step(rate.value))]
    budget = (fitting or budgets)[-1]
    ours = shown(spent.value_yuan / budget.value_yuan * 100)
    line = f"{written(spent)} ÷ {written(budget)} = {ours}%"
    if fitting:
        return held(RULE, (rate, spent, budget), line, exactly=ours == rate.value)
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (rate, spent, budget),
        f"{rate.subject}的{rate.measure}写为{rate.value}%，按金额计算为{ours}%",
        f"The execution rate is stated as {rate.value} %, the amounts give {ours} %",
        line,
    )
