"""Amounts in a text, in short: what tests of amounts compare."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from kg.facts import Amount, Fact

Facts = Callable[..., list[Fact]]
D = Decimal

HEAD = "白石县教育局2023年度部门整体支出绩效自评报告\n\n一、部门收支情况\n\n"


def amounts(facts: Facts, body: str) -> list[Amount]:
    """The amounts of a report on 2023 whose chapter of money is `body`."""
    return [fact for fact in facts("amount", HEAD + body) if isinstance(fact, Amount)]


def said(facts: Facts, body: str) -> list[tuple[str, str | None, Decimal, int | None]]:
    """Measure, what it is of, value as written and year of each."""
    return [(a.measure, a.item or a.name, a.value, a.year) for a in amounts(facts, body)]
