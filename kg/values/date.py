"""Dates and years as reports write them: 2024年6月9日, 2024-06-09, 二〇二四年六月九日, into ISO.

Text is folded; offsets count in it.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from kg.values.numeral import read as number

_YEAR = r"(?P<year>(?:19|20)\d{2}|[一二][〇○零O九0][〇○零O一二三四五六七八九]{2})"
_NUM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
DATE = re.compile(
    rf"{_YEAR}(?:年(?P<month>{_NUM})月(?:(?P<day>{_NUM})[日号])?|[-./](?P<month2>\d{{1,2}})[-./](?P<day2>\d{{1,2}})(?!\d))"
)
YEAR = re.compile(rf"(?<!\d){_YEAR}(?=年|-\d{{4}}年)")


@dataclass(frozen=True, slots=True)
class Date:
    """A day, or a month where the text gives no day, at `start`..`end`."""

    start: int
    end: int
    iso: str


def find(text: str, at: int = 0) -> Date | None:
    """The first date of `text` from `at` on that exists in the calendar."""
    for match in DATE.finditer(text, at):
        year, month = _number(match["year"]), _number(match["month"] or match["month2"])
        day = _number(match["day"] or match["day2"] or "1")
        try:
            found = datetime.date(year, month, day)
        except ValueError:
            continue
        whole = bool(match["day"] or match["day2"])
        return Date(match.start(), match.end(), found.isoformat() if whole else found.strftime("%Y-%m"))
    return None


def years(text: str) -> list[int]:
    """The years that `text` names, in order, repeats included: 2023年度与2022年度 → [2023, 2022]."""
    return [_number(match["year"]) for match in YEAR.finditer(text)]


def _number(digits: str) -> int:
    value = number(digits.replace("O", "〇").replace("0", "〇") if not digits.isascii() else digits)
    return int(value) if value is not None else 0
