"""Tables of indicators whose cells ran together, as the bare text of a web page leaves them:
一级指标二级指标三级指标指标值 above 产出指标数量指标培训场次≥12场.

Levels are known words and a value ends the line with a number, so what stands between them is the name. Of a line
without a number only the levels are read: nobody can say where its name ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.grammar import heads, levels
from kg.grammar.lexicon import either
from kg.reader._lines import Row
from kg.text import Span

_FIELDS = ["level1", "level2", "level3", "target"]
_STARTS = ("绩效指标", "一级指标")
_EITHER = "成本指标"  # a first level with levels of its own below it, or one below 产出指标
_NAME = 3  # characters of a name
_HEAD = 60  # characters of a head
_LINE = 120  # of a row
_GAP = 3  # lines in a row that are no rows
_LEAST = 2  # rows
_VALUE = re.compile(
    r"(?P<value>(?:[≥≤><=≧≦＞＜＝]|大于等于|小于等于|不低于|不高于|不少于|不超过|大于|小于)?\d[\d,]{0,12}(?:\.\d{1,4})?"
    r"(?:[%‰]|[万亿]?元|[万亿]?[\u4e00-\u9fff](?:[/／]?[\u4e00-\u9fff])?|[㎡米])?(?:以上|以下|以内)?)$"
)


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(either(heads.spelled()))


@cache
def _levels() -> re.Pattern[str]:
    one = rf"(?:{levels.pattern()})"
    return re.compile(rf"(?P<first>{one}(?={one}))?(?P<second>{one})?")


def rows(text: str, lines: Sequence[Row], at: int) -> tuple[list[list[Span]], int] | None:
    """The head that is line `at` and the rows under it, four cells each, and the index of the line after them;
    None where it is no such head. A level that comes down from the row above is left empty."""
    head = _head(text, lines[at])
    if head is None:
        return None
    found = [head]
    after, missed = at + 1, 0
    for index in range(at + 1, len(lines)):
        row = _row(text, lines[index])
        missed = 0 if row else missed + bool(lines[index])
        if missed == _GAP:
            break
        if row:
            found.append(row)
            after = index + 1
    return (found, after) if len(found) > _LEAST else None


def _head(text: str, line: Row) -> list[Span] | None:
    """一级指标, 二级指标, 三级指标 and 指标值 without anything between."""
    if not len(_FIELDS) * 2 < line.end - line.start <= _HEAD or not text.startswith(_STARTS, line.start):
        return None
    titles = list(_titles().finditer(text, line.start, line.end))
    whole = sum(title.end() - title.start() for title in titles) == line.end - line.start
    fields = [heads.field_of(title.group()) for title in titles]
    cells = [Span(title.start(), title.end()) for title in titles]
    return cells[-len(_FIELDS) :] if whole and fields[-len(_FIELDS) :] == _FIELDS else None


def _row(text: str, line: Row) -> list[Span] | None:
    """The cells of a line; where it has levels but no number, the levels alone, for they go on below it."""
    level = _levels().match(text, line.start, line.end)
    value = _VALUE.search(text, line.start, line.end) if line.end - line.start <= _LINE else None
    name = text[level.end() : value.start()] if level and value else ""
    told = len(name) >= _NAME and "指标" not in name
    if level is None or not (told or level.group()):
        return None
    first, second = (
        Span(*level.span(name)) if level[name] else Span(line.start, line.start) for name in level.re.groupindex
    )
    concept = levels.level(text[second.start : second.end])
    if not first and concept and concept.notation == "1" and concept.label != _EITHER:
        first, second = second, Span(second.end, second.end)
    if value is None or not told:
        return [first, second, *[Span(line.end, line.end)] * 2]
    return [first, second, Span(level.end(), value.start()), Span(value.start(), line.end)]
