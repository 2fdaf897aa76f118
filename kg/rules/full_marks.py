"""指标没有完成或没有完成值，却得了满分。
An indicator missed its target, or has no actual value, and still has full marks.

依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：得分按完成值与指标值对比计算。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Fact, Indicator
from kg.gathered import of
from kg.rules._proof import finding, held, unsure

RULE = "full_marks"
TYPE = "target-missed-full-score"
MISSING = "missing-value"
SEVERITY = "error"


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    for fact in of(facts, Indicator):
        if fact.weight and fact.score == fact.weight and fact.target is not None:
            if fact.actual is None and fact.met is not True:
                yield _finding(fact, MISSING, "没有完成值", "no actual value is given")
            elif fact.met is False:
                yield _finding(
                    fact, TYPE, f"完成值{fact.actual}{fact.actual_unit or ''}没有达到", "the target was missed"
                )
            elif fact.met:
                yield held(RULE, (fact,), _line(fact))
            else:
                yield unsure(RULE, (fact,), "指标值不是数，看不出是否完成", "the target is no number")


def _finding(fact: Indicator, type: str, what: str, what_en: str) -> Verdict:
    name = fact.level3 or fact.level2 or fact.level1 or fact.subject
    goal = _goal(fact)
    return finding(
        RULE,
        type,
        SEVERITY,
        (fact,),
        f"“{name}”目标{goal}，{what}，仍得满分{fact.score}分",
        f"“{name}” has full marks ({fact.score}) although {what_en} (target {goal})",
        _line(fact),
    )


def _goal(fact: Indicator) -> str:
    return f"{fact.operator or ''}{fact.target}{fact.target_unit or ''}"


def _line(fact: Indicator) -> str:
    done = "（空）" if fact.actual is None else f"{fact.actual}{fact.actual_unit or ''}"
    return f"目标 {_goal(fact)}，完成 {done}，得分 {fact.score} / 分值 {fact.weight}"
