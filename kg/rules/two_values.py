"""同一数字前后写得不一样。
One number is stated with two values.

同一年、同一事项、同一单位的数，正文、指标表、附件里应当一致。只报像是笔误的：相邻两位颠倒，
或者四位以上的数错一位；有“约”“超”等修饰的、目标值和另一时段的数不比。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from kg.checks import Verdict
from kg.facts import Fact, Indicator, Quantity, Report
from kg.gathered import of
from kg.rounding import mistyped, swapped
from kg.rules._naming import LEAST, alike
from kg.rules._proof import finding

RULE = "two_values"
TYPE = "contradiction"
SEVERITY = "error"
ATTACHED = "warning"  # an attachment may have been drawn up at another time
LONG = 1000  # a shorter number may differ in one digit by chance
AIM = "目标"


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that was reached, under the name it was reported by."""

    name: str
    value: Decimal
    unit: str
    year: int | None
    period: str | None
    fact: Quantity | Indicator


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    year = next((f.fiscal_year for f in of(facts, Report)), None)
    told: dict[tuple[str, Decimal], list[Stated]] = defaultdict(list)
    for stated in _stated(facts, year):
        told[stated.unit, stated.value].append(stated)
    for one, other in _slips(told):
        pair = next((pair for pair in product(told[one], told[other]) if _contradict(*pair)), None)
        if pair:
            yield _finding(*sorted(pair, key=lambda stated: stated.fact.evidence.start))


def _slips(told: Iterable[tuple[str, Decimal]]) -> list[tuple[tuple[str, Decimal], tuple[str, Decimal]]]:
    """The numbers of one unit that one slip of the pen makes of each other. They are looked up by
    what a slip leaves as it is (all digits but one, or the set of digits): reports tell thousands."""
    kin: dict[tuple[str, str], list[tuple[str, Decimal]]] = defaultdict(list)
    for unit, value in told:
        digits = f"{value:f}"
        kept = {f"{digits[:at]}?{digits[at + 1 :]}" for at in range(len(digits))} if value >= LONG else set()
        for key in {"".join(sorted(digits)), *kept}:
            kin[unit, key].append((unit, value))
    pairs = (pair for numbers in kin.values() for pair in combinations(numbers, 2))
    found = (pair for pair in pairs if _slip(pair[0][1], pair[1][1]))
    return list(dict.fromkeys(found))


def _slip(one: Decimal, other: Decimal) -> bool:
    return swapped(one, other) or (min(one, other) >= LONG and mistyped(one, other))


def _stated(facts: Sequence[Fact], year: int | None) -> Iterator[Stated]:
    for fact in facts:
        if not isinstance(fact, Quantity | Indicator) or fact.comparator:
            continue
        if isinstance(fact, Indicator):
            if isinstance(fact.actual, Decimal) and fact.actual_unit:
                yield Stated(fact.level3 or "", fact.actual, fact.actual_unit, year, None, fact)
        elif fact.unit and AIM not in fact.name:
            yield Stated(fact.name, fact.value, fact.unit, fact.year or year, fact.period, fact)


def _contradict(one: Stated, other: Stated) -> bool:
    """Whether two numbers that look like a slip are of one thing and one time, told in two places."""
    times = ((one.year, other.year), (one.period, other.period))
    time = all(a == b or None in (a, b) for a, b in times)
    apart = not one.fact.evidence.span.overlaps(other.fact.evidence.span)
    return (
        time
        and apart
        and min(len(one.name), len(other.name)) >= LEAST
        and alike(one.name, other.name, differ_before=False)
    )


def _finding(one: Stated, other: Stated) -> Verdict:
    name = min(one.name, other.name, key=len)
    here, there = f"{one.value}{one.unit}", f"{other.value}{other.unit}"
    tabular = isinstance(one.fact, Indicator) or isinstance(other.fact, Indicator)
    return finding(
        RULE,
        TYPE,
        SEVERITY if tabular or one.fact.part == other.fact.part else ATTACHED,
        (one.fact, other.fact),
        f"“{name}”一处写{here}，一处写{there}",
        f"“{name}” is {one.value} here and {other.value} there",
        f"{here} ≠ {there}",
    )
