"""写明已完成的指标，完成值没有达到指标值。
An indicator is said to be met, its actual value misses the target.

依据：指标值与完成值的比较；单位不同的不比。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Fact, Indicator
from kg.gathered import of
from kg.rules._missed import shown
from kg.rules._proof import finding, held

RULE = "said_met"
TYPE = "contradiction"
SEVERITY = "error"
AT_LEAST, AT_MOST = ("≥", ">", "＞"), ("≤", "<", "＜")


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    for fact in of(facts, Indicator):
        if not fact.met or fact.comparator or fact.target_unit != fact.actual_unit:
            continue
        if isinstance(fact.target, Decimal) and isinstance(fact.actual, Decimal):
            short = fact.operator in AT_LEAST and fact.actual < fact.target
            over = fact.operator in AT_MOST and fact.actual > fact.target
            yield _missed(fact) if short or over else held(RULE, (fact,), shown(fact))


def _missed(fact: Indicator) -> Verdict:
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (fact,),
        f"{shown(fact)}，没有达到，却写已完成",
        "The indicator is said to be met, its actual value misses the target",
        shown(fact),
    )
