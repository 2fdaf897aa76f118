"""评分表各指标的分值相加超过100分。
The weights of a table's indicators add up to more than 100.

连同预算执行率的分值一起算。少于100分的，可能有指标没有读到，不算差错。
依据：《项目支出绩效自评表》：总分设置为100分。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Fact, Indicator, Score
from kg.gathered import of
from kg.rules._proof import finding, held, unsure

RULE = "weights"
TYPE = "score-mismatch"
SEVERITY = "error"
FULL, TWO_TABLES = Decimal(100), Decimal(125)  # beyond, two tables may be told of one subject
TOTAL = "综合"
LEAST = 3


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    tables: dict[tuple[str, str | None], list[tuple[Indicator | Score, Decimal]]] = defaultdict(list)
    totals = {(f.subject, f.part): f.max for f in of(facts, Score) if f.dimension == TOTAL and f.max}
    for fact in facts:
        if isinstance(fact, Indicator) and fact.level3 and fact.weight:
            tables[fact.subject, fact.part].append((fact, fact.weight))
        elif isinstance(fact, Score) and fact.dimension != TOTAL and fact.max and not fact.parent_dimension:
            tables[fact.subject, fact.part].append((fact, fact.max))
    for key, lines in tables.items():
        if len(lines) >= LEAST and totals.get(key, FULL) == FULL:
            yield _compared([line for line, _ in lines], [weight for _, weight in lines])


def _compared(lines: Sequence[Indicator | Score], weights: Sequence[Decimal]) -> Verdict:
    added = sum(weights, Decimal(0))
    line = f"{' + '.join(map(str, weights))} = {added}"
    if added == FULL:
        return held(RULE, lines, line)
    names = [getattr(one, "level3", None) or getattr(one, "dimension", "") for one in lines]
    if not FULL < added < TWO_TABLES or len(set(names)) < len(names):
        return unsure(RULE, lines, f"读到的分值相加为{added}分，表可能不全", "the table may not be whole")
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        lines,
        f"{lines[0].subject}各指标的分值相加为{added}分，超过100分",
        f"The weights of {lines[0].subject} add up to {added}",
        line,
    )
