"""写明的占比与按金额计算的不一致。
A stated share is not what the amounts give.

占比 = 部分 ÷ 整体；两边的金额都按各自写出的位数容许舍入。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.amounts import nearest
from kg.derived import written
from kg.facts import Amount, Fact, Finding, Rate
from kg.rounding import rounded, shown, step, yuan
from kg.rules._proof import finding

TYPE = "rate-mismatch"
SEVERITY = "error"
SHARE = "占比"


def check(facts: Sequence[Fact]) -> Iterator[Finding]:
    amounts = [fact for fact in facts if isinstance(fact, Amount) and not fact.comparator]
    for rate in facts:
        if isinstance(rate, Rate) and rate.measure.endswith(SHARE) and rate.relative_to and not rate.comparator:
            part = nearest(amounts, rate, rate.measure.removesuffix(SHARE))
            whole = nearest(amounts, rate, rate.relative_to)
            if part and whole and part != whole:
                yield from _compared(rate, part, whole)


def _compared(rate: Rate, part: Amount, whole: Amount) -> Iterator[Finding]:
    if yuan(whole).low <= 0:
        return
    stated, computed = rounded(rate.value), yuan(part).share_of(yuan(whole))
    if stated.agrees(computed):
        return
    share = shown(part.value_yuan / whole.value_yuan * 100, rate.value)
    slight = stated.near(computed, step(rate.value))  # a digit cut off where it should be rounded
    yield finding(
        "share",
        TYPE,
        "info" if slight else SEVERITY,
        (rate, part, whole),
        f"{rate.measure}写为{rate.value}%，按金额计算应为{share}%",
        f"The share is stated as {rate.value} %, the amounts give {share} %",
        f"{written(part)} ÷ {written(whole)} = {share}%",
    )
