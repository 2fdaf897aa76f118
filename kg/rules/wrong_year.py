"""自评的是另一年：像是照抄了上一年的话。
Another year is evaluated: words carried over from last year's report.

自评报告里，开展自评、对照检查的应当是本年度的预算和目标。书名号里的文件名、与上年相比、上年问题的整改不算。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Evidence, Fact, Report
from kg.gathered import of
from kg.reading import Reading
from kg.rules._proof import finding, held
from kg.rules._sentences import Sentence, sentences

RULE = "wrong_year"
TYPE = "year-mismatch"
SEVERITY = "error"
SELF = "自评"
_YEAR = r"(?P<year>20[0-9]{2})年(?:度|初|年初)?"
_EVALUATED = (
    re.compile(rf"(?:开展|组织|进行|完成|做好)(?:了|实施)?{_YEAR}[^,。;《》]{{0,16}}(?:自评|绩效评价)"),
    re.compile(
        rf"对照?[^,。;《》0-9]{{0,12}}{_YEAR}[^,。;《》]{{0,14}}(?:预算资金|预算执行|资金使用|绩效目标|整体支出)"
    ),
)
# Last year is rightly named where it is compared with, or where its problems were put right.
_RIGHTLY = re.compile(r"上年|上一年|去年|相比|同比|整改|反馈|结果应用|应用|以来|[《〔]")
_ELSEWHERE = frozenset({"work", "duties", "improvements", "follow_up", "glossary", "goals"})


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    titles = {fact.part: fact for fact in of(facts, Report)}
    for sentence in sentences(readings):
        year = sentence.reading.header.fiscal_year
        fitting = SELF in (sentence.reading.header.report_type or "") and sentence.prose.role not in _ELSEWHERE
        if not year or not fitting:
            continue
        title = titles.get(sentence.part) or titles.get(None)
        for match in (m for pattern in _EVALUATED for m in pattern.finditer(sentence.text)):
            named = int(match["year"])
            place = sentence.cut(match.start(), match.end())
            if named == year:
                yield held(RULE, (place,), f"{named}年 = 报告年度{year}年")
            elif named < year and not _RIGHTLY.search(sentence.text):
                yield _finding(sentence, place, named, year, title)


def _finding(sentence: Sentence, place: Evidence, named: int, year: int, title: Report | None) -> Verdict:
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (place, title) if title else (place,),
        f"{year}年度的报告，自评的却是{named}年：“{place.quote}”",
        f"A report on {year} speaks of evaluating {named}",
        f"{named}年 ≠ 报告年度{year}年",
        sentence.prose.subject,
        sentence.part,
    )
