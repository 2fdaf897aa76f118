"""写明的增长率与今年、上年两个数算出来的不一致。
A stated growth rate is not what this year's and last year's numbers give.

增长率＝（本年数－上年数）÷上年数。两个数都在同一句里写明才比较，各数按写出的位数容许舍入。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Amount, Fact, Quantity, Rate
from kg.gathered import of
from kg.places import distance
from kg.rounding import Rounded, rounded, shown, step
from kg.rules._proof import finding, held

RULE = "year_on_year"
TYPE = "rate-mismatch"
SEVERITY = "error"
GROWTH = "增长率"
SENTENCE = 60  # characters between a number and the rate

Number = Amount | Quantity


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    numbers = [f for f in facts if isinstance(f, Amount | Quantity) and f.value > 0 and not f.comparator]
    for rate in of(facts, Rate):
        if rate.measure.endswith(GROWTH) and rate.year and not rate.comparator:
            near = [n for n in numbers if _name(n) == rate.measure.removesuffix(GROWTH) and _together(n, rate)]
            now = [n for n in near if n.year == rate.year]
            before = [n for n in near if n.year == rate.year - 1]
            if len(now) == len(before) == 1 and now[0].unit == before[0].unit:
                yield _compared(rate, now[0], before[0])


def _name(number: Number) -> str | None:
    if isinstance(number, Quantity):
        return number.name
    return None if number.item or number.code or number.name else number.measure


def _together(number: Number, rate: Rate) -> bool:
    alike = (number.subject, number.part) == (rate.subject, rate.part)
    return alike and distance(number.evidence, rate.evidence) <= SENTENCE


def _compared(rate: Rate, now: Number, before: Number) -> Verdict:
    growth = rounded(now.value).share_of(rounded(before.value))
    computed = Rounded(growth.low - 100, growth.high - 100)
    stated = rounded(rate.value)
    ours = shown((now.value - before.value) / before.value * Decimal(100), rate.value)
    unit = now.unit or ""
    line = f"({now.value}{unit} − {before.value}{unit}) ÷ {before.value}{unit} = {ours}%"
    # 由100降到80，降幅20%: the words tell the direction, the sign of the number may be either.
    if stated.agrees(computed) or stated.agrees(Rounded(-computed.high, -computed.low)):
        return held(RULE, (rate, now, before), line, exactly=abs(ours) == abs(rate.value))
    return finding(
        RULE,
        TYPE,
        "info" if stated.near(computed, step(rate.value)) else SEVERITY,
        (rate, now, before),
        f"{rate.measure}写为{rate.value}%，由{before.value}{unit}到{now.value}{unit}应为{ours}%",
        f"The growth rate is stated as {rate.value} %, {before.value} to {now.value} gives {ours} %",
        line,
    )
