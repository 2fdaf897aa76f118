"""评分表各指标得分相加不等于总分。
The scores of a table's indicators do not add up to its total.

只看完整的表：各指标分值（连同预算执行率的分值）相加等于满分，每个指标都有得分。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Fact, Indicator, Score
from kg.gathered import of
from kg.rules._proof import finding, held, unsure

RULE = "score_table"
TYPE = "score-mismatch"
SEVERITY = "error"
TOTAL, FULL = "综合", 100

Line = Indicator | Score


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    tables: dict[tuple[str, str | None], list[Line]] = defaultdict(list)
    for line in facts:
        if isinstance(line, Indicator | Score):
            tables[line.subject, line.part].append(line)
    for total in of(facts, Score):
        if total.dimension == TOTAL and total.value is not None:
            lines = [line for line in tables[total.subject, total.part] if _of(total, line)]
            points = [_points(line) for line in lines]
            if len(lines) <= 2:
                continue
            if sum(most for most, _ in points) != (total.max or FULL):
                yield unsure(
                    RULE, (total,), "各指标分值相加不是满分，表可能不全", "the weights do not add up to the full score"
                )
            elif any(got is None for _, got in points):
                yield unsure(RULE, (total,), "有的指标没有得分", "an indicator has no score")
            else:
                yield _compared(total, lines, [got for _, got in points if got is not None])


def _of(total: Score, line: Line) -> bool:
    """A line of the table whose last row is `total`: with its points and the most it can have."""
    counts = line.dimension != TOTAL and line.max if isinstance(line, Score) else line.weight
    return bool(counts) and line.evidence.end <= total.evidence.start


def _points(line: Line) -> tuple[Decimal, Decimal | None]:
    most, got = (line.max, line.value) if isinstance(line, Score) else (line.weight, line.score)
    return most or Decimal(0), got


def _compared(total: Score, lines: Sequence[Line], points: Sequence[Decimal]) -> Verdict:
    added = sum(points, Decimal(0))
    line = f"{' + '.join(map(str, points))} = {added}"
    if added == total.value:
        return held(RULE, (total, *lines), line)
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (total, *lines),
        f"{total.subject}各指标得分相加为{added}分，总分写为{total.value}分",
        f"The indicators' scores add up to {added}, the total says {total.value}",
        line,
    )
