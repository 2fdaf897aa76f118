"""写明的预算执行率与按金额计算的不一致。
The stated execution rate is not what the amounts give.

执行率 = 预算执行数 ÷ 预算数。写明“年初预算”的按年初预算算，没有写明的，年初预算、调整后预算任何一个对得上就算一致。
依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.amounts import WINDOW
from kg.checks import Verdict
from kg.derived import BASES, Derived, beside, derive
from kg.facts import Amount, Fact, Rate
from kg.gathered import of
from kg.places import Places, distance, places
from kg.rounding import rounded, shown, step
from kg.rules._naming import named_base
from kg.rules._proof import finding, held, unsure
from ontology.loader import widest

RULE = "execution_rate"
TYPE = "rate-mismatch"
SEVERITY = "error"
RATE = "预算执行率"


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    computed = [*beside(facts), *derive(facts)]
    near = Places((fact.evidence, at) for at, value in enumerate(computed) for fact in value.facts)
    budgets = places(f for f in of(facts, Amount) if f.measure in BASES)
    for rate in of(facts, Rate):
        if widest("measures", rate.measure) == RATE and not rate.comparator:
            beside_it = [computed[at] for at in sorted(set(near.near(rate.evidence, WINDOW)))]
            ours = [d for d in beside_it if (d.subject, d.year) == (rate.subject, rate.year)]
            based = [d for d in ours if d.measure == BASES.get(named_base(rate) or "")] or ours
            fitting = next((d for d in based if _agrees(rate, d)), None)
            if fitting:
                exactly = shown(fitting.value, rate.value) == rate.value
                yield held(RULE, (rate, *fitting.facts), fitting.formula, exactly=exactly)
            elif based:
                yield _finding(rate, min(based, key=lambda value: _apart(rate, value)))
            else:
                yield _unknown(rate, budgets.near(rate.evidence, WINDOW))


def _unknown(rate: Rate, budgets: Sequence[Amount]) -> Verdict:
    """Why there is nothing to hold the rate against; `budgets` stand near it."""
    if any(budget.value == 0 for budget in budgets):
        return unsure(RULE, (rate, *budgets), "预算为零，算不出执行率", "the budget is zero")
    return unsure(RULE, (rate,), "附近没有同一口径的预算数和执行数", "no budget and outturn of the same account nearby")


def _apart(rate: Rate, value: Derived) -> int:
    return min(distance(fact.evidence, rate.evidence) for fact in value.facts)


def _agrees(rate: Rate, value: Derived) -> bool:
    stated = rounded(rate.value)
    return stated.agrees(rounded(value.value)) or abs(rate.value - value.value) <= step(rate.value)


def _finding(rate: Rate, value: Derived) -> Verdict:
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (rate, *value.facts),
        f"{rate.measure}写为{rate.value}%，按金额计算为{value.value}%",
        f"The execution rate is stated as {rate.value} %, the amounts give {value.value} %",
        value.formula,
    )
