"""What two reports say of the whole department: one amount of each, and how they compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Amount, Department, Report
from kg.neighbours import Filed
from kg.rounding import mistyped, step, yuan
from kg.rules._proof import finding, held, unsure
from kg.values.exact import plain

TEN_THOUSAND = 10_000
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def names(report: Filed) -> frozenset[str]:
    """How the report calls its own department."""
    told = {report.department}
    for fact in report.facts:
        if isinstance(fact, Department):
            told |= {fact.name, *fact.aliases}
        elif isinstance(fact, Report) and fact.department:
            told.add(fact.department)
    return frozenset(told)


def amounts(report: Filed, year: int) -> dict[str, list[Amount]]:
    """The exact amounts of the whole department in one year, by measure; `年初预算 公务接待费` where the
    measure is of an item."""
    own = names(report)
    found: dict[str, list[Amount]] = {}
    for fact in report.facts:
        if not isinstance(fact, Amount) or (fact.year, fact.comparator) != (year, None) or fact.subject not in own:
            continue
        if not (fact.code or fact.name or fact.relative_to):
            found.setdefault(" ".join(filter(None, (fact.measure, fact.item))), []).append(as_written(fact))
    return found


def as_written(amount: Amount) -> Amount:
    """The amount with all the digits of its quote: the graph keeps 12.50 as 12.5, and the digits that are
    written say how far it was rounded."""
    told = [Decimal(number.replace(",", "")) for number in _NUMBER.findall(amount.evidence.quote)]
    same = [number.copy_sign(amount.value) for number in told if number == abs(amount.value)]
    return replace(amount, value=min(same, key=step, default=amount.value))


def agreed(told: list[Amount]) -> Amount | None:
    """The most precise of amounts that can all be one; None where they cannot."""
    if not told or any(not yuan(one).agrees(yuan(other)) for one in told for other in told):
        return None
    return min(told, key=lambda one: (yuan(one).high - yuan(one).low, one.part is not None, one.evidence.start))


def is_slip(one: Amount, other: Amount) -> bool:
    """Whether two amounts look like one that was written wrong: a digit, two digits changed, or the unit."""
    low, high = sorted((one.value_yuan, other.value_yuan))
    if low > 0 and high == low * TEN_THOUSAND:
        return True
    scale = (one.value_yuan / one.value) if one.value else Decimal(1)
    return mistyped(one.value, other.value_yuan / scale)


def written(amount: Amount) -> str:
    return f"{amount.value}{amount.unit or '元'}"


def same(rule: str, type: str, here: list[Amount], there: list[Amount], zh: str, en: str) -> Iterator[Verdict]:
    """That `here` and `there` tell one amount: an error where it looks like a slip of the pen, else a
    warning, for figures may be restated. `zh` and `en` have {here} and {there} for the two."""
    one, other = agreed(here), agreed(there)
    if one is None or other is None:
        told = tuple(here if one is None else there)
        yield unsure(rule, told, "同一份报告里这个数有不同的写法", "one report states it with different values")
        return
    line = f"{written(one)} {'＝' if one.value_yuan == other.value_yuan else '≈'} {written(other)}"
    if yuan(one).agrees(yuan(other)):
        yield held(rule, (one, other), line, exactly=one.value_yuan == other.value_yuan)
        return
    yield finding(
        rule,
        type,
        "error" if is_slip(one, other) else "warning",
        (one, other),
        zh.format(here=written(one), there=written(other)),
        en.format(here=plain(one.value_yuan), there=plain(other.value_yuan)),
        f"{written(one)} ≠ {written(other)}",
    )
