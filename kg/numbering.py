"""The numbers that head a line: 第一部分, 一、, （一）, 1., （1）, ①, read alike from source and view.

Reports mix them freely, so a number says only how it was written and what it counts; which
level it stands for is decided in the outline.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.values.numeral import chinese

# From outermost to innermost, as the rules for official documents (GB/T 9704) order them.
STYLES = ("part", "chapter", "han", "han-paren", "arabic", "decimal", "arabic-paren", "circled")
RANK = {style: rank for rank, style in enumerate(STYLES, start=1)}

_MARKUP = r"(?:[\s#>*•●◆■▪□○]|</?b>|\[(?:bookmark|image):[^\]\n]{0,60}\])*+"
_HAN = "[一二三四五六七八九十百]{1,4}"
_NUMBER = re.compile(
    f"(?P<mark>{_MARKUP})"
    + "(?:"
    + rf"第\s?(?P<part>{_HAN}|\d{{1,2}})\s?部\s?分[\s、:：.．]*+"
    + rf"|第\s?(?P<chapter>{_HAN}|\d{{1,2}})\s?[章节篇](?=[\s、:：])[\s、:：]*+"
    + rf"|(?P<han>{_HAN})\s?[、．.]"
    + rf"|[（(〔【]\s?(?P<han_paren>{_HAN})\s?[）)〕】][、.．]?"
    + r"|(?P<decimal>\d{1,2}(?:[.．]\d{1,2}){1,3})(?:[、.．]|[ \u3000]+|(?=[\u4e00-\u9fff]))(?![万亿元倍个%％\d])"
    # 1.2024年… and 1.201（…） are item 1 before a year or a budget code; 1.5亿 is no item.
    + r"|(?P<arabic>\d{1,3})\s?(?:、|[.．](?!\d)|[.．](?=\d{3,4}(?:年|[（( ]))|[.．](?=\d{7}))"
    + r"|[（(]\s?(?P<arabic_paren>\d{1,3})\s?[）)][、.．]?"
    + r"|(?<=# )(?P<bare>\d{1,2})[ \u3000](?=[\u4e00-\u9fff])"  # ## 1 部门概况
    + r"|(?P<half_paren>\d{1,2})[）)](?!\d)"
    + r"|(?P<circled>[①-⑳])、?"
    + r")\s*+"
)
_FIRST = frozenset("第一二三四五六七八九十百")  # the Chinese characters that a number may begin with
_SAME = {"half_paren": "arabic-paren", "bare": "arabic"}


class Number(NamedTuple):
    """A list number at `start`..`end` (blanks after it included); `value` is what it counts to."""

    style: str
    value: int
    start: int
    end: int

    @property
    def rank(self) -> int:
        """1 is outermost."""
        return RANK[self.style]


def read(text: str, at: int = 0) -> Number | None:
    """The number that heads the line beginning at `at`, markup before it passed over."""
    if "\u4e00" <= text[at : at + 1] <= "\u9fff" and text[at] not in _FIRST:
        return None
    match = _NUMBER.match(text, at)
    if not match or match.lastgroup is None:
        return None
    group = match.lastgroup
    value = _value(match.group(group))
    if value is None:
        return None
    return Number(_SAME.get(group, group.replace("_", "-")), value, match.end("mark"), match.end())


def strip(text: str, at: int = 0) -> int:
    """Where the words of an item begin: after its number, or `at` where it has none."""
    number = read(text, at)
    return number.end if number else at


@lru_cache(maxsize=1024)
def _value(digits: str) -> int | None:
    if digits in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return ord(digits) - ord("①") + 1
    last = re.split(r"[.．]", digits)[-1]
    return int(last) if last.isdigit() else chinese(last)
