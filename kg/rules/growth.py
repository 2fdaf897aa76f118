"""写明的增长率与按增减额计算的不一致。
A stated growth rate is not what the change gives.

增长率 = 增减额 ÷ （本年数 − 增减额）。各数按写出的位数容许舍入。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.amounts import canonical, nearest
from kg.checks import Verdict
from kg.derived import written
from kg.facts import Amount, Fact, Rate
from kg.gathered import of
from kg.places import distance, places
from kg.rounding import rounded, shown, step, yuan
from kg.rules._proof import finding, held, unsure

RULE = "growth"
TYPE = "rate-mismatch"
SEVERITY = "error"
GROWTH = "增长率"
CHANGE = "增减额"
SENTENCE = 40  # characters between the change and its rate: 增加95万元，增长15%


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    amounts = [fact for fact in of(facts, Amount) if not fact.comparator]
    changes = places(amount for amount in amounts if amount.measure == CHANGE)
    whole = places(amount for amount in amounts if not (amount.item or amount.code))
    for rate in of(facts, Rate):
        if rate.measure.endswith(GROWTH) and not rate.comparator:
            measure = rate.measure.removesuffix(GROWTH)
            near = (a for a in changes.near(rate.evidence, SENTENCE) if _same(a, rate, measure))
            change = min(near, key=lambda a: distance(a.evidence, rate.evidence), default=None)
            now = nearest(whole, rate, canonical(measure)) if change else None
            if change and now:
                yield _compared(rate, change, now)


def _same(change: Amount, rate: Rate, measure: str) -> bool:
    """Whether both are of the same thing since the same time: 比上年减少7万元，下降2%。较预算增加1万元，增长5%."""
    since = {base for base in (change.relative_to, rate.relative_to) if base}
    return (change.item, change.subject) == (measure, rate.subject) and len(since) < 2


def _compared(rate: Rate, change: Amount, now: Amount) -> Verdict:
    before, proof = yuan(now) - yuan(change), (rate, change, now)
    if before.low <= 0 or not change.value or not rate.value:
        return unsure(RULE, proof, "原来的数为零，算不出增长率", "the number it started from is zero")
    size = yuan(change) if change.value > 0 else yuan(now) - yuan(now) - yuan(change)
    computed, stated = size.share_of(before), rounded(abs(rate.value))
    growth = shown(change.value_yuan / (now.value_yuan - change.value_yuan) * 100, rate.value)
    line = f"{written(change)} ÷ ({written(now)} − {written(change)}) = {growth}%"
    if stated.agrees(computed):
        return held(RULE, proof, line, exactly=abs(growth) == abs(rate.value))
    return finding(
        RULE,
        TYPE,
        "info" if stated.near(computed, step(rate.value)) else SEVERITY,
        proof,
        f"{rate.measure}写为{rate.value}%，按增减额计算应为{growth}%",
        f"The growth rate is stated as {rate.value} %, the change gives {growth} %",
        line,
    )
