"""一个项目的接待、用车或出国费用大于整个部门的决算数。
A project spent more on receptions, cars or travel abroad than the whole department reports.

“三公”经费按部门汇总公开，任何一个项目里的同类支出都包含在内。依据：《预算法》第十四条。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.amounts import canonical
from kg.checks import Verdict
from kg.derived import written
from kg.facts import Amount, Department, Fact, Indicator
from kg.gathered import of
from kg.rounding import yuan
from kg.rules._proof import finding, held
from kg.values import money

RULE = "part_above_department"
TYPE = "contradiction"
SEVERITY = "warning"
LINES = ("公务接待费", "公务用车购置及运行维护费", "因公出国（境）费")
SPENT, COST = "预算执行数", "成本"
SHORTEST = 3  # characters of a short name: 接待费


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    department = next((f.name for f in of(facts, Department)), None)
    totals = [f for f in of(facts, Amount) if f.measure in LINES and f.subject == department]
    totals = [total for total in totals if not (total.item or total.comparator)]
    for fact in facts:
        part = _part(fact)
        if part:
            name, value, shown = part
            mine = [total for total in totals if total.measure == _line(name)]
            if mine and any(value <= yuan(total).high for total in mine):
                most = max(mine, key=lambda total: total.value_yuan)
                yield held(RULE, (fact, most), f"{shown} ≤ {written(most)}")
            elif mine:
                yield _finding(fact, name, shown, max(mine, key=lambda total: total.value_yuan))


def _part(fact: Fact) -> tuple[str, Decimal, str] | None:
    """What was spent on something: its name, the yuan, and how the report writes it."""
    if isinstance(fact, Amount) and fact.item and fact.measure == SPENT and not fact.comparator:
        return fact.item, fact.value_yuan, written(fact)
    if isinstance(fact, Indicator) and fact.level3 and COST in f"{fact.level1}{fact.level2}" and not fact.comparator:
        value = money.in_yuan(fact.actual, fact.actual_unit or "") if isinstance(fact.actual, Decimal) else None
        return (fact.level3, value, f"{fact.actual}{fact.actual_unit}") if value and fact.actual_unit else None
    return None


def _line(name: str) -> str | None:
    wanted = canonical(name)
    return next((line for line in LINES if line == wanted or (len(name) >= SHORTEST and line.endswith(name))), None)


def _finding(part: Fact, name: str, shown: str, total: Amount) -> Verdict:
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (part, total),
        f"一个项目的{name}为{shown}，整个部门的{total.measure}只有{written(total)}",
        f"{shown} of one project is more than the {written(total)} of the whole department ({total.measure})",
        f"{shown} > {written(total)}",
    )
