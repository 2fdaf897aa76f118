"""What a web page puts around a report when it is copied or saved as text: left out, for its numbers
(浏览次数：35) are none of the report's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg import numbering
from kg.document import Table
from kg.reader._lines import Line
from ontology.loader import scheme

_LONGEST = 160  # characters of such a line
_CARD = 600  # characters of a table of the page's own
_CARD_TITLES = 3
_BLANKS = re.compile(r"[ \u3000\t]")
_TOP = 30  # lines from the top
_BOTTOM = 15  # lines from the end
_WORDS = {concept.notation: (concept.label, *concept.aliases) for concept in scheme("page-furniture").values()}
_ABOVE = re.compile("|".join(map(re.escape, _WORDS["above"])) + r"|^\W{0,3}首\s?页|\s[>›»]+\s")
_BELOW = re.compile("|".join(map(re.escape, _WORDS["below"])))
_NAMES_REPORT = re.compile(r"\d{4}\s?年.{0,60}(?:报告|决算|预算|自评)")  # the title, with the date after it


def without(text: str, items: Sequence[Line | Table]) -> list[Line | Table]:
    """`items` without the page's own lines at the two ends."""
    top = next((index for index, item in enumerate(items[:_TOP]) if _speaks(text, item)), min(len(items), _TOP))
    bottom = max(top, len(items) - _BOTTOM)
    return [
        *(item for item in items[:top] if not _matches(text, item, _ABOVE)),
        *items[top:bottom],
        *(item for item in items[bottom:] if not _matches(text, item, _BELOW)),
    ]


def _speaks(text: str, item: Line | Table) -> bool:
    """Whether the report itself has begun: a number, a table or a paragraph."""
    if isinstance(item, Table):
        return not _is_card(text, item)
    if numbering.read(text, item.span.start):
        return True
    return len(item.span) > _LONGEST or text[item.span.end - 1] == "。"


def _is_card(text: str, table: Table) -> bool:
    """Whether a table is the page's own: 索引号 | … | 发布机构 | …, and nothing of the report."""
    words = _BLANKS.sub("", text[table.span.start : table.span.end])
    return len(words) <= _CARD and len(set(_ABOVE.findall(words))) >= _CARD_TITLES


def _matches(text: str, item: Line | Table, words: re.Pattern[str]) -> bool:
    if isinstance(item, Table):
        return words is _ABOVE and _is_card(text, item)
    if len(item.span) > _LONGEST:
        return False
    line = text[item.span.start : item.span.end]
    return bool(words.search(line)) and not _NAMES_REPORT.search(line)
