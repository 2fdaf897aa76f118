"""各项成本指标相加大于项目的预算或支出。
The cost indicators of a project add up to more than its budget or spending.

完成值之和不能大于预算执行数，指标值之和不应大于预算（年初与调整后取较大的）。
只看三项以上、都以金额计的成本指标；其中有一项已是总成本的不算。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.derived import written
from kg.facts import Amount, Fact, Indicator
from kg.gathered import of
from kg.rounding import Rounded, step, yuan
from kg.rules._proof import finding, held, unsure
from kg.values import money

RULE = "cost_sums"
TYPE = "sum-mismatch"
SEVERITY = "error"
AIMED = "warning"  # targets are limits
COST, ALL = "成本", ("总", "合计")
BUDGETS, SPENT = ("年初预算", "调整后预算", "预算安排"), ("预算执行数",)

Cost = tuple[Decimal, Rounded]  # yuan, and what the written number can stand for


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    costs: dict[tuple[str, str | None], list[Indicator]] = defaultdict(list)
    for fact in of(facts, Indicator):
        if COST in f"{fact.level1}{fact.level2}":
            costs[fact.subject, fact.part].append(fact)
    for (subject, part), indicators in costs.items():
        money_of = [f for f in of(facts, Amount) if (f.subject, f.part) == (subject, part)]
        whole = [f for f in money_of if not (f.item or f.code or f.name or f.comparator)]
        if len(indicators) > 2 and not any(word in str(i.level3) for i in indicators for word in ALL):
            yield from _compared(indicators, [_yuan(i.actual, i.actual_unit) for i in indicators], whole, SPENT)
            yield from _compared(indicators, [_yuan(i.target, i.target_unit) for i in indicators], whole, BUDGETS)


def _yuan(value: Decimal | str | None, unit: str | None) -> Cost | None:
    scale = money.in_yuan(Decimal(1), unit or "")
    if not isinstance(value, Decimal) or not scale:
        return None
    half = step(value) / 2 * scale
    return value * scale, Rounded(value * scale - half, value * scale + half)


def _compared(
    indicators: Sequence[Indicator], values: Sequence[Cost | None], amounts: Sequence[Amount], of: Sequence[str]
) -> Iterator[Verdict]:
    given = [value for value in values if value is not None]
    limits = [amount for amount in amounts if amount.measure in of and amount.value > 0]
    if not given:
        return
    if len(given) < len(values) or not limits:
        yield unsure(
            RULE,
            indicators,
            "不是每项成本都写了金额，或没有项目的金额",
            "a cost or the budget is missing",
        )
        return
    limit = max(limits, key=lambda amount: amount.value_yuan)
    total, least = sum((cost for cost, _ in given), Decimal(0)), sum((cost.low for _, cost in given), Decimal(0))
    spent = of is SPENT
    scale = limit.value_yuan / limit.value
    unit = limit.unit or ""
    terms = " + ".join(f"{(cost / scale).normalize():f}" for cost, _ in given)
    if least <= yuan(limit).high:
        line = f"{terms} = {(total / scale).normalize():f}{unit}"
        yield held(RULE, (*indicators, limit), f"{line}，不大于{written(limit)}", exactly=total <= limit.value_yuan)
    elif max(cost for cost, _ in given) * 2 >= total:
        yield unsure(RULE, (*indicators, limit), "其中一项可能已是总成本", "one of the costs may be the whole")
    else:
        yield finding(
            RULE,
            TYPE,
            SEVERITY if spent else AIMED,
            (*indicators, limit),
            f"{len(given)}项成本指标的{'完成值' if spent else '指标值'}相加为{(total / scale).normalize():f}{unit}，"
            f"大于{limit.measure}{written(limit)}",
            f"The {len(given)} cost indicators add up to {(total / scale).normalize():f}{unit}, "
            f"more than {written(limit)}",
            f"{terms} = {(total / scale).normalize():f}{unit} > {written(limit)}",
        )
