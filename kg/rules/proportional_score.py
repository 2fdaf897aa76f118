"""没有完成的指标，得分与按比例计算的不一致，而同一张表的其他指标是按比例计分的。
A missed indicator is not scored in proportion, though the others of its table are.

按比例计分：得分＝分值×完成值÷指标值。评分办法各地不同，同一张表至少有两个没有完成的指标按比例计分才比较。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Fact, Indicator
from kg.gathered import of
from kg.rounding import rounded, shown
from kg.rules._proof import finding, held, unsure

RULE = "proportional_score"
TYPE = "score-mismatch"
SEVERITY = "warning"
AT_LEAST = ("≥", ">", "＞", "＝", "=", None)
SETTLED = 2


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    tables: dict[tuple[str, str | None], list[tuple[Indicator, Decimal]]] = defaultdict(list)
    for fact in of(facts, Indicator):
        if fact.met is False and fact.weight and fact.score:
            share = _share(fact)
            if share is not None and fact.score < fact.weight:
                tables[fact.subject, fact.part].append((fact, share * fact.weight))
    for lines in tables.values():
        fitting = [fact for fact, points in lines if _fits(fact, points)]
        for fact, points in lines:
            yield _verdict(fact, points, settled=len(fitting) >= SETTLED)


def _share(fact: Indicator) -> Decimal | None:
    """Actual value over target, where more is better and both are counted alike."""
    target, actual = fact.target, fact.actual
    alike = fact.operator in AT_LEAST and fact.target_unit == fact.actual_unit and not fact.comparator
    if not alike or not isinstance(target, Decimal) or not isinstance(actual, Decimal) or target <= 0:
        return None
    return actual / target


def _fits(fact: Indicator, points: Decimal) -> bool:
    score = fact.score or Decimal(0)
    return rounded(score).agrees(rounded(shown(points, score)))


def _verdict(fact: Indicator, points: Decimal, *, settled: bool) -> Verdict:
    unit, ours = fact.actual_unit or "", shown(points)
    line = f"{fact.weight} × {fact.actual}{unit} ÷ {fact.target}{unit} = {ours}"
    if _fits(fact, points):
        return held(RULE, (fact,), line, exactly=ours == fact.score)
    if not settled:
        return unsure(RULE, (fact,), "没有写明按比例计分", "the report may score in another way")
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (fact,),
        f"“{fact.level3 or fact.subject}”得{fact.score}分，按比例应得{ours}分",
        f"The indicator has {fact.score} points, in proportion it would have {ours}",
        line,
    )
