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

    def times(self, factor: int) -> Rounded:
        return Rounded(self.low * factor, self.high * factor)

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


def swapped(one: Decimal, other: Decimal) -> bool:
    """Whether two neighbouring digits changed places: 18426 and 18246. Shorter numbers than three
    digits may differ so by chance."""
    pairs = _unlike(one, other)
    return len(pairs) == 2 and pairs[0][0] + 1 == pairs[1][0] and pairs[0][1:] == pairs[1][:0:-1]


def mistyped(one: Decimal, other: Decimal) -> bool:
    """Whether exactly one digit is another: 295.00 and 205.00, or two changed places."""
    return len(_unlike(one, other)) == 1 or swapped(one, other)


def _unlike(one: Decimal, other: Decimal) -> list[tuple[int, str, str]]:
    """Where two numbers of three digits or more, both as long, have different digits; else nothing."""
    finer = min(step(one), step(other))
    a, b = (f"{value.quantize(finer):f}" for value in (one, other))
    if len(a) != len(b) or sum(char.isdigit() for char in a) < 3:
        return []
    digits = [(x, y) for x, y in zip(a, b, strict=True) if x.isdigit() or y.isdigit()]
    return [(at, x, y) for at, (x, y) in enumerate(digits) if x != y]
