"""Words and signs that hedge or bound a number: 超, 约, 不低于, ≥, 以上.

The words are vocabulary and come from the caller (longest first); the signs are grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# As indicator tables print them; folding and keyboards give the rest.
SIGNS = {
    ">=": "≥",
    "=>": "≥",
    "≧": "≥",
    "⩾": "≥",
    "〉=": "≥",
    "≥": "≥",
    "<=": "≤",
    "=<": "≤",
    "≦": "≤",
    "⩽": "≤",
    "〈=": "≤",
    "≤": "≤",
    "==": "＝",
    "=": "＝",
    "＝": "＝",
    ">": "＞",
    "＞": "＞",
    "<": "＜",
    "＜": "＜",
}
_SIGN = re.compile(rf"\s*+({'|'.join(map(re.escape, sorted(SIGNS, key=len, reverse=True)))})\s*+")


def sign(text: str) -> tuple[str, int] | None:
    """The sign that `text` begins with, as ≥ ≤ ＝ ＞ ＜, and where what it bounds begins."""
    match = _SIGN.match(text)
    return (SIGNS[match.group(1)], match.end()) if match else None


def before(text: str, at: int, words: Iterable[str]) -> str:
    """The first of `words` that ends right before the number at `at`, blanks between passed over; else ''."""
    end = at
    while end > 0 and text[end - 1] == " ":
        end -= 1
    return next((word for word in words if text.endswith(word, 0, end)), "")


def after(text: str, at: int, words: Iterable[str]) -> str:
    """The first of `words` that follows right where a number and its unit end; else ''."""
    start = at
    while start < len(text) and text[start] == " ":
        start += 1
    return next((word for word in words if text.startswith(word, start)), "")
