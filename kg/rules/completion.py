"""指标写明的完成率与指标值、完成值算出来的不一致。
The stated completion of an indicator is not what its target and actual value give.

完成率＝完成值÷指标值，超额完成写100%也算一致；越小越好（≤）的指标各地算法不同，不比。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Fact, Indicator
from kg.gathered import of
from kg.rounding import rounded, shown, step
from kg.rules._proof import finding, held, unsure

RULE = "completion"
TYPE = "rate-mismatch"
SEVERITY = "error"
MORE_IS_BETTER = ("≥", ">", "＞", "＝", "=", None)
ALL = 100


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    for fact in of(facts, Indicator):
        if fact.comparator or fact.operator not in MORE_IS_BETTER:
            continue
        target, actual, stated = fact.target, fact.actual, fact.completion
        same_unit = fact.target_unit == fact.actual_unit or None in (fact.target_unit, fact.actual_unit)
        if stated is None:
            continue
        if same_unit and isinstance(target, Decimal) and isinstance(actual, Decimal):
            yield _compared(fact, target, actual, stated)
        else:
            yield unsure(
                RULE, (fact,), "指标值或完成值不是同一单位的数", "target and actual are no numbers of one unit"
            )


def _compared(fact: Indicator, target: Decimal, actual: Decimal, stated: Decimal) -> Verdict:
    if target <= 0:
        return unsure(RULE, (fact,), "指标值为零，算不出完成率", "the target is zero")
    computed = actual / target * 100
    name = fact.level3 or fact.level2 or fact.subject
    sides = f"{actual}{fact.actual_unit or ''} ÷ {target}{fact.target_unit or ''}"
    # A rate of 97 % against a target of 95 % is often said to be completed to 97 %.
    as_stated = (stated == ALL and actual >= target) or (fact.target_unit == "%" and stated == actual)
    if as_stated or rounded(stated).near(rounded(shown(computed)), step(stated)):
        return held(RULE, (fact,), f"{sides} = {shown(computed)}%", exactly=as_stated or shown(computed) == stated)
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (fact,),
        f"“{name}”完成率写为{stated}%，按指标值和完成值计算为{shown(computed)}%",
        f"The completion of “{name}” is stated as {stated} %, its values give {shown(computed)} %",
        f"{sides} = {shown(computed)}%",
    )
