"""Indicators in a text, in short: what tests of indicators compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.facts import Fact, Indicator

Facts = Callable[..., list[Fact]]

TITLE = "青山县水务局2024年度部门整体支出绩效自评报告\n"


def indicators(facts: Facts, text: str, name: str = "报告.txt") -> list[Indicator]:
    return [fact for fact in facts("indicator", text, name) if isinstance(fact, Indicator)]


def said(indicator: Indicator) -> dict[str, Any]:
    """What an indicator says, without its proof."""
    fields = ("level1", "level2", "level3", "operator", "target", "target_unit", "actual", "actual_unit")
    more = ("weight", "score", "deviation_reason", "met", "comparator", "completion")
    return {field: value for field in (*fields, *more) if (value := getattr(indicator, field)) is not None}
