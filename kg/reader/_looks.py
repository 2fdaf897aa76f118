"""Whether a line looks like a heading, a heading glued to its paragraph, or running text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.numbering import Number
from kg.reader._lines import Line
from kg.text import Span
from ontology.loader import scheme, spellings

LONGEST = 45  # characters of a heading
# A first sentence up to this long, of a number of this style, is a heading glued to its text:
# （二）机构职能。… In lists below 1. only catchwords are (1.项目决策。…), longer ones are items.
_GLUED = {"part": 30, "chapter": 30, "han": 25, "han-paren": 20, "decimal": 12, "arabic": 10, "arabic-paren": 8}
_STOP = re.compile(r"[。；;！？]")
_INNER = re.compile(r"[。；;！？，,]|[:：](?=[^\s*])")
_MEASURED = re.compile(r"\d\s?(?:[万亿元%％人个名辆台件次户家篇场]|平方米)")
_CAPTION = re.compile(
    r"[（(【]?\s?[图表]\s?[\d一二三四五六七八九十]{0,3}\s?[:：]|单位\s?[:：]|注\s?[:：]|[（(]?公章|如下|其中|包括"
)
_ENDINGS = scheme("heading-endings").values()
_HEADING_END = re.compile(f"(?:{'|'.join(map(re.escape, spellings('heading-endings')))})[。:：]?$")
# Endings that make a heading even of a line with a full stop (结余分配情况。), or before a colon
# (1、机构设置情况：我局内设…); with others such a line is a sentence (完成其他任务。).
_SURE_END = re.compile(
    f"(?:{'|'.join(w for c in _ENDINGS if c.notation in ('account', 'body') for w in (c.label, *c.aliases))})$"
)
# 一、部门职能 我局负责全县…: what was a line end is a blank, or not even that before 我局 and a year.
_BLANK_END = re.compile(
    rf"(?![根依按对围结针为])[^\s，。；：、]{{2,20}}?(?:{'|'.join(map(re.escape, spellings('heading-endings')))})"
    r"(?=[ \u3000][^\n]{15}|[我本][部单局委办厅院校馆站所会队镇乡处中街]|(?:19|20)\d{2}年)"
)
_BY_WORD = 20  # characters of a heading that a colon or a blank parts from its text
_NAMES_PARTS = re.compile(r"[^，,]{2,12}[，,](?:包括|含|以及|及)")  # 机构情况，包括当年变动情况及原因。 is a heading
_COLON = re.compile(r"[:：]")
_COMMA = re.compile(r"[，,：:]")
# What a whole sentence says, not a heading: 无其他自评情况。
_SAYS = re.compile(r"[无未没不本我该暂详见现]|[^\n]{0,28}(?:没有|不存在|无)|[^\n\d]{0,28}\d")
_LEAD = "#* \t\n\r\u3000"
_TAIL = "\n\r \t\u3000*#。：:；;．."


@dataclass(frozen=True, slots=True)
class Look:
    """`title` is the heading's words without number and closing mark, None for running text; `rest`
    the paragraph glued to it. `sentence` says that a full stop or semicolon ends the title."""

    title: Span | None
    rest: Span | None
    sentence: bool = False


_TEXT = Look(None, None)


def look(text: str, line: Line, number: Number | None) -> Look:
    """How `line`, whose number is `number`, looks by itself."""
    start, end = (number.end if number else line.span.start), line.span.end
    while start < end and text[start] in _LEAD:
        start += 1
    if start == end:
        return _TEXT
    if number and (glued := _glued(text, start, end, number)):
        return glued
    if end - start > LONGEST + 20:
        return _TEXT
    title = Span(start, start + len(text[start:end].rstrip(_TAIL)))
    words = text[title.start : title.end]
    if not words or len(words) > LONGEST or _STOP.search(words):
        return _TEXT
    marked = bool(line.depth or line.strong)
    sentence = text[title.end : end].strip("*# \t\u3000")[:1] in ("。", "；", ";")
    if number:
        heading = marked or _numbered(words, number, sentence=sentence)
    else:
        heading = marked or _unnumbered(words, sentence=sentence)
    return Look(title, None, sentence) if heading else _TEXT


def _seam(text: str, start: int, end: int, number: Number) -> tuple[int, int] | None:
    """Where the title of a heading glued to its paragraph ends, and how long it may be: at a full
    stop, the colon of 机构设置情况：我局…, or the blank that was a line end."""
    limit = min(end, start + LONGEST + 1)
    stop = _STOP.search(text, start, limit)
    if number.style in ("han", "han-paren", "arabic"):
        if blank := _BLANK_END.match(text, start, end):
            return blank.end(), _BY_WORD
        colon = _COLON.search(text, start, stop.start() if stop else limit)
        if colon and _SURE_END.search(text, start, colon.start()):
            return colon.start(), _BY_WORD
    return (stop.start(), _GLUED.get(number.style, 0)) if stop else None


def _numbered(words: str, number: Number, *, sentence: bool) -> bool:
    if _MEASURED.search(words) or number.style == "circled":
        return False
    if _NAMES_PARTS.match(words):
        return True
    commas = "，" in words or "," in words
    if sentence:
        return not commas and len(words) <= _GLUED.get(number.style, 0) + 5
    return not (commas and len(words) > 30)


def _unnumbered(words: str, *, sentence: bool) -> bool:
    if sentence and (len(words) > 14 or _SAYS.match(words) or not _SURE_END.search(words)):
        return False
    return (
        len(words) <= 30
        and not _INNER.search(words)
        and not _CAPTION.match(words)
        and not _MEASURED.search(words)
        and bool(_HEADING_END.search(words))
    )


def _glued(text: str, start: int, end: int, number: Number) -> Look | None:
    """A heading and the paragraph that goes on in its line; None where the line is all one."""
    seam = _seam(text, start, end, number)
    if seam is None or not text[seam[0] + 1 : end].strip("* \n\u3000"):
        return None
    stop, longest = seam
    words = text[start:stop].rstrip(_TAIL)
    if not 0 < len(words) <= longest or _COMMA.search(words) or _MEASURED.search(words):
        return _TEXT
    rest = stop + bool(_INNER.match(text, stop))
    while rest < end and text[rest] in _LEAD:
        rest += 1
    return Look(Span(start, start + len(words)), Span(rest, end), sentence=True)
