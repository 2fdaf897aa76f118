"""写明的预算执行率与按金额计算的不一致。
The stated execution rate is not what the amounts give.

执行率 = 预算执行数 ÷ 预算数（年初预算或调整后预算，任何一个对得上就算一致）。
依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.amounts import WINDOW, distance
from kg.derived import Derived, beside, derive
from kg.facts import Fact, Finding, Rate
from kg.rounding import rounded, step
from kg.rules._proof import finding
from ontology.loader import widest

TYPE = "rate-mismatch"
SEVERITY = "error"
RATE = "预算执行率"


def check(facts: Sequence[Fact]) -> Iterator[Finding]:
    computed = [*beside(facts), *derive(facts)]
    for rate in facts:
        if isinstance(rate, Rate) and widest("measures", rate.measure) == RATE and not rate.comparator:
            ours = [d for d in computed if (d.subject, d.year) == (rate.subject, rate.year) and _near(rate, d)]
            if ours and not any(_agrees(rate, d) for d in ours):
                yield _finding(rate, min(ours, key=lambda value: _apart(rate, value)))


def _near(rate: Rate, value: Derived) -> bool:
    """Whether the amounts stand beside the rate; those far away may be of another account."""
    return _apart(rate, value) <= WINDOW


def _apart(rate: Rate, value: Derived) -> int:
    return min(distance(fact.evidence, rate.evidence) for fact in value.facts)


def _agrees(rate: Rate, value: Derived) -> bool:
    stated = rounded(rate.value)
    return stated.agrees(rounded(value.value)) or abs(rate.value - value.value) <= step(rate.value)


def _finding(rate: Rate, value: Derived) -> Finding:
    return finding(
        "execution_rate",
        TYPE,
        SEVERITY,
        (rate, *value.facts),
        f"{rate.measure}写为{rate.value}%，按金额计算为{value.value}%",
        f"The execution rate is stated as {rate.value} %, the amounts give {value.value} %",
        value.formula,
    )
