"""Sums of money: 1,202.95万元, 12.5亿, 壹佰万元, 0.8万; as written, and in yuan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.values import numeral
from kg.values.numeral import ARABIC, DIGITS, FRESH, MINUS, TENS

_SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
_CURRENCY = r"元人民币|人民币|元|美元|美金|欧元|日元|港元|港币|英镑"
_SCALE = "万亿|亿|千万|百万|十万|万|千|百"
_FIND = re.compile(
    rf"(?P<arabic>{MINUS}{FRESH}{ARABIC})(?:(?P<upper>亿)(?P<lower>{ARABIC})(?=[千百]?万))?"
    rf"(?P<more>[余多来])?"
    # A bare 万 or 亿 is money only where no counter can follow it: 100万， but not 100万人.
    rf"(?:(?P<unit>(?:{_SCALE})?(?P<odd>[余多])?(?:{_CURRENCY}))|(?P<bare>[万亿])(?=$|[^\u4e00-\u9fffA-Za-z0-9]|以[上下内]|左右))"
    rf"|(?<![{DIGITS}{TENS}])(?P<chinese>[{DIGITS}{TENS}]{{1,16}})(?:(?P<cmore>[余多])(?P<cscale>[万亿])?)?元"
)
_CELL = re.compile(rf"(?:¥|￥|人民币)?(?P<value>-?{ARABIC})(?P<unit>(?:{_SCALE})?(?:元|美元|欧元|港元)|万|亿)?")


@dataclass(frozen=True, slots=True)
class Money:
    """`value` counts in `unit`, both as written; `yuan` is exact, None for foreign money.

    `hedge` is a 余 or 多 inside the number: 300余万元."""

    start: int
    end: int
    value: Decimal
    unit: str
    yuan: Decimal | None
    hedge: str = ""


def find(text: str) -> Iterator[Money]:
    """Every sum of money in `text`. A number without a unit is none."""
    for match in _FIND.finditer(text):
        money = _chinese(match) if match["chinese"] else _arabic(match)
        if money:
            yield money


def read(text: str, unit: str = "") -> Money | None:
    """The sum that a whole cell holds: '128.64' in a table of `unit` 万元, '30万元', '（12.5）' below zero."""
    words = text.strip()
    start = text.find(words) if words else 0
    below = words[:1] in "(（" and words[-1:] in ")）" if words else False
    match = _CELL.fullmatch(words[1:-1].strip() if below else words)
    if not match:
        return None
    value = numeral.read(match["value"])
    if value is None or not (match["unit"] or unit):
        return None
    written = match["unit"] or unit
    value = -value if below else value
    return Money(start, start + len(words), value, written, in_yuan(value, written))


def in_yuan(value: Decimal, unit: str) -> Decimal | None:
    """`value` of `unit` (万元, 亿, 元 …) in yuan; None for foreign or unknown units."""
    scale = _SCALES.get(unit.removesuffix("人民币").removesuffix("元"))
    return value * scale if scale else None


def show(value: Decimal, unit: str) -> str:
    """As people write it: 1,202.95万元."""
    return numeral.show(value) + unit


def _arabic(match: re.Match[str]) -> Money | None:
    value = numeral.read(match["arabic"])
    unit = match["unit"] or match["bare"]
    hedge = match["more"] or match["odd"] or ""
    if value is None or unit is None:
        return None
    unit = unit.replace(match["odd"], "") if match["odd"] else unit
    yuan = in_yuan(value, unit)
    if match["upper"]:  # 3亿5000万元: told in the smaller unit
        lower = numeral.read(match["lower"])
        if lower is None:
            return None
        scale = _SCALES[unit.removesuffix("元")]
        value, yuan = value * 10**8 / scale + lower, value * 10**8 + lower * scale
    return Money(match.start(), match.end(), value, unit, yuan, hedge)


def _chinese(match: re.Match[str]) -> Money | None:
    """壹佰万元 is 100 of 万元, 三万五千元 is 35000 of 元, 二元 (a two-part structure) is no money."""
    words = match["chinese"].replace("萬", "万").replace("億", "亿") + (match["cscale"] or "")
    scale = words[-1] if words[-1] in "万亿" and not set(words[:-1]) & set("万亿") else ""
    number = words.removesuffix(scale)
    value = numeral.chinese(number)
    if value is None or not (scale or set(number) & set(TENS)):
        return None
    unit = scale + "元"
    return Money(match.start(), match.end(), Decimal(value), unit, in_yuan(Decimal(value), unit), match["cmore"] or "")
