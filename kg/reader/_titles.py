"""The line or lines that name a report, among what a web page or a cover puts around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg import numbering
from kg.document import Table
from kg.reader._lines import Line
from kg.text import Source, Span
from ontology.loader import spellings

WHOLE = 60  # characters of the longest title line
_TOP = 40  # lines in which a title is looked for
_HANDS = r"(?:公开|情况|编制|预算|决算)"
_REPORT = re.compile(
    rf"(?:报\s?告|决\s?算|预\s?算|{_HANDS}说明|公开|总结|汇报|方案|(?:自评|评价|评分|目标|监控|情况|申报|得分)表)"
    r"(?:公开|说明|情况|书|稿|汇总)?\s?(?:[（(《][^（）()]{1,30}[)）》]\s?)*》?[*\s]*$"
)
_NO_TITLE = re.compile(r"[。；;，,：:！？>|]|^\W*$|浏览|字体|字号|来源|发布|首页|当前位置|打印|关闭|分享")
_DATE = re.compile(
    r"[\[【（(]?[\d〇○零一二三四五六七八九十]{2,4}(?:\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月|[-/.]\d)"
)
_YEAR = re.compile(r"[12二][\d〇○零一二三四五六七八九]{3}\s?[-—至]?\s?\d{0,4}\s?年|\d{4}")
_BRACKET = re.compile(r"[（(【][^（）()【】]{1,30}[)）】]$")
_OFFICE = re.compile(f"(?:{'|'.join(map(re.escape, spellings('organisations')))})(?:部门|单位|本级)?$")
_OFFICE_WITHIN = re.compile(
    f"[\u4e00-\u9fff](?:{'|'.join(map(re.escape, spellings('organisations')))})"
    r"(?:部门|单位|本级|\(|（|\s)*(?=[12]\d{3}|整体|项目|预算|决算|关于|绩效)"
)


@dataclass(frozen=True, slots=True)
class Title:
    """`span` runs from the first title line to the last."""

    span: Span


def is_title(text: str, span: Span) -> bool:
    """Whether a line reads as the name of a report: short, one phrase, its last word 报告, 决算, 自评表 …"""
    return _is_phrase(text, span) and bool(_REPORT.search(text[span.start : span.end]))


def take_title(source: Source, items: list[Line | Table]) -> Title | None:
    """Takes the title out of the top of a part's items, and with it the office's name above it and
    a bracket below it. Of several the fullest counts, of equals the last: pages repeat it."""
    text = source.text
    top = _top(text, items)
    named = [index for index in range(top) if is_title(text, items[index].span)]
    if not named:
        return None
    last = max(named, key=lambda index: (_fullness(text, items, index), index))
    first = last
    while first and first > last - 3 and not is_whole(text, items[first].span):
        if not _belongs_above(text, items[first - 1].span):
            break
        first -= 1
    while last + 1 < top and _belongs_below(source, items, first, last):
        last += 1
    span = _words(text, Span(items[first].span.start, items[last].span.end))
    del items[first : last + 1]
    for index in reversed([index for index in named if index < first]):  # the page's own heading, cut short
        del items[index]
    return Title(span)


def _top(text: str, items: Sequence[Line | Table]) -> int:
    """How many lines stand before the report proper: its first number, table or paragraph."""
    for index, item in enumerate(items[:_TOP]):
        if isinstance(item, Table) or len(item.span) > 2 * WHOLE or numbering.read(text, item.span.start):
            return index
        if text[item.span.end - 1] in "。：" and len(item.span) > 20:
            return index
    return min(len(items), _TOP)


def _is_phrase(text: str, span: Span) -> bool:
    words = text[span.start : span.end].strip("#* \t\u3000\ufeff")
    return (
        0 < len(words) <= WHOLE
        and not _NO_TITLE.search(words)
        and not _DATE.match(words)
        and numbering.read(words) is None
    )


def _fullness(text: str, items: Sequence[Line | Table], index: int) -> int:
    """A line with a year and a report's own words says more than 信息公开 in a page's menu."""
    words = text[items[index].span.start : items[index].span.end]
    above = index and _belongs_above(text, items[index - 1].span)
    if _YEAR.search(words) or above:
        return 2
    return int(bool(re.search(r"绩效|决\s?算|预\s?算|自评", words)))


def is_whole(text: str, span: Span) -> bool:
    """A line that names year and office needs none above it."""
    words = text[span.start : span.end]
    return bool(_YEAR.search(words) and _OFFICE_WITHIN.search(words))


def _belongs_above(text: str, span: Span) -> bool:
    """The office's name, or the first half of a title that fills two lines."""
    if not _is_phrase(text, span):
        return False
    words = text[span.start : span.end].strip("#* \t\u3000\ufeff")
    plain = _BRACKET.sub("", re.sub(r"\s", "", words))
    return not _REPORT.search(words) and bool(_YEAR.search(plain) or _OFFICE.search(plain))


def _belongs_below(source: Source, items: Sequence[Line | Table], first: int, last: int) -> bool:
    """A bracket (某项目), or the second half of the title, which says nothing that the first has said."""
    text, below = source.text, items[last + 1].span
    words = source.plain(below)
    if _BRACKET.fullmatch(words) and not re.search("公章|盖章|签", words):
        return True
    said = source.plain(Span(items[first].span.start, items[last].span.end))
    return is_title(text, below) and below.start - items[last].span.end <= 4 and words not in said and said not in words


def _words(text: str, span: Span) -> Span:
    """`span` without the marks of markup at its ends, nor 《》 around it."""
    start, end = span.start, span.end
    while text[start] in "#* \t\u3000\ufeff":
        start += 1
    while text[end - 1] in "#* \t\u3000":
        end -= 1
    quoted = text[start] == "《" and text.find("》", start, end) == end - 1
    return Span(start + 1, end - 1) if quoted else Span(start, end)
