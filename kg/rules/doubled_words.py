"""一个词或标点连写了两遍。
A word or a full stop is written twice in a row.

只供校对；叠词（大力大力、研究研究）极少见于公文。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Evidence, Fact
from kg.reading import Reading
from kg.rules._proof import finding
from kg.rules._sentences import sentences

RULE = "doubled_words"
TYPE = "contradiction"
SEVERITY = "info"
MOST = 10  # places that are shown
# 增长增长, 万元万元; where the word goes on (项目项目库) two names may meet.
_TWICE = re.compile(
    r"(?<![一-鿿])(?P<word>[一-鿿]{2,3})(?P=word)(?=[0-9,、了为])|(?<=[0-9])(?P<unit>万元|亿元|[万亿]?元)(?P=unit)"
)


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    places: list[Evidence] = []
    for sentence in sentences(readings):
        places += [sentence.cut(m.start(), m.end()) for m in _TWICE.finditer(sentence.text)]
    if places:
        words = "、".join(dict.fromkeys(place.quote for place in places[:MOST]))
        yield finding(
            RULE,
            TYPE,
            SEVERITY,
            places[:MOST],
            f"连写了两遍：{words}",
            "A word is written twice in a row",
            words,
            readings[0].subject,
        )
