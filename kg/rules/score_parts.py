"""各项得分相加不等于写明的总分。
The parts of a score do not add up to its total.

同一行里、或在句子里挨着写出的得分：每个方面的得分都给出，总分也给出。句子里可能漏说一个方面，所以少得多的不提示。
分章节写出五个以上方面的得分，相加超过总分的是错误；不足总分、又占总分八成以上的提示：有的得分没有写明出处。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Evidence, Fact, Score
from kg.gathered import of
from kg.places import distance
from kg.rules._proof import finding, held, unsure

RULE = "score_parts"
TYPE = "score-mismatch"
SEVERITY = "error"
TOTAL = "综合"
NEXT = 8  # code points between a score and the next of a sentence
LEAST, OMITTED = 3, 5  # parts of a sentence; points by which a part that is not told may fall short
CHAPTERS, MOST_OF = 5, Decimal("0.8")  # parts told in chapters of their own, and how much of the total they are
SHORT = "warning"
POINTS = 100


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    exact = [f for f in of(facts, Score) if f.value is not None and not f.comparator]
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
            before = (exact[place] for place in range(at - 1, -1, -1))
            after = (exact[place] for place in range(at + 1, len(exact)))
            told = list(_beside(total, before)) or list(_beside(total, after))
            if len(told) >= LEAST and (total.value or 0) - _sum(told) < OMITTED and not _nested(told):
                yield _compared(total, sorted(told, key=lambda score: score.evidence.start))

    yield from _chapters(exact, rows)


def _chapters(exact: Sequence[Score], rows: Mapping[Evidence, Sequence[Score]]) -> Iterator[Verdict]:
    """The scores of one part that stand apart from each other, each in a chapter of its own."""
    alone: dict[tuple[str, str | None], list[Score]] = defaultdict(list)
    for score in exact:
        if len(rows[score.evidence]) == 1:
            alone[score.subject, score.part].append(score)
    for total in exact:
        if total.dimension != TOTAL:
            continue
        told = alone[total.subject, total.part]
        parts = [s for s in told if s.dimension != TOTAL and not s.max and s.evidence.end <= total.evidence.start]
        named = [s.dimension for s in parts]
        parts = [s for s in parts if s.parent_dimension not in named]
        apart = distance(parts[0].evidence, parts[-1].evidence) > NEXT * len(parts) if parts else False
        if len(parts) < CHAPTERS or len(set(named)) < len(named) or not apart:
            continue
        if _sum(parts) >= MOST_OF * (total.value or 0):
            yield _compared(total, parts, SEVERITY if _sum(parts) > (total.value or 0) else SHORT)
        else:
            yield unsure(RULE, (total, *parts), "只写出了一部分方面的得分", "only some of the parts are told")


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


def _nested(scores: Iterable[Score]) -> bool:
    """Whether some of the scores are parts of others: together they could give more points than there are."""
    return sum((score.max for score in scores if score.max is not None), Decimal(0)) > POINTS


def _sum(scores: Iterable[Score]) -> Decimal:
    return sum((score.value for score in scores if score.value is not None), Decimal(0))


def _compared(total: Score, parts: Sequence[Score], severity: str = SEVERITY) -> Verdict:
    added = _sum(parts)
    line = f"{' + '.join(str(part.value) for part in parts)} = {added}"
    if added == total.value:
        return held(RULE, (total, *parts), line)
    return finding(
        RULE,
        TYPE,
        severity,
        (total, *parts),
        f"{total.subject}各项得分相加为{added}分，总分写为{total.value}分",
        f"The parts of the score of {total.subject} add up to {added}, the total says {total.value}",
        line,
    )
