"""Sentences cut into clauses, and the name that a clause gives a thing.

Offsets count in a view. Nothing is cut inside brackets, 《》, quotes or a number (1,202.95).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from kg.grammar.figures import Figure
from kg.text import View

SENTENCE_ENDS = "。;!?"
_PAIRS = {"(": ")", "《": "》", "“": "”", "[": "]", "【": "】"}
_ASIDE = 200  # characters that brackets may enclose
# Words before a name that are no part of it: 全年累计完成培训场次 → 培训场次; 完成率 stays.
_LEAD = re.compile(
    r"^(?:其中|同时|并|且|即|年初(?=计划|拟)|全年|年度内|年内|今年|本年度?|\d{4}年度?|[我本](?:部门|单位|局|校|院|委|办|中心|站)|共计|共|累计|总计"
    r"|已经|已|拟派|拟|计划|预计|成功|(?:按时|按期|顺利)(?=完成)|完成了?(?![率度数量时及质情])|实现|达到)+(?=.)"
)
_MARKS = ",:、。;"
# Words that only tie a name to its number: 满意度达到95% → 满意度.
_LINKS = (
    "达到",
    "共计",
    "大于",
    "高于",
    "超过",
    "完成",
    "为",
    "达",
    "是",
    "共",
    "约",
    "有",
    "了",
    "至",
    "到",
    ":",
    "、",
)


def between(figures: Sequence[Figure], start: int, end: int) -> Sequence[Figure]:
    """Those of `figures` (from left to right) that begin between two offsets."""
    first = bisect_left(figures, start, key=lambda figure: figure.start)
    return figures[first : bisect_left(figures, end, key=lambda figure: figure.start)]


def split(text: str, start: int, end: int, marks: str, figures: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """The stretches between any of `marks`, empty ones left out."""
    inside = {i for figure in between(figures, start, end) for i in range(figure.start, figure.end)}
    closer, begin = "", start
    for found in _telling(marks).finditer(text, start, end):
        i, char = found.start(), found.group()
        if closer:
            closer = "" if char == closer else closer
        elif char in _PAIRS and text.find(_PAIRS[char], i, min(end, i + _ASIDE)) > 0:
            closer = _PAIRS[char]
        elif char in marks and i not in inside:
            if i > begin:
                yield begin, i
            begin = i + 1
    if end > begin:
        yield begin, end


@cache
def _telling(marks: str) -> re.Pattern[str]:
    """The characters that matter for a cut at `marks`."""
    return re.compile(f"[{re.escape(marks + ''.join(_PAIRS) + ''.join(_PAIRS.values()))}]")


def name(seen: View, start: int, end: int) -> str:
    """The words between two offsets as the source writes them, without what only leads in."""
    lead = _LEAD.match(seen.text[start:end])
    first, last = start + (lead.end() if lead else 0), end
    while last > first and seen.text[last - 1] in _MARKS:
        last -= 1
    while first < last and seen.text[first] in _MARKS:
        first += 1
    if seen.text[first : first + 1] == "“" and seen.text.find("”", first, last) == last - 1:
        first, last = first + 1, last - 1
    return seen.source.plain(seen.span(first, last)) if last > first else ""


def unlinked(words: str) -> str:
    """`words` without the verbs at their end that lead to a number."""
    while link := next((link for link in _LINKS if words.endswith(link)), ""):
        words = words[: -len(link)]
    return words
