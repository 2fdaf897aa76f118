"""各项得分相加不等于写明的总分。
The parts of a score do not add up to its total.

只看并列在同一行里的得分：每个方面的得分都给出，总分也给出。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.facts import Evidence, Fact, Finding, Score

TYPE = "score-mismatch"
SEVERITY = "error"
TOTAL = "综合"


def check(facts: Sequence[Fact]) -> Iterator[Finding]:
    rows: dict[Evidence, list[Score]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Score) and fact.value is not None and not fact.comparator:
            rows[fact.evidence].append(fact)
    for evidence, scores in rows.items():
        totals = [s for s in scores if s.dimension == TOTAL]
        parts = [s for s in scores if s.dimension != TOTAL and not s.parent_dimension]
        if len(totals) == 1 and len(parts) > 1:
            yield from _compared(evidence, totals[0], parts)


def _compared(evidence: Evidence, total: Score, parts: Sequence[Score]) -> Iterator[Finding]:
    values = [part.value for part in parts if part.value is not None]
    added = sum(values, Decimal(0))
    if total.value is None or added == total.value:
        return
    yield Finding(
        evidence=evidence,
        part=total.part,
        type=TYPE,
        severity=SEVERITY,
        rule="score_parts",
        subject=total.subject,
        explanation=f"{total.subject}各项得分相加为{added}分，总分写为{total.value}分",
        explanation_en=f"The parts of the score of {total.subject} add up to {added}, the total says {total.value}",
        recomputation=f"{' + '.join(map(str, values))} = {added}",
    )
