"""What a cell of a sheet shows: its value in its number format, without the noise of binary fractions."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

_LONGEST = 255  # characters of a number format: Excel writes no longer one
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DIGITS = re.compile(r"[#0?,]*[#0?](?:\.([#0?]+))?(,*)")


class _Format(NamedTuple):
    """`places` after the point (None: as many as there are), how many of them may be left out."""

    places: int | None = None
    optional: int = 0
    grouped: bool = False
    percent: bool = False


def shown(value: object, number_format: str) -> str:
    """The words of a cell with `value`, empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(Decimal(f"{value:.15g}"), _format(number_format or "General"))
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value).replace("\r", "").replace("\t", " ").strip()


@lru_cache(maxsize=512)
def _format(code: str) -> _Format:
    plain = _QUOTED.sub("", code[:_LONGEST].split(";", maxsplit=1)[0])
    digits = _DIGITS.search(plain)
    if "general" in plain.lower() or digits is None or digits.group(2):
        return _Format(percent="%" in plain)
    places = digits.group(1) or ""
    return _Format(len(places), len(places) - len(places.rstrip("#")), "," in digits.group(), "%" in plain)


def _number(value: Decimal, how: _Format) -> str:
    if not value.is_finite():
        return ""
    value = value * 100 if how.percent else value
    if how.places is None:
        words = f"{value.normalize():f}"
    else:
        rounded = value.quantize(Decimal(1).scaleb(-how.places), ROUND_HALF_UP)
        words = f"{rounded:,f}" if how.grouped else f"{rounded:f}"
        for _ in range(how.optional):
            words = words[:-1] if words.endswith("0") else words
        words = words.rstrip(".")
    return words + ("%" if how.percent else "")
