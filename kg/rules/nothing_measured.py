"""指标既没有指标值，也没有完成值。
An indicator has neither a target nor an actual value.

依据：《中央部门预算绩效目标管理办法》（财预〔2015〕88号）：绩效指标应当量化或可衡量。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Fact, Indicator
from kg.gathered import of
from kg.rules._proof import finding

RULE = "nothing_measured"
TYPE = "missing-value"
SEVERITY = "warning"


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    for fact in of(facts, Indicator):
        if fact.level3 and _empty(fact):
            yield finding(
                RULE,
                TYPE,
                SEVERITY,
                (fact,),
                f"指标“{fact.level3}”既没有指标值，也没有完成值",
                f"The indicator “{fact.level3}” has neither a target nor an actual value",
                "指标值（空），完成值（空）",
            )


def _empty(fact: Indicator) -> bool:
    said = (fact.target, fact.actual, fact.completion, fact.met, fact.score, fact.deviation_reason)
    return all(value is None for value in said)
