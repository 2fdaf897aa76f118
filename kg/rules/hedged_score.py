"""总分只写了“以上”，没有写具体得分。
The overall score is only said to be above something, never stated.

依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：评价结果以评分与评级相结合，要有具体分值。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Fact, Score
from kg.gathered import of
from kg.rules._proof import finding

RULE = "hedged_score"
TYPE = "missing-value"
SEVERITY = "warning"
TOTAL = "综合"


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    totals = [f for f in of(facts, Score) if f.dimension == TOTAL and f.value is not None]
    if totals and all(score.comparator for score in totals):
        words = "、".join(dict.fromkeys(f"{score.value}分{score.comparator}" for score in totals))
        yield finding(
            RULE,
            TYPE,
            SEVERITY,
            totals,
            f"总分只写了{words}，没有任何一个具体得分",
            "The overall score is only hedged, no exact score is given anywhere",
            f"{words}：没有具体得分",
        )
