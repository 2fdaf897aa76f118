"""一项支出超过了它自己的预算。
More was spent on one item than its own budget.

同一项目、同一科目（如印刷费）写明的预算安排与实际支出相比；有调整后预算的按较大的比。“三公”经费及其各项的决算与预算也这样比。
依据：《预算法》第十三条，支出必须以经批准的预算为依据。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.amounts import canonical
from kg.checks import Verdict
from kg.derived import written
from kg.facts import Amount, Fact
from kg.gathered import of
from kg.rounding import yuan
from kg.rules._proof import finding, held

RULE = "item_over_budget"
TYPE = "over-budget"
SEVERITY = "warning"
PLANNED = "预算安排"
BUDGETS = (PLANNED, "年初预算", "调整后预算")
SPENT = "预算执行数"
THREE = ("“三公”经费", "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    lines: dict[tuple[object, ...], list[Amount]] = defaultdict(list)
    for fact in of(facts, Amount):
        if not (fact.comparator or fact.code or fact.name):
            lines[fact.subject, _line(fact), fact.year, fact.part].append(fact)
    for amounts in lines.values():
        budgets = [a for a in amounts if a.measure in BUDGETS and a.value > 0]
        spent = [a for a in amounts if a.measure == SPENT or (a.measure in THREE and not a.item)]
        # Without an item it is the whole's own budget, which over_budget looks at unless it is only 预算安排.
        if budgets and spent and (_line(amounts[0]) or {b.measure for b in budgets} == {PLANNED}):
            most = max(budgets, key=lambda amount: amount.value_yuan)
            least = min(spent, key=lambda amount: amount.value_yuan)
            if yuan(least).low > yuan(most).high:
                yield _finding(least, most)
            else:
                yield held(RULE, (least, most), f"{written(least)} ≤ {written(most)}")


def _line(amount: Amount) -> str | None:
    """What the money is for; the final account of the “三公” costs is told by their name alone."""
    name = canonical(amount.item or "") if amount.item else amount.measure
    return name if name in THREE else amount.item


def _finding(spent: Amount, budget: Amount) -> Verdict:
    name = f"{spent.subject}的{_line(spent)}" if _line(spent) else spent.subject
    more = (spent.value_yuan - budget.value_yuan).normalize()
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (spent, budget),
        f"{name}支出{written(spent)}，超过{budget.measure}{written(budget)}",
        f"{written(spent)} was spent on {name}, more than its budget of {written(budget)}",
        f"{written(spent)} − {written(budget)} = {more:f}元 > 0",
    )
