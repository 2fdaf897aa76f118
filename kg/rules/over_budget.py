"""预算执行数大于年初预算或全年（调整后）预算。
More was spent than the initial or the adjusted budget.

不是差错，但需要说明：追加了多少、为什么。依据：《预算法》第十三条，支出必须以经批准的预算为依据。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.derived import derive
from kg.facts import Fact
from kg.rules._proof import finding, held

RULE = "over_budget"
TYPE = "over-budget"
SEVERITY = "warning"
ADJUSTED = "调整后预算执行率"
BASES = {"预算执行率": ("年初预算", "initial"), ADJUSTED: ("全年预算", "adjusted")}


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    values = derive(facts)
    covered = {(v.subject, v.year) for v in values if v.measure == ADJUSTED and v.value <= 100}
    told = set()
    for value in values:
        if value.measure in BASES and value.value <= 100:
            yield held(RULE, value.facts, value.formula)
        elif value.measure in BASES and value.facts not in told:
            told.add(value.facts)
            base, base_en = BASES[value.measure]
            yield finding(
                RULE,
                TYPE,
                # A budget that was adjusted before it was spent is only worth knowing.
                "info" if (value.subject, value.year) in covered else SEVERITY,
                value.facts,
                f"{value.subject}执行数是{base}的{value.value}%",
                f"{value.subject} spent {value.value} % of its {base_en} budget",
                value.formula,
                value.subject,
            )
