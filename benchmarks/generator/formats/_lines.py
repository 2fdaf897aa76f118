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
    lines, line, used = [], indent, len(indent) / 2
    for piece in _PIECES.findall(text):
        wide = sum(1.0 if ord(char) > 0x2E80 else 0.5 for char in piece)
        if used + wide > width and piece not in _MARKS:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + piece, used + wide
    return "\n".join([*lines, line])


def encoded(text: str, dice: random.Random) -> bytes:
    """`text` with one of the usual line ends, in one of the usual encodings."""
    ends = dice.choice(("\n", "\n", "\r\n"))
    return text.replace("\n", ends).encode(dice.choice(ENCODINGS))
