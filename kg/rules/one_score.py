"""同一对象的总分前后写得不一样。
The overall score of one thing is stated with different values.

总分只有一个；不同报告部分（正文、附件）里的也应一致。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Fact, Score
from kg.gathered import of
from kg.rules._proof import finding, held

RULE = "one_score"
TYPE = "score-mismatch"
SEVERITY = "error"
TOTAL = "综合"


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    totals: dict[str, list[Score]] = defaultdict(list)
    for fact in of(facts, Score):
        if fact.dimension == TOTAL and fact.value is not None and not fact.comparator:
            totals[fact.subject].append(fact)
    for subject, scores in totals.items():
        first = scores[0]
        if len(scores) > 1 and {score.value for score in scores} == {first.value}:
            yield held(RULE, scores, f"{len(scores)}处都是{first.value}分")
        for other in scores[1:]:
            # 得分分别为98分、97分: values in one sentence are those of several things.
            if other.value != first.value and not other.evidence.span.overlaps(first.evidence.span):
                yield finding(
                    RULE,
                    TYPE,
                    SEVERITY,
                    (first, other),
                    f"{subject}的总分一处写{first.value}分，一处写{other.value}分",
                    f"The overall score of {subject} is {first.value} here and {other.value} there",
                    f"{first.value} ≠ {other.value}",
                )
                break
