"""Written numbers as the intervals that they stand for: 49.76 means 49.755 up to 49.765.

Sums, differences and ratios of such numbers are intervals again, so that a claim is tested with
the precision that the report itself wrote, never with a fixed tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kg.facts import Amount


@dataclass(frozen=True, slots=True)
class Rounded:
    """Every value from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Rounded) -> Rounded:
        return Rounded(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Rounded) -> Rounded:
        return Rounded(self.low - other.high, self.high - other.low)

    def share_of(self, whole: Rounded) -> Rounded:
        """This as percent of `whole`, both above zero. ZeroDivisionError where the whole may be zero."""
        if whole.low <= 0:
            raise ZeroDivisionError("the whole may be zero")
        return Rounded(self.low / whole.high * 100, self.high / whole.low * 100)

    def agrees(self, other: Rounded) -> bool:
        """Whether both can stand for one value."""
        return self.low <= other.high and other.low <= self.high

    def near(self, other: Rounded, step: Decimal) -> bool:
        """Whether they miss each other by no more than `step`: a digit cut off instead of rounded."""
        return self.low - step <= other.high and other.low <= self.high + step


def step(value: Decimal) -> Decimal:
    """What the last written digit of `value` counts: 0.01 for 49.76, 1 for 300."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent)) if isinstance(exponent, int) else Decimal(1)


def rounded(value: Decimal) -> Rounded:
    """What a written number can stand for: half of its last digit either way."""
    half = step(value) / 2
    return Rounded(value - half, value + half)


def yuan(amount: Amount) -> Rounded:
    """The same for money, in yuan."""
    scale = amount.value_yuan / amount.value if amount.value else Decimal(1)
    half = step(amount.value) / 2 * scale
    return Rounded(amount.value_yuan - half, amount.value_yuan + half)


def shown(value: Decimal, like: Decimal = Decimal("0.01")) -> Decimal:
    """`value` with as many digits as `like`, for a line that people read."""
    return value.quantize(step(like), ROUND_HALF_UP)
