"""得分高于分值。
A score is higher than the most that can be scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.facts import Fact, Finding, Indicator, Score
from kg.rules._proof import finding

TYPE = "score-mismatch"
SEVERITY = "error"


def check(facts: Sequence[Fact]) -> Iterator[Finding]:
    for fact in facts:
        if isinstance(fact, Indicator):
            name, got, most = fact.level3 or fact.level2 or fact.level1 or fact.subject, fact.score, fact.weight
        elif isinstance(fact, Score) and not fact.comparator:
            name, got, most = fact.dimension, fact.value, fact.max
        else:
            continue
        if got is not None and most and got > most:
            yield finding(
                "score_above_weight",
                TYPE,
                SEVERITY,
                (fact,),
                f"“{name}”得{got}分，分值只有{most}分",
                f"“{name}” has {got} points of at most {most}",
                f"{got} > {most}",
            )
