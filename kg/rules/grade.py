"""评定的等级与得分不相称。
The grade does not fit the score.

有评级标准的按报告自己写的标准，没有的按《项目支出绩效评价管理办法》（财预〔2020〕10号，2020年2月起）：
90分以上为优，80至90分为良，60至80分为中，60分以下为差。没有自己的标准时，只提示等级偏高的。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Fact, Score
from kg.gathered import of
from kg.reading import Reading
from kg.rules._proof import finding, held, unsure
from kg.rules._sentences import sentences
from ontology.loader import spellings

RULE = "grade"
TYPE = "score-mismatch"
SEVERITY = "warning"
TOTAL, FULL = "综合", Decimal(100)
NATIONAL: Mapping[str, tuple[Decimal, Decimal]] = {
    "优": (Decimal(90), FULL),
    "良": (Decimal(80), Decimal(90)),
    "中": (Decimal(60), Decimal(80)),
    "差": (Decimal(0), Decimal(60)),
}
"""The lowest score of each grade, and the lowest of the next."""
_STEP = re.compile(
    r"(?P<low>[0-9]{1,2})分?(?:\(含[0-9]*分?\))?(?:以上|及以上|[-—–~至到](?P<high>[0-9]{2,3})分?)"
    r"(?:\(不?含[0-9]*分?\))?[^0-9,。;、]{0,6}?(?P<grade>[优良中差])"
)


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    own = _own_scale(readings)
    for score in of(facts, Score):
        if score.dimension == TOTAL and score.value is not None and score.grade:
            grade = spellings("grades").get(score.grade, score.grade)[:1]
            if score.comparator or (score.max or FULL) != FULL or grade not in NATIONAL:
                yield unsure(RULE, (score,), "得分或等级不是百分制的", "not a score of 100 with one of four grades")
            else:
                yield _compared(score, score.value, grade, own)


def _compared(score: Score, value: Decimal, grade: str, own: Mapping[str, tuple[Decimal, Decimal]]) -> Verdict:
    low, high = own.get(grade) or NATIONAL[grade]
    line = f"{value}分：{grade}为{low}至{high}分"
    if low <= value < high or value == high == FULL:
        return held(RULE, (score,), line)
    if value >= high and not own:
        return unsure(RULE, (score,), "等级低于国家标准，可能另有标准", "graded lower than the national scale would")
    if value == high:
        return unsure(RULE, (score,), "得分正在两级之间", "the score stands between two grades")
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (score,),
        f"{score.subject}得{value}分，等级写为{score.grade}",
        f"{score.subject} has {value} points, graded {grade}",
        line,
    )


def _own_scale(readings: Sequence[Reading]) -> dict[str, tuple[Decimal, Decimal]]:
    """The scale that the report gives itself; empty where it gives none or only a part of one."""
    for sentence in sentences(readings):
        steps = {m["grade"]: Decimal(m["low"]) for m in _STEP.finditer(sentence.text)}
        if "优" in steps and "良" in steps and steps["优"] > steps["良"]:
            bounds = sorted(steps.items(), key=lambda step: step[1], reverse=True)
            tops = [FULL, *(low for _, low in bounds)]
            return {name: (low, top) for (name, low), top in zip(bounds, tops, strict=False)}
    return {}
