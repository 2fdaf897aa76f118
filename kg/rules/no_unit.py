"""金额没有写单位。
An amount of money has no unit.

只看句子里的金额；表格的单位常写在表头。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Amount, Fact
from kg.gathered import of
from kg.rules._proof import finding

RULE = "no_unit"
TYPE = "missing-value"
SEVERITY = "info"
CELLS = ("\t", "|", "\n")


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    for fact in of(facts, Amount):
        if not fact.unit and fact.value > 0 and not any(mark in fact.evidence.quote for mark in CELLS):
            yield finding(
                RULE,
                TYPE,
                SEVERITY,
                (fact,),
                f"{fact.measure}写为“{fact.value}”，没有写单位",
                f"{fact.measure} is stated as “{fact.value}” without a unit",
                f"{fact.value}（没有单位）",
            )
