"""决算或自评写明的年初预算与公开的部门预算不一致。
The initial budget told at the end of the year is not the budget that was published.

依据：《预算法》第十三条，经批准的预算，非经法定程序不得调整；年初预算就是批复并公开的部门预算。部门预算的收支总额只有一个
值、报告里的年初预算也只有一个值才比较；“三公”经费等分项按名称逐项比较。
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.checks import Verdict
from kg.comparisons._whole import agreed, amounts, same
from kg.facts import Amount
from kg.neighbours import BUDGET, Filed, Neighbours, of_type

TYPE = "contradiction"
SEVERITY = "warning"
INITIAL, ALLOCATED = "年初预算", "预算安排"
TOTALS = (("支出总计", "收入总计", f"{ALLOCATED} 支出总计", f"{ALLOCATED} 收入总计"), ("支出预算", "收入预算"))
"""What a budget calls its whole, with and without what was carried over."""


def compare(neighbours: Neighbours) -> Iterator[Verdict]:
    budget = of_type(neighbours.now, BUDGET)
    if budget is None:
        return
    published = _published(budget, neighbours.year)
    for report in neighbours.now:
        if report is budget:
            continue
        for measure, told in amounts(report, neighbours.year).items():
            kind, _, item = measure.partition(" ")
            if kind == INITIAL and (there := published.get(item)):
                what = f"{item}年初预算" if item else INITIAL
                yield from same(
                    "published_budget",
                    TYPE,
                    told,
                    there,
                    f"{report.report_type}写{what}为{{here}}，公开的部门预算是{{there}}",
                    f"The initial budget ({item or 'total'}) is told as {{here}} yuan; "
                    "the published budget says {there} yuan",
                )


def _published(budget: Filed, year: int) -> dict[str, list[Amount]]:
    """What the budget allocates, by item; '' is the whole, where all its totals are one."""
    told = amounts(budget, year)
    found = {measure.removeprefix(f"{ALLOCATED} "): where for measure, where in told.items()}
    wholes = [[amount for measure in names for amount in told.get(measure, ())] for names in TOTALS]
    totals = [amount for whole in wholes if agreed(whole) for amount in whole]
    items = {item: where for item, where in found.items() if not any(item in names for names in TOTALS)}
    return items | ({"": totals} if agreed(totals) else {})
