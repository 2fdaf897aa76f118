"""各项得分相加不等于写明的总分。
The parts of a score do not add up to its total.

只看同一行里、或在句子里挨着写出的得分：每个方面的得分都给出，总分也给出。句子里可能漏说一个方面，
所以少得多的不提示。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kg.amounts import distance
from kg.checks import Verdict
from kg.facts import Evidence, Fact, Score
from kg.rules._proof import finding, held

RULE = "score_parts"
TYPE = "score-mismatch"
SEVERITY = "error"
TOTAL = "综合"
NEXT = 8  # code points between a score and the next of a sentence
LEAST, OMITTED = 3, 5  # parts of a sentence; points by which a part that is not told may fall short


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    exact = [f for f in facts if isinstance(f, Score) and f.value is not None and not f.comparator]
    rows: dict[Evidence, list[Score]] = defaultdict(list)
    for score in exact:
        rows[score.evidence].append(score)
    for scores in rows.values():
        totals = [s for s in scores if s.dimension == TOTAL]
        parts = [s for s in scores if s.dimension != TOTAL and not s.parent_dimension]
        if len(totals) == 1 and len(parts) > 1:
            yield _compared(totals[0], parts)
    for at, total in enumerate(exact):
        if total.dimension == TOTAL and len(rows[total.evidence]) == 1:
            told = list(_beside(total, reversed(exact[:at]))) or list(_beside(total, exact[at + 1 :]))
            if len(told) >= LEAST and (total.value or 0) - _sum(told) < OMITTED:
                yield _compared(total, sorted(told, key=lambda score: score.evidence.start))


def _beside(total: Score, others: Iterable[Score]) -> Iterator[Score]:
    """The scores told one after the other next to `total`, the nearest first."""
    last, seen = total, {TOTAL}
    for score in others:
        one = (score.subject, score.part) == (total.subject, total.part) and not score.parent_dimension
        if not one or score.dimension in seen or distance(score.evidence, last.evidence) > NEXT:
            return
        seen.add(score.dimension)
        last = score
        yield score


def _sum(scores: Iterable[Score]) -> Decimal:
    return sum((score.value for score in scores if score.value is not None), Decimal(0))


def _compared(total: Score, parts: Sequence[Score]) -> Verdict:
    added = _sum(parts)
    line = f"{' + '.join(str(part.value) for part in parts)} = {added}"
    if added == total.value:
        return held(RULE, (total, *parts), line)
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (total, *parts),
        f"{total.subject}各项得分相加为{added}分，总分写为{total.value}分",
        f"The parts of the score of {total.subject} add up to {added}, the total says {total.value}",
        line,
    )
