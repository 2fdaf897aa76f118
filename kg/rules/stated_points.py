"""文字里为一项结果写的得分高于评分表里这项指标的分值。
The points that the text gives for a result are more than the table's indicator can have.

完成数相同的才算同一项结果：文字“办结案件128件，得60分”，表中完成值128件、分值10。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Fact, Indicator, Score
from kg.gathered import of
from kg.rules._naming import same_subject
from kg.rules._proof import finding, held, unsure

RULE = "stated_points"
TYPE = "score-mismatch"
SEVERITY = "error"
TOTAL = "综合"
LEAST = 10  # a result of fewer may be another one


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    indicators = [f for f in of(facts, Indicator) if f.weight and isinstance(f.actual, Decimal)]
    for score in of(facts, Score):
        if score.dimension != TOTAL and score.value is not None and not score.max:
            same = [i for i in indicators if _same(score, i)]
            if len(same) == 1:
                yield _compared(score, score.value, same[0])


def _same(score: Score, indicator: Indicator) -> bool:
    apart = not score.evidence.span.overlaps(indicator.evidence.span) and not score.comparator
    if not apart or not indicator.actual_unit or not same_subject(score.subject, indicator.subject):
        return False
    told = re.escape(f"{indicator.actual}{indicator.actual_unit}")
    enough = isinstance(indicator.actual, Decimal) and indicator.actual >= LEAST
    return enough and bool(re.search(rf"(?<![0-9.]){told}", score.evidence.quote))


def _compared(score: Score, value: Decimal, indicator: Indicator) -> Verdict:
    proof, most = (score, indicator), indicator.weight or Decimal(0)
    if value == indicator.score:
        return held(RULE, proof, f"{value} = {indicator.score}")
    if value <= most:
        return unsure(RULE, proof, "得分不同，但不能确定是同一指标", "the points differ, perhaps of another indicator")
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        proof,
        f"文字称{score.dimension}得{value}分，评分表中“{indicator.level3}”分值只有{most}分",
        f"The text gives {value} points, the table's indicator has at most {most}",
        f"{value} > {most}",
    )
