"""预算执行率不到九成，预算执行率指标仍得满分。
Less than nine tenths of the budget were spent, and the execution indicator still has full marks.

各地评分办法不同，多按执行率计分，也有达到95%或90%即得满分的，所以九成以上不提示。
依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）附自评表：预算执行率按区间或比例计分。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.derived import Derived, derive
from kg.facts import Fact, Indicator, Score
from kg.rules._proof import finding, held
from ontology.loader import widest

RULE = "execution_full_marks"
TYPE = "target-missed-full-score"
SEVERITY = "warning"
EXECUTION, RATE = "预算执行率指标", "预算执行率"
ENOUGH = 90

Marks = Indicator | Score


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    values = derive(facts)
    marks = [m for m in map(_marks, facts) if m]
    weight = next((m.weight for m in marks if isinstance(m, Indicator) and m.weight), None)
    scored = [m for m in marks if _got(m) is not None]
    own = {m.subject for m in scored} & {v.subject for v in values}
    of_subject: dict[str, list[Marks]] = defaultdict(list)
    for mark in scored:
        of_subject[mark.subject].append(mark)
    best_of: dict[str, Derived] = {}
    for value in values:
        best_of[value.subject] = max(best_of.get(value.subject, value), value, key=lambda v: v.value)
    for subject, best in best_of.items():
        # Without scores of its own, a department's low rate speaks against those of all its projects.
        mine = of_subject[subject] or ([] if own else scored)
        if mine and best.value >= ENOUGH:
            yield held(RULE, (*best.facts, *mine), best.formula)
        elif mine and all(_got(m) == (_most(m) or weight) for m in mine):
            yield _finding(best, mine)


def _marks(fact: Fact) -> Marks | None:
    """What the report gives for the execution rate: points got, or their weight."""
    if isinstance(fact, Score):
        return fact if fact.dimension == EXECUTION else None
    if isinstance(fact, Indicator):
        rate = fact.level1 == EXECUTION or widest("measures", fact.level3 or "") == RATE
        return fact if rate else None
    return None


def _got(marks: Marks) -> Decimal | None:
    return marks.value if isinstance(marks, Score) else marks.score


def _most(marks: Marks) -> Decimal | None:
    return marks.max if isinstance(marks, Score) else marks.weight


def _finding(value: Derived, marks: Sequence[Marks]) -> Verdict:
    got = _got(marks[0])
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (value.facts[-1], *value.facts, *marks),
        f"{value.subject}按金额计算的预算执行率为{value.value}%，预算执行率指标仍得满分{got}分",
        f"{value.value} % of the budget was spent, the execution indicator still has all {got} points",
        value.formula,
        value.subject,
    )
