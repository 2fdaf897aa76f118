"""Dates and years: 2025年4月18日, 2024-06-09, 二〇二四年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as _calendar

from kg.values import numeral

_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九]{3})"
_CN = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_FIND = re.compile(
    rf"(?<![0-9.]){_YEAR} ?(?:年(?:(?P<month>{_CN})月(?:(?P<day>{_CN})[日号])?)?"
    r"|(?=[-—–~至到]{1,2}(?:19|20)[0-9]{2} ?年)"
    r"|(?P<mark>[-/.])(?P<month2>1[0-2]|0?[1-9])(?P=mark)(?P<day2>3[01]|[12][0-9]|0?[1-9])(?![0-9.]))"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A year, a month or a day; `month` and `day` None where not given."""

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """2025, 2025-04 or 2025-04-18."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


def find(text: str) -> Iterator[Date]:
    """Every date in `text` that names its year; days that no calendar has are left out."""
    for match in _FIND.finditer(text):
        year = _number(match["year"])
        month, day = _number(match["month"] or match["month2"]), _number(match["day"] or match["day2"])
        if year and _exists(year, month, day):
            yield Date(match.start(), match.end(), year, month, day)


def years(text: str) -> Iterator[int]:
    """The years that `text` names, in order, repeats included."""
    return (date.year for date in find(text))


def read(text: str) -> Date | None:
    """The date that `text` is, all of it."""
    words = text.strip()
    found = next(find(words), None)
    return found if found and (found.start, found.end) == (0, len(words)) else None


def show(date: Date) -> str:
    """As people write it: 2025年4月18日."""
    return f"{date.year}年" + (f"{date.month}月" if date.month else "") + (f"{date.day}日" if date.day else "")


def _number(digits: str | None) -> int | None:
    value = numeral.read(digits) if digits else None
    return None if value is None else int(value)


def _exists(year: int, month: int | None, day: int | None) -> bool:
    try:
        _calendar(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return True
