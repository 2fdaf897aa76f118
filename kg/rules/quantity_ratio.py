"""写明的比率与同一句里的两个数算出来的不一致。
A stated rate is not what the two numbers beside it give.

受理若干件、办结若干件，办结率＝办结÷受理；抽检、合格，合格率＝合格÷抽检。各数按写出的位数容许舍入。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Fact, Quantity, Rate
from kg.gathered import of
from kg.places import places
from kg.rounding import rounded, shown, step
from kg.rules._proof import finding, held, unsure

RULE = "quantity_ratio"
TYPE = "rate-mismatch"
SEVERITY = "error"
RATE = "率"
SENTENCE = 40  # characters between a number and its rate


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    counts = places(f for f in of(facts, Quantity) if f.value > 0 and not f.comparator)
    for rate in of(facts, Rate):
        if rate.measure.endswith(RATE) and not rate.comparator:
            name = rate.measure.removesuffix(RATE)
            near = [q for q in counts.near(rate.evidence, SENTENCE) if _alike(q, rate)]
            parts = [q for q in near if q.name == name]
            # 受理投诉办结 is a part of 受理投诉: the name of the whole begins the name of the part.
            wholes = [q for q in near if name.startswith(q.name) and q.name != name]
            if len(parts) == len(wholes) == 1 and parts[0].unit == wholes[0].unit:
                yield _compared(rate, parts[0], wholes[0])


def _alike(count: Quantity, rate: Rate) -> bool:
    return (count.subject, count.year, count.part) == (rate.subject, rate.year, rate.part)


def _compared(rate: Rate, part: Quantity, whole: Quantity) -> Verdict:
    proof = (rate, part, whole)
    if part.value > whole.value:
        return unsure(RULE, proof, "部分大于整体，可能不是同一口径", "the part is more than the whole")
    computed, stated = rounded(part.value / whole.value * 100), rounded(rate.value)
    if part.value % 1 or whole.value % 1:  # 1.26万户 is rounded itself, 29件 is counted
        computed = rounded(part.value).share_of(rounded(whole.value))
    ours = shown(part.value / whole.value * 100, rate.value)
    sides = f"{part.value}{part.unit or ''} ÷ {whole.value}{whole.unit or ''}"
    if stated.near(computed, step(rate.value)):
        return held(RULE, proof, f"{sides} = {ours}%", exactly=ours == rate.value)
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        proof,
        f"{rate.measure}写为{rate.value}%，按所列数字计算应为{ours}%",
        f"The rate is stated as {rate.value} %, the numbers beside it give {ours} %",
        f"{sides} = {ours}%",
    )
