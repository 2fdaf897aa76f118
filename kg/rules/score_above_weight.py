"""得分高于分值。
A score is higher than the most that can be scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Fact, Indicator, Score
from kg.rules._proof import finding, held

RULE = "score_above_weight"
TYPE = "score-mismatch"
SEVERITY = "error"


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    for fact in facts:
        if isinstance(fact, Indicator):
            name, got, most = fact.level3 or fact.level2 or fact.level1 or fact.subject, fact.score, fact.weight
        elif isinstance(fact, Score) and not fact.comparator:
            name, got, most = fact.dimension, fact.value, fact.max
        else:
            continue
        if got is None or not most:
            continue
        if got <= most:
            yield held(RULE, (fact,), f"{got} ≤ {most}")
            continue
        yield finding(
            RULE,
            TYPE,
            SEVERITY,
            (fact,),
            f"“{name}”得{got}分，分值只有{most}分",
            f"“{name}” has {got} points of at most {most}",
            f"{got} > {most}",
        )
