"""Things counted: 36家, 3.5万人, 85余家, 三十二个; and ranks: 第5, 第三名.

Which words count things is vocabulary; the caller hands them in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.values import numeral
from kg.values.numeral import ARABIC, CHINESE, DIGITS, FRESH, MINUS

_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_RANK = re.compile(rf"第(?P<number>[0-9]{{1,4}}|[{DIGITS}十百]{{1,4}})(?:[名位]|(?=$|[，。；、,.;:)）]|以内))")


@dataclass(frozen=True, slots=True)
class Count:
    """`value` counts in `unit` as written (3.5, 万人); `total` is the plain number (35000).

    `hedge` is a 余, 多 or 来 between number and counter."""

    start: int
    end: int
    value: Decimal
    unit: str
    total: Decimal
    hedge: str = ""


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in a ranking, 1 the best."""

    start: int
    end: int
    value: int


def find(text: str, counters: tuple[str, ...]) -> Iterator[Count]:
    """Every number in `text` that one of `counters` follows; the longest counter wins."""
    for match in _pattern(counters).finditer(text):
        value = numeral.read(match["number"])
        if value is not None:
            unit = (match["scale"] or "") + match["unit"]
            total = value * _SCALES[match["scale"] or ""]
            hedge = match["hedge"] or match["hedge2"] or ""
            yield Count(match.start(), match.end(), value, unit, total, hedge)


def ranks(text: str) -> Iterator[Rank]:
    """Every place in a ranking in `text`; 第一部分 and 第三季度 are none."""
    for match in _RANK.finditer(text):
        value = numeral.read(match["number"])
        if value is not None and value > 0:
            yield Rank(match.start(), match.end(), int(value))


def read(text: str, counters: tuple[str, ...]) -> Count | None:
    """The count that a whole cell holds."""
    words = text.strip()
    found = next(find(words, counters), None)
    return found if found and (found.start, found.end) == (0, len(words)) else None


def show(value: Decimal, unit: str) -> str:
    """As people write it: 3.5万人."""
    return numeral.show(value) + unit


@lru_cache(maxsize=8)
def _pattern(counters: tuple[str, ...]) -> re.Pattern[str]:
    units = "|".join(map(re.escape, sorted(counters, key=len, reverse=True)))
    number = rf"{MINUS}(?<!第){FRESH}{ARABIC}|(?<!第){CHINESE}"
    return re.compile(
        rf"(?P<number>{number})(?P<hedge>[余多来])?(?P<scale>千万|百万|[百千万亿](?!元))?(?P<hedge2>[余多来])?(?P<unit>{units})"
    )
