"""Small charts as geometry: what the templates draw as SVG. Widths are in percent of the drawing, so
that its text keeps its size in a narrow window; heights are in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_WIDEST = 78.0  # percent that the longest bar takes; the rest is for its number
_LABEL, _ROW, _GAP = 20, 19, 6


@dataclass(frozen=True, slots=True)
class Bar:
    """`series` counts from 1; `value` is the text beside the bar; `label` stands above the first of a group."""

    y: int
    width: float
    series: int
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Group:
    """What is compared under one label: numbers with their text, None where not given."""

    label: str
    values: tuple[tuple[Decimal | None, str], ...]


def bars(groups: Sequence[Group]) -> Bars | None:
    """Horizontal bars, one row for each value of each group, all on one scale from zero; None where
    there is nothing to draw or something is below zero."""
    numbers = [value for group in groups for value, _ in group.values if value is not None]
    most = max(numbers, default=Decimal(0))
    if most <= 0 or min(numbers) < 0:
        return None
    drawn: list[Bar] = []
    y = 0
    for group in groups:
        label = group.label
        for series, (value, text) in enumerate(group.values, 1):
            if value is not None:
                y += _LABEL if label else 0
                width = max(0.3, round(float(value / most) * _WIDEST, 2))
                drawn.append(Bar(y, width, series, text, label))
                label = ""
                y += _ROW
        y += _GAP
    return Bars(tuple(drawn), y)


@dataclass(frozen=True, slots=True)
class Share:
    """A run of a stacked bar."""

    x: float
    width: float
    name: str
    count: int


def stacked(counts: Sequence[tuple[str, int]]) -> tuple[Share, ...]:
    """One bar divided as `counts` are; what is nought is left out."""
    total = sum(count for _, count in counts)
    shares, x = [], 0.0
    for name, count in counts:
        if count:
            part = round(100 * count / total, 2)
            shares.append(Share(x, part, name, count))
            x = round(x + part, 2)
    return tuple(shares)
