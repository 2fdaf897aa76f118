"""写明的项目绩效得分不在各项目得分之间。
The stated score of the projects lies outside the scores of the projects.

各项目的平均分不会高于最高的、也不会低于最低的项目得分。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Fact, Project, Score
from kg.gathered import of
from kg.rules._proof import finding, held

RULE = "project_scores"
TYPE = "contradiction"
SEVERITY = "error"
TOTAL = "综合"
OVERALL = ("项目绩效评价", "项目绩效自评", "项目评价", "项目自评", "项目支出绩效评价", "项目支出绩效自评")


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    scores = [f for f in of(facts, Score) if f.value is not None and not f.comparator]
    projects = {f.name for f in of(facts, Project)}
    totals = [s for s in scores if s.dimension == TOTAL and s.subject in projects]
    for overall in scores:
        if overall.dimension in OVERALL and overall.subject not in projects and totals:
            yield _compared(overall, overall.value or Decimal(0), totals)


def _compared(overall: Score, value: Decimal, totals: Sequence[Score]) -> Verdict:
    values = [total.value for total in totals if total.value is not None]
    if min(values) <= value <= max(values):
        return held(RULE, (overall, *totals), f"{min(values)} ≤ {value} ≤ {max(values)}")
    told = "、".join(f"{total.subject}{total.value}分" for total in totals)
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (overall, *totals),
        f"{overall.dimension}得分写为{overall.value}分，各项目得分为{told}",
        f"The projects' score is stated as {overall.value}, the projects have {min(values)} to {max(values)}",
        f"{overall.value} 不在 {min(values)} 与 {max(values)} 之间",
    )
