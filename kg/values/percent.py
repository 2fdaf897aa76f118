"""Shares and rates: 100%, 百分之九十五, 两成, 3.4倍, 2.5个百分点, 3‰; always told in percent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.values import numeral
from kg.values.numeral import ARABIC, DIGITS, FRESH, MINUS

_CN = f"[{DIGITS}十百]{{1,8}}(?:点[{DIGITS}]{{1,8}})?"
_FIND = re.compile(
    rf"{MINUS}{FRESH}(?P<arabic>{ARABIC})(?P<more>[余多])?(?P<sign>个?百分点|[%％‰]|倍|成(?![立员果本效功为熟长交人都]))"
    rf"|百分之(?!百)(?P<of>{_CN}|{ARABIC})|(?P<all>百分之?百)"
    rf"|(?<![{DIGITS}十百千万])(?P<tenths>[一二三四五六七八九两])成(?![立员果本效功为不熟长交人都])(?P<half>[半一二三四五六七八九])?"
    rf"|(?<![{DIGITS}十百千万])(?P<times>[{DIGITS}十百]{{1,8}})(?P<form>倍|个百分点)"
)
_FACTOR = {"%": Decimal(1), "％": Decimal(1), "‰": Decimal("0.1"), "倍": Decimal(100), "成": Decimal(10)}


@dataclass(frozen=True, slots=True)
class Percent:
    """`value` in percent; `form` is how it is written: %, ‰, 倍, 成 or 百分点 (a difference of rates)."""

    start: int
    end: int
    value: Decimal
    form: str
    hedge: str = ""


def find(text: str) -> Iterator[Percent]:
    """Every share or rate in `text`."""
    for match in _FIND.finditer(text):
        value, form = _value(match)
        if value is not None:
            sign = -1 if match.group().startswith("-") else 1
            yield Percent(match.start(), match.end(), sign * value, form, match["more"] or "")


def read(text: str) -> Percent | None:
    """The share that a whole cell holds: '99.5%', '百分之九十'. A bare number is none."""
    words = text.strip()
    found = next(find(words), None)
    return found if found and (found.start, found.end) == (0, len(words)) else None


def show(value: Decimal) -> str:
    """As people write it: 99.5%."""
    return numeral.show(value) + "%"


def _value(match: re.Match[str]) -> tuple[Decimal | None, str]:
    if match["arabic"]:
        number = numeral.read(match["arabic"])
        form = "百分点" if match["sign"].endswith("百分点") else match["sign"].replace("％", "%")
        return (None if number is None else number * _FACTOR.get(form, Decimal(1))), form
    if match["of"]:
        return numeral.read(match["of"]), "%"
    if match["all"]:
        return Decimal(100), "%"
    if match["tenths"]:
        half = match["half"] or ""
        rest = Decimal(5) if half == "半" else (numeral.read(half) if half else Decimal(0))
        tens = numeral.read(match["tenths"])
        return (None if tens is None or rest is None else tens * 10 + rest), "成"
    times = numeral.read(match["times"])
    form = "倍" if match["form"] == "倍" else "百分点"
    return (None if times is None else times * _FACTOR.get(form, Decimal(1))), form
