"""Text of plain formats: where lines end, how wide they are, and which bytes stand for them."""

from __future__ import annotations

import random
import re

from generator.blocks import ABOVE, BEFORE

_MARKS = "，。；：、）》”％%,;:)"
_PIECES = re.compile(r"[\d.,%A-Za-z-]+|.", re.DOTALL)
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "gb18030")


def cell(text: str) -> str:
    """What a merged cell leaves behind: nothing."""
    return "" if text in (ABOVE, BEFORE) else text


def broken(text: str, width: int, indent: str) -> str:
    """`text` in lines of `width` Chinese characters, as copied from a page; 0 leaves it whole. No line
    begins with a mark and none ends inside a figure, as in any typeset page."""
    if not width:
        return indent + text
    lines, line, used = [], indent, wide(indent)
    for piece in _PIECES.findall(text):
        if used + wide(piece) > width and piece not in _MARKS:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + piece, used + wide(piece)
    return "\n".join([*lines, line])


def wide(text: str) -> float:
    """How many Chinese characters `text` is as wide as."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def encoded(text: str, dice: random.Random) -> bytes:
    """`text` with one of the usual line ends, in one of the usual encodings."""
    ends = dice.choice(("\n", "\n", "\r\n"))
    return text.replace("\n", ends).encode(dice.choice(ENCODINGS))
