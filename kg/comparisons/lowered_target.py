"""目标值定得低于上年实际完成值。
A target is set lower than what was done the year before.

依据：绩效目标应当符合客观实际、与上年完成情况相衔接（《中央部门预算绩效目标管理办法》）。只比较名称、单位都相同、要求
“不低于”的数量；比率常年用同一个标准，不比。只供参考。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Fact, Indicator, Quantity
from kg.neighbours import Filed, Neighbours, pairs
from kg.rules._proof import finding, held

TYPE = "contradiction"
SEVERITY = "info"
AT_LEAST = ("≥", ">", "＞")
STANDING = ("%", "‰", "分")  # what is asked for at the same height every year


@dataclass(frozen=True, slots=True)
class _Done:
    value: Decimal
    fact: Fact


def compare(neighbours: Neighbours) -> Iterator[Verdict]:
    for report, earlier in pairs(neighbours):
        done = _done(earlier)
        for goal in report.facts:
            if not isinstance(goal, Indicator) or goal.operator not in AT_LEAST or not goal.level3:
                continue
            reached = done.get((goal.level3, goal.target_unit or ""))
            if reached and isinstance(goal.target, Decimal) and goal.target_unit not in (None, *STANDING):
                yield _verdict(neighbours.year, goal, goal.target, reached)


def _done(report: Filed) -> dict[tuple[str, str], _Done | None]:
    """What a report says was done, by name and unit; None where it says so with two values."""
    found: dict[tuple[str, str], _Done | None] = {}
    for fact in report.facts:
        if isinstance(fact, Indicator) and isinstance(fact.actual, Decimal) and not fact.comparator:
            key, done = (fact.level3 or "", fact.actual_unit or ""), _Done(fact.actual, fact)
        elif isinstance(fact, Quantity) and not fact.comparator and fact.year in (None, report.year):
            key, done = (fact.name, fact.unit or ""), _Done(fact.value, fact)
        else:
            continue
        other = found.setdefault(key, done)
        if other and other.value != done.value:
            found[key] = None
    return found


def _verdict(year: int, goal: Indicator, target: Decimal, done: _Done) -> Verdict:
    unit = goal.target_unit or ""
    if target >= done.value:
        return held("lowered_target", (goal, done.fact), f"{target}{unit} ≥ {done.value}{unit}", exactly=True)
    return finding(
        "lowered_target",
        TYPE,
        SEVERITY,
        (goal, done.fact),
        f"“{goal.level3}”{year}年目标{target}{unit}，低于{year - 1}年已完成的{done.value}{unit}",
        f"The target of {year} for “{goal.level3}” is {target}, {done.value} was done in {year - 1}",
        f"{target}{unit} ＜ {done.value}{unit}",
    )
