"""目录里列出的表，正文里没有。
A table that the contents list is not there.

目录里列出四张以上的表、其中多数在后文里有的，才看其余的有没有；表全作为附件另发的不提示。
依据：《地方预决算公开操作规程》（财预〔2016〕143号）：各表应当全部公开。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Evidence, Fact, cut
from kg.reading import Reading
from kg.rules._proof import finding, held, unsure
from kg.text import Span, view

RULE = "listed_table"
TYPE = "missing-value"
SEVERITY = "warning"
LEAST = 4
FIRST, LINES = 3000, 60  # where the contents may begin; how many lines they have
LONGEST, WIDEST = 60, 300  # characters of a line, without and with its dots
_CONTENTS = re.compile(r"(?m)^[ \t　#*]*目[ \t　]{0,4}录[ \t　*]*$")
_LINE = re.compile(r"[^\n]+")
_PAGE, _LEADERS = "0123456789", ".…·- \t　\r"
_NAME = re.compile(
    r"(?:\(?[一二三四五六七八九十0-9]{1,3}[)、.]|附?表[一二三四五六七八九十0-9]{1,3}[:、.]?)(?P<name>[^,。;:、.0-9]{4,36}表)"
)
_YEAR = re.compile(r"20[0-9]{2}年度?|本?(?:部门|单位)")


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    reading = readings[0]
    listed = _contents(reading)
    if len(listed) < LEAST:
        return
    last = max(place.end for place in listed.values())
    rest = _YEAR.sub("", view(reading.source, Span(last, len(reading.source.text))).text)
    missing = [place for name, place in listed.items() if name not in rest]
    if not missing:
        yield held(RULE, list(listed.values()), f"目录所列{len(listed)}张表都有")
    elif len(missing) * 2 >= len(listed):
        yield unsure(RULE, missing, "多数表不在文中，可能另附", "most tables are not in this file")
    else:
        names = "、".join(" ".join(place.quote.split()) for place in missing)
        yield finding(
            RULE,
            TYPE,
            SEVERITY,
            missing,
            f"目录所列{len(listed)}张表中，没有{names}",
            f"{len(missing)} of the {len(listed)} tables that the contents list are not there",
            f"{len(listed)} − {len(listed) - len(missing)} = {len(missing)}",
            reading.subject,
        )


def _contents(reading: Reading) -> dict[str, Evidence]:
    """The tables that the contents name, a line each, up to where the report begins: at a long line, or
    where a name comes again."""
    found: dict[str, Evidence] = {}
    text = reading.source.text
    head = _CONTENTS.search(text, 0, FIRST)
    for count, line in enumerate(_LINE.finditer(text, head.end()) if head else ()):
        words = line.group()[:WIDEST].rstrip(_LEADERS).rstrip(_PAGE).rstrip(_LEADERS)
        if count == LINES or len(words) > LONGEST:
            break
        if not words.strip():
            continue
        span = Span(line.start(), line.start() + len(words))
        match = _NAME.fullmatch(_YEAR.sub("", view(reading.source, span).text))
        if match and match["name"] in found:
            break
        if match:
            found[match["name"]] = cut(reading.source, span)
    return found
