"""Text, Markdown and web pages, damaged line by line and tag by tag."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from generator import LAYOUTS, generate

SMALL = ("goal_form", "project_form", "hunan")
"""Layouts whose reports are short: a mutant is read in a hundredth of a second."""
_EACH = 4
_TOKENS = (
    "\t", "|", "|---|---|", "#" * 9, "一、", "（一）", "1.", "1.1.1.1.1.1.1.1", "附件1", "第一部分", "9" * 400,
    "-1", "0/0",
    "1e999", "万元", "亿亿元", "%", "％％", "≥≤", "：" * 50, "《" * 50, "（" * 200, "\u202e", "\ufeff", "\x00",
    "\ud7ff\uffff",
    "𠮷" * 20, "é́́́́", "[image]", "<table>", "<!--", "*" * 200, "年", "0000年00月", "得分100000000000分", "　" * 500,
)  # fmt: skip
_TAG = re.compile(r"<[^<>]*>")
_VALUES = ("0", "-1", "1", "99999", "999999999999999999999", "", "&#0;", "&#xd800;", "none", '"', "javascript:alert(1)")
_TAGS = (
    "<table>", "</table>", "<tr>", "<td rowspan=65534 colspan=1000>", "</td>", "<div>", "</div>", "<svg>",
    "<!--", "-->",
    "<script>", "</script>", "<![CDATA[", "<?xml version='1.0' encoding='utf-7'?>", "<meta charset=utf-16>", "<select>",
    "<p hidden style='display:none'>", "</body>", "<h1>", "<br>", "<img src=x>", "&nbsp;", "&amp", "&#1114112;", "<a>",
)  # fmt: skip


def originals(format: str) -> Sequence[bytes]:
    """A few short reports of several layouts."""
    fitting = [layout for layout in SMALL if format in LAYOUTS[layout].FORMATS]
    return [generate(seed, layout, format).data for layout in fitting for seed in range(_EACH)]


def mutate_lines(data: bytes, dice: random.Random) -> bytes:
    """Lines lost, repeated, moved, glued; marks that mean something where they mean nothing."""
    text, encoding = _decoded(data)
    lines = text.split("\n")
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(7):
        case 0:
            del lines[at : at + dice.choice((1, 3))]
        case 1:
            lines[at:at] = [lines[other]] * dice.choice((1, 5, 200))
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at : at + 2] = ["".join(lines[at : at + 2])]
        case 4:
            lines[at] = _inserted(lines[at], dice.choice(_TOKENS) * dice.choice((1, 1, 30)), dice)
        case 5:
            lines = [line + dice.choice(("", "\t", "|")) for line in lines]
        case _:
            lines[at] = re.sub(r"\d+", lambda _: dice.choice(("0", "9" * 30, "-", "1.2.3", "一二三")), lines[at])
    return "\n".join(lines).encode(encoding, "surrogatepass")


def mutate_tags(data: bytes, dice: random.Random) -> bytes:
    """Tags lost, repeated, moved, nested deeply; attributes with values that programs trip over."""
    text, encoding = _decoded(data)
    return damaged_tags(text, dice, _TAGS).encode(encoding, "xmlcharrefreplace")


def damaged_tags(text: str, dice: random.Random, strange: Sequence[str]) -> str:
    """One step of damage to what has tags: a web page, or a part of an office file."""
    tags = list(_TAG.finditer(text))
    if not tags:
        return _inserted(text, dice.choice(strange), dice)
    one, other = sorted((dice.choice(tags), dice.choice(tags)), key=lambda tag: tag.start())
    piece = text[one.start() : other.end()]
    match dice.randrange(8):
        case 0:
            return text[: one.start()] + text[one.end() :]
        case 1:
            return text[: one.start()] + text[other.end() :]
        case 2:
            times = dice.choice((1, 3, 1 + 20_000 // len(piece)))
            return text[: other.end()] + piece * times + text[other.end() :]
        case 3:
            return (
                text[: one.start()]
                + other.group()
                + text[one.end() : other.start()]
                + one.group()
                + text[other.end() :]
            )
        case 4:
            return text[: one.start()] + one.group() * dice.choice((10, 300)) + text[one.end() :]
        case 5:
            return text[: one.end()] + dice.choice(strange) * dice.choice((1, 1, 40)) + text[one.end() :]
        case 6:
            changed = re.sub(r'(["\'])[^"\']*\1', lambda m: f"{m[1]}{dice.choice(_VALUES)}{m[1]}", one.group())
            return text[: one.start()] + changed + text[one.end() :]
        case _:
            return _inserted(text, dice.choice(_TOKENS), dice)


def _inserted(text: str, token: str, dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    return text[:at] + token + text[at:]


def _decoded(data: bytes) -> tuple[str, str]:
    for encoding in ("utf-16", "utf-8") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace"), "utf-8"
