"""Indicators that a report itself shows as missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.facts import Fact, Indicator
from kg.gathered import of
from kg.rules._naming import same_subject


def missed(facts: Sequence[Fact], subject: str, *, whole: bool) -> Iterator[Indicator]:
    """The indicators that were missed, or scored without an actual value: of the `whole` report, or of
    `subject` alone."""
    for fact in of(facts, Indicator):
        if whole or same_subject(fact.subject, subject):
            empty = fact.target is not None and fact.actual is None and fact.met is None
            if fact.met is False or (empty and fact.score is not None):
                yield fact


def shown(indicator: Indicator) -> str:
    """“培训人次”目标≥500人次，完成420人次."""
    name = indicator.level3 or indicator.level2 or indicator.level1 or indicator.subject
    goal = f"{indicator.operator or ''}{indicator.target or ''}{indicator.target_unit or ''}" or "（空）"
    actual = "（空）" if indicator.actual is None else f"{indicator.actual}{indicator.actual_unit or ''}"
    return f"“{name}”目标{goal}，完成{actual}"
