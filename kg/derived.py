"""Values that are computed, never stated: each lists the facts that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """`measure` of `subject` in `year`, worked out by `formula` (a line that one can check by
    hand: 31.81万元 ÷ 100万元 = 31.81%) from `facts`. `unit` is % or 元."""

    subject: str
    measure: str
    value: Decimal
    unit: str
    formula: str
    facts: tuple[Fact, ...]
    year: int | None = None
