"""模板里的字没有改：XX局、增加（减少）、{单位}。
Words of the template were left in.

题目就是模板、格式、样表的文件不算。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Evidence, Fact
from kg.reading import Reading
from kg.rules._proof import finding, unsure
from kg.rules._sentences import sentences

RULE = "template_words"
TYPE = "missing-value"
SEVERITY = "warning"
MOST = 10  # places that are shown
_TEMPLATE = re.compile(r"模板|样表|样式|格式|范本|填报说明")
_BLANK = r"(?<![0-9A-Za-z])(?:[XxＸ×*]{2,4}|[○〇]{2,4})"
_LEFT = re.compile(
    r"(?=[XxＸ×*○〇增大上提{_＿])"  # what any of them begins with
    rf"(?:{_BLANK}(?:局|委|办|厅|部门|单位|年度?|月|日|万元|亿元|元|项目|个|%|人)"
    r"|(?:增加|增长)(?:\((?:减少|下降)\)|/(?:减少|下降))|大于\(小于\)|[上提]升\(下降\)|\{[一-鿿]{2,12}\}|(?<![_＿])[_＿]{3,20}(?=万?元|个|%|年|人))"
)


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    places: list[Evidence] = []
    for sentence in sentences(readings):
        places += [sentence.cut(m.start(), m.end()) for m in _LEFT.finditer(sentence.text)]
    if not places:
        return
    title = readings[0].header.title
    if _TEMPLATE.search(title) or _TEMPLATE.search(readings[0].source.name):
        yield unsure(RULE, places[:1], "文件本身就是模板", "the file is a template itself")
        return
    words = "、".join(dict.fromkeys(place.quote for place in places[:MOST]))
    yield finding(
        RULE,
        TYPE,
        SEVERITY,
        places[:MOST],
        f"{len(places)}处模板文字没有改：{words}",
        f"{len(places)} words of the template were left in",
        words,
        readings[0].subject,
    )
