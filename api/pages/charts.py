"""Small charts as geometry: what the templates draw as SVG. Lengths are in pixels of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 640
_LABEL = 128  # room for the labels on the left
_VALUE = 92  # room for the values on the right
_ROW, _BAR, _GAP = 20, 13, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """`series` counts from 1; `value` is the text beside the bar; `label` stands once a group."""

    x: float
    y: float
    width: float
    height: float
    series: int
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]
    height: float
    width: float = WIDTH
    axis: float = _LABEL


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
    room = WIDTH - _LABEL - _VALUE
    drawn: list[Bar] = []
    y = 4.0
    for group in groups:
        label = group.label
        for series, (value, text) in enumerate(group.values, 1):
            if value is not None:
                width = max(1.0, round(float(value / most) * room, 1))
                drawn.append(Bar(_LABEL, y + 3, width, _BAR, series, text, label))
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


def stacked(counts: Sequence[tuple[str, int]], width: float = WIDTH) -> tuple[Share, ...]:
    """One bar divided as `counts` are; what is nought is left out."""
    total = sum(count for _, count in counts)
    shares, x = [], 0.0
    for name, count in counts:
        if count:
            part = round(width * count / total, 1)
            shares.append(Share(x, part, name, count))
            x = round(x + part, 1)
    return tuple(shares)
