"""Numbers as reports write them: 1,202.95, １２, 三十六, 壹佰万, 二〇二四, into exact decimals.

Text may be raw or folded; offsets count in the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

# One Arabic number: either grouped by threes or plain, with or without decimals. OCR sets blanks
# after the comma of a group (1, 202.95), never inside a group. Lengths are bounded and a number
# begins only where none is under way, so that no text makes a search slow.
_ONE = "[0-9０-９]"
ARABIC = rf"(?:{_ONE}{{1,3}}(?:[,，] ?{_ONE}{{3}}){{1,6}}(?!{_ONE})|{_ONE}{{1,20}})(?:[.．]{_ONE}{{1,12}})?(?!{_ONE})"
FRESH = r"(?<![0-9０-９.．A-Za-z])"
MINUS = r"(?:(?<![0-9０-９A-Za-z%％.)）])[-－−])?"
DIGITS = "〇○零一二三四五六七八九两壹贰叁肆伍陆柒捌玖貳參陸"
TENS = "十百千万亿拾佰仟萬億"
CHINESE = f"(?<![{DIGITS}{TENS}])[{DIGITS}{TENS}]{{1,24}}(?![{DIGITS}{TENS}])"

_DIGIT = dict(zip(DIGITS, (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 6), strict=True))
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_FIND = re.compile(rf"{MINUS}{FRESH}{ARABIC}|{CHINESE}(?:点[{DIGITS}]{{1,12}})?")
_WHOLE = re.compile(rf"[-－−]?{ARABIC}")
_ASCII = str.maketrans("０１２３４５６７８９．－−", "0123456789.--", ",， ")
LONGEST = 40  # characters; nothing that counts money or people is longer


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at `start`..`end` of the text it was found in."""

    start: int
    end: int
    value: Decimal


def find(text: str) -> Iterator[Numeral]:
    """Every Arabic or Chinese number in `text`, from left to right."""
    for match in _FIND.finditer(text):
        value = read(match.group())
        if value is not None:
            yield Numeral(match.start(), match.end(), value)


@lru_cache(maxsize=4096)  # numbers are read by every extractor that meets them
def read(text: str) -> Decimal | None:
    """The number that `text` writes, all of it: '1,202.95', '－３', '三百二十', '二〇二四', '一点五'."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    if _WHOLE.fullmatch(text):
        return Decimal(text.translate(_ASCII))
    whole, point, decimals = text.partition("点")
    value = chinese(whole)
    if value is None or (point and not (decimals and all(char in _DIGIT for char in decimals))):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGIT[char]) for char in decimals)}") if point else Decimal(value)


def chinese(text: str) -> int | None:
    """A whole number in Chinese characters, by place (二〇二四) or by rank (一万零三十); None where it is none."""
    if not text or any(char not in _DIGIT and char not in _SMALL and char not in _LARGE for char in text):
        return None
    if not any(char in _DIGIT or char in "十拾" for char in text):  # 百 or 万 alone counts nothing
        return None
    if all(char in _DIGIT for char in text):
        return int("".join(str(_DIGIT[char]) for char in text)) if len(text) <= LONGEST else None
    total = below = digit = 0
    rank = 1  # what a bare last digit counts: 一千二 is 1200, 一千零二 is 1002
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
            rank = 1 if digit == 0 else rank
        elif char in _SMALL:
            below += (digit or 1) * _SMALL[char]
            digit, rank = 0, _SMALL[char] // 10
        else:
            scale = _LARGE[char]  # 三万亿: 亿 scales all before it; 一亿五千万: 万 only what follows 亿
            total = (total + below + digit) * scale if scale > 10**4 else total + (below + digit or 1) * scale
            below = digit = 0
            rank = _LARGE[char] // 10
    return total + below + digit * rank


def show(value: Decimal) -> str:
    """`value` with thousands separators and no empty decimals: 1,202.95."""
    return f"{value.normalize():,f}" if value else "0"
