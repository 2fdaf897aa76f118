"""称目标全部完成，但有指标没有达到目标值。
All targets are said to be met, but an indicator missed its target.

只看说全部绩效目标、全部指标、各项工作都完成的话；“基本完成”“多数完成”、打算和要求不算。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Fact, Indicator, Score
from kg.gathered import of
from kg.reading import Reading
from kg.rules._missed import missed, shown
from kg.rules._proof import finding, held
from kg.rules._sentences import Sentence, sentences

RULE = "all_met"
TYPE = "contradiction"
SEVERITY = "warning"
LOST = "info"  # points may be lost for another reason than a missed target
REACHED = ("产出指标", "效益指标")
MOST = 5  # missed indicators that are shown
_ALL = re.compile(r"全部|均已|均达|均按|均完成|全面|各项|所有")
_GOALS = re.compile(r"绩效目标|绩效指标|各项指标|各项目标|年[度初]目标|既定目标|预期目标|各项(?:工作|任务)|[指目]标值")
_MET = re.compile(r"完成|达到|实现|达成|达标")
# 未、基本、多数 take it back; 确保、力争、将 are plans; a level or a single thing is not all.
_NOT = re.compile(
    r"未|没有|不|基本|多数|大部分|部分|个别|除|率|确保|力争|努力|争取|保障|保证|推动|促进|将|拟|应|须|是否|情况|要求|"
    r"数量|质量|时效|成本|效益|满意|产出|目的|提供|围绕|程度"
)
_ELSEWHERE = frozenset({"duties", "goals", "improvements", "staffing", "organisation", "glossary", "people"})


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    indicators = of(facts, Indicator)
    told: set[Fact] = set()
    for sentence in sentences(readings):
        for claim in sentence.clauses() if indicators and _tells(sentence) else ():
            if not _claims(claim):
                continue
            whole = claim.prose.subject == claim.reading.subject
            against = list(missed(facts, claim.prose.subject, whole=whole))[:MOST]
            lost = [] if against or not whole else list(_lost(facts))
            if lost and not told.issuperset(lost):
                told.update(lost)
                yield _points_lost(claim, lost)
            elif not against:
                yield held(RULE, (claim.cut(),), f"{len(indicators)}个指标中没有看到未完成的")
            elif not told.issuperset(against):
                told.update(against)
                yield finding(
                    RULE,
                    TYPE,
                    SEVERITY,
                    (claim.cut(), *against),
                    f"称“{claim.text}”，但{shown(against[0])}",
                    f"All targets are said to be met, but {len(against)} indicators were missed",
                    "；".join(map(shown, against)),
                    claim.prose.subject,
                    claim.part,
                )


def _lost(facts: Sequence[Fact]) -> Iterator[Score]:
    """Scores of outputs and benefits below their weight."""
    weights = {f.level1: f.weight for f in of(facts, Indicator) if not f.level3 and f.level1}
    for fact in of(facts, Score):
        if fact.dimension in REACHED and not fact.comparator and fact.value is not None:
            yield from (fact,) if fact.value < (fact.max or weights.get(fact.dimension) or 0) else ()


def _points_lost(claim: Sentence, lost: Sequence[Score]) -> Verdict:
    names = "、".join(f"{score.subject}{score.dimension}{score.value}分" for score in lost)
    return finding(
        RULE,
        TYPE,
        LOST,
        (claim.cut(), *lost),
        f"称“{claim.text}”，但有的指标扣了分，没有说明原因：{names}",
        "All targets are said to be met, but points were lost without a reason",
        names,
        claim.prose.subject,
        claim.part,
    )


def _tells(sentence: Sentence) -> bool:
    """Whether a sentence may say, or one of its clauses, that everything was reached."""
    elsewhere = sentence.prose.goal or sentence.prose.role in _ELSEWHERE
    return not elsewhere and all(pattern.search(sentence.text) for pattern in (_GOALS, _ALL, _MET))


def _claims(clause: Sentence) -> bool:
    """Whether the words between two commas say it."""
    return _tells(clause) and not _NOT.search(clause.text)
