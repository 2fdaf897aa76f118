"""Values that are computed, never stated: each lists the facts that it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kg.facts import Amount, Department, Fact, Project

CENT = Decimal("0.01")
EXECUTED = ("预算执行数", "支出总计", "本年支出")  # what was spent: the execution figure itself before the year's total
BASES = {"年初预算": "预算执行率", "调整后预算": "调整后预算执行率"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """`measure` of `subject` in `year`, worked out by `formula` (a line that one can check by
    hand: 62.4万元 ÷ 100万元 = 62.4%) from `facts`. `unit` is % or 元."""

    subject: str
    measure: str
    value: Decimal
    unit: str
    formula: str
    facts: tuple[Fact, ...]
    year: int | None = None


def derive(facts: Iterable[Fact]) -> Iterator[Derived]:
    """The execution rates that the amounts of one report allow, for the department and for each
    project. A department that gives no budget of its own gets the rate over its projects."""
    facts = tuple(facts)
    # A budget of one item (三公经费, 财政资金) is not the budget of the whole.
    amounts = [f for f in facts if isinstance(f, Amount) and not (f.code or f.name or f.item or f.comparator)]
    department = next((f.name for f in facts if isinstance(f, Department)), None)
    projects = {f.name for f in facts if isinstance(f, Project)}
    for base, measure in BASES.items():
        own = {}
        for subject in dict.fromkeys(a.subject for a in amounts):
            pair = _pair([a for a in amounts if a.subject == subject], base)
            if pair:
                own[subject] = pair
                yield _rate(subject, measure, [pair])
        ours = [pair for subject, pair in own.items() if subject in projects]
        if department and department not in own and ours:
            yield _rate(department, measure, ours)


def _pair(amounts: list[Amount], base: str) -> tuple[Amount, Amount] | None:
    """The budget and what was spent of it: of one year, the two that stand nearest to each other."""
    for spent in EXECUTED:
        pairs = [
            (b, e)
            for b in amounts
            for e in amounts
            if b.measure == base and e.measure == spent and b.year == e.year and b.value_yuan > 0
        ]
        if pairs:
            return min(pairs, key=lambda p: abs(p[0].evidence.start - p[1].evidence.start))
    return None


def _rate(subject: str, measure: str, pairs: list[tuple[Amount, Amount]]) -> Derived:
    budget = sum((b.value_yuan for b, _ in pairs), Decimal(0))
    spent = sum((e.value_yuan for _, e in pairs), Decimal(0))
    value = (spent / budget * 100).quantize(CENT, ROUND_HALF_UP)
    top = " + ".join(written(e) for _, e in pairs)
    bottom = " + ".join(written(b) for b, _ in pairs)
    if len(pairs) > 1:
        top, bottom = f"({top})", f"({bottom})"
    return Derived(
        subject=subject,
        measure=measure,
        value=value,
        unit="%",
        formula=f"{top} ÷ {bottom} = {value}%",
        facts=tuple(f for pair in pairs for f in pair),
        year=pairs[0][0].year,
    )


def written(amount: Amount) -> str:
    """The amount as the report writes it; in yuan where it writes no unit."""
    return f"{amount.value}{amount.unit}" if amount.unit else f"{amount.value_yuan.normalize():f}元"
