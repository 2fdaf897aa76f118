"""成本指标与同一费用写明的预算或支出不一致。
A cost indicator does not agree with the budget or the spending stated for the same cost.

指标值应等于该项费用的预算安排，完成值应等于它的实际支出；只比名称相同或基本相同、数量级相当的金额。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.derived import written
from kg.facts import Amount, Fact, Indicator
from kg.gathered import of
from kg.rounding import Rounded, step, yuan
from kg.rules._naming import alike, same_subject
from kg.rules._proof import finding, held, unsure
from kg.values import money

RULE = "indicator_budget"
TYPE = "contradiction"
SEVERITY = "error"
AIMED = "warning"  # a target may have been set before the budget was
COST = "成本"
BUDGETED, SPENT = "预算安排", "预算执行数"
FACTOR = 10  # further apart they are not one cost: 450元/人 and 20万元


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    lines = [f for f in of(facts, Amount) if f.item and f.value > 0 and not f.comparator]
    for cost in of(facts, Indicator):
        if cost.level3 and COST in f"{cost.level1}{cost.level2}":
            mine = [a for a in lines if alike(str(a.item), cost.level3) and same_subject(a.subject, cost.subject)]
            yield from _compared(cost, cost.target, cost.target_unit, BUDGETED, mine)
            if not cost.comparator:
                yield from _compared(cost, cost.actual, cost.actual_unit, SPENT, mine)


def _compared(
    cost: Indicator, value: Decimal | str | None, unit: str | None, measure: str, lines: Sequence[Amount]
) -> Iterator[Verdict]:
    scale = money.in_yuan(Decimal(1), unit or "")
    stated = [line for line in lines if line.measure == measure]
    if not isinstance(value, Decimal) or not scale or not stated:
        return
    half = step(value) / 2
    here = Rounded((value - half) * scale, (value + half) * scale)
    fitting = next((line for line in stated if yuan(line).agrees(here)), None)
    if fitting:
        exactly = fitting.value_yuan == value * scale
        yield held(RULE, (cost, fitting), f"{value}{unit} = {written(fitting)}", exactly=exactly)
        return
    if not _comparable(value * scale, stated[0].value_yuan):
        yield unsure(RULE, (cost, stated[0]), "金额相差太大，可能不是同一项费用", "too far apart to be one cost")
        return
    line, role = stated[0], ("指标值" if measure == BUDGETED else "完成值")
    yield finding(
        RULE,
        TYPE,
        AIMED if measure == BUDGETED else SEVERITY,
        (cost, line),
        f"“{cost.level3}”{role}写为{value}{unit}，{measure}写为{written(line)}",
        f"“{cost.level3}” is {value}{unit} as an indicator, {written(line)} in the accounts",
        f"{value}{unit} ≠ {written(line)}",
    )


def _comparable(one: Decimal, other: Decimal) -> bool:
    return max(one, other) <= FACTOR * min(one, other)
