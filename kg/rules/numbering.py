"""标题的序号跳了号，或者一个序号用了两次。
A number is missing among the headings, or stands twice.

只看同一层里从“一、”开始的标题；跳过的序号在两个标题之间另有出现的（没有认作标题）不提示。只供校对。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.checks import Verdict
from kg.document import Section, walk
from kg.facts import Evidence, Fact, cut
from kg.numbering import read
from kg.reading import Reading
from kg.rules._proof import finding, held
from kg.text import Span, view

RULE = "numbering"
TYPE = "contradiction"
SEVERITY = "info"
STYLE = "han"  # 一、: inner numbers start anew too often, and tables have some
LEAST = 3  # headings; two say little of how a report counts
DIGITS = "零一二三四五六七八九十"
_Numbered = tuple[int, Section]


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    for reading in readings:
        for siblings in (reading.part.sections, *(path[-1].sections for path in walk(reading.part.sections))):
            numbered = list(_numbered(siblings))
            values = [value for value, _ in numbered]
            if len(values) < LEAST or values[0] != 1 or max(values) >= len(DIGITS):
                continue
            if values == list(range(1, len(values) + 1)):
                yield held(RULE, [_head(reading, s) for _, s in numbered], _shown(values))
            elif values.count(1) == 1 and (slip := _slip(reading, numbered)):
                yield _told(reading, slip, values)


def _numbered(siblings: Sequence[Section]) -> Iterator[_Numbered]:
    for section in siblings:
        number = read(section.number) if section.heading else None
        if number and number.style == STYLE:
            yield number.value, section


def _slip(reading: Reading, numbered: Sequence[_Numbered]) -> tuple[_Numbered, _Numbered] | None:
    """The only two neighbours that do not follow each other; where there are more, the outline is read
    wrong rather than counted wrong."""
    slips = [(one, other) for one, other in pairwise(numbered) if other[0] != one[0] + 1]
    if len(slips) != 1:
        return None
    (before, first), (after, second) = slips[0]
    if before == after:
        return slips[0]
    between = view(reading.source, Span(first.span.start, second.span.start)).text
    skipped = DIGITS[before + 1]
    return slips[0] if after == before + 2 and skipped not in between else None


def _told(reading: Reading, slip: tuple[_Numbered, _Numbered], values: Sequence[int]) -> Verdict:
    (before, first), (after, second) = slip
    twice = before == after
    what = f"序号“{DIGITS[after]}”用了两次" if twice else f"缺“{DIGITS[before + 1]}”"
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (_head(reading, second), _head(reading, first)),
        f"标题的序号为{_shown(values)}：{what}",
        f"The number {after} stands twice" if twice else f"The number {before + 1} is missing among the headings",
        _shown(values),
        reading.subject,
        reading.part.label or None,
    )


def _head(reading: Reading, section: Section) -> Evidence:
    return cut(reading.source, section.heading or section.span)


def _shown(values: Sequence[int]) -> str:
    return "、".join(DIGITS[value] for value in values)
