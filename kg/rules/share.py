"""写明的占比与按金额计算的不一致。
A stated share is not what the amounts give.

占比 = 部分 ÷ 整体；两边的金额都按各自写出的位数容许舍入。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.amounts import nearest
from kg.checks import Verdict
from kg.derived import written
from kg.facts import Amount, Fact, Rate
from kg.gathered import of
from kg.places import places
from kg.rounding import rounded, shown, step, yuan
from kg.rules._proof import finding, held, unsure

RULE = "share"
TYPE = "rate-mismatch"
SEVERITY = "error"
SHARE = "占比"


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    amounts = places(fact for fact in of(facts, Amount) if not fact.comparator)
    for rate in of(facts, Rate):
        if rate.measure.endswith(SHARE) and rate.relative_to and not rate.comparator:
            part = nearest(amounts, rate, rate.measure.removesuffix(SHARE))
            whole = nearest(amounts, rate, rate.relative_to)
            if part and whole and part != whole:
                yield _compared(rate, part, whole)
            else:
                yield unsure(RULE, (rate,), "附近没有写明部分和整体的金额", "no amounts of part and whole stand nearby")


def _compared(rate: Rate, part: Amount, whole: Amount) -> Verdict:
    if yuan(whole).low <= 0:
        return unsure(RULE, (rate, whole), "整体为零，算不出占比", "the whole is zero")
    stated, computed = rounded(rate.value), yuan(part).share_of(yuan(whole))
    share = shown(part.value_yuan / whole.value_yuan * 100, rate.value)
    line = f"{written(part)} ÷ {written(whole)} = {share}%"
    if stated.agrees(computed):
        return held(RULE, (rate, part, whole), line, exactly=share == rate.value)
    slight = stated.near(computed, step(rate.value))  # a digit cut off where it should be rounded
    return finding(
        RULE,
        TYPE,
        "info" if slight else SEVERITY,
        (rate, part, whole),
        f"{rate.measure}写为{rate.value}%，按金额计算应为{share}%",
        f"The share is stated as {rate.value} %, the amounts give {share} %",
        line,
    )
