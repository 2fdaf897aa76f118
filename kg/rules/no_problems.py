"""“存在问题”写“无”，但有指标没有达到目标值。
No problems are stated beside an indicator that missed its target.

依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：自评报告应当说明未完成的目标及原因。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.checks import Verdict
from kg.document import Table, cell_words, walk
from kg.facts import Evidence, Fact, cut
from kg.reading import Reading
from kg.rules._missed import missed, shown
from kg.rules._proof import finding, held
from kg.text import Source, Span

RULE = "no_problems"
TYPE = "contradiction"
SEVERITY = "warning"
PROJECT = "项目"
_NONE = re.compile(
    r"(?:本(?:单位|部门|项目))?(?:暂?无|没有|不存在|未发现)(?:存在)?(?:的|重大|明显|突出){0,3}(?:问题)?[。.]?"
)
_ASKS = re.compile("问题|不足")  # what every label below says
_LABEL = re.compile(
    r"(?:[一二三四五六七八九十\d]{1,2}[、.])?(?:存在|发现)的?(?:主要)?(?:问题|不足)(?:及原因(?:分析)?)?[:：]?"
)


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    """All such words of one subject are one finding: main text and form repeat each other."""
    for whole in (True, False):
        said = [(r, place) for r in readings if _of_department(r) == whole for place in (*_sections(r), *_cells(r))]
        if not said:
            continue
        reading = said[0][0]
        places = [place for _, place in said]
        against = list(missed(facts, reading.subject, whole=True))
        if not against:
            yield held(RULE, places, "没有看到未完成的指标")
            continue
        yield finding(
            RULE,
            TYPE,
            SEVERITY,
            (*places, *against),
            f"存在问题写“无”，但{shown(against[0])}",
            f"No problems are stated, but {len(against)} indicators were missed",
            "；".join(map(shown, against)),
            reading.subject,
            reading.part.label or None,
        )
        return


def _of_department(reading: Reading) -> bool:
    return not (reading.header.report_type or "").startswith(PROJECT)


def _sections(reading: Reading) -> Iterator[Evidence]:
    """Sections on problems that say 无 and nothing else."""
    for section in reading.sections("problems"):
        start = section.heading.end if section.heading else section.span.start
        words = reading.source.plain(Span(start, section.span.end)).strip("。：:. ")
        if words and _NONE.fullmatch(words):
            yield cut(reading.source, section.span)


def _cells(reading: Reading) -> Iterator[Evidence]:
    """Rows of a form: 存在问题 | 无."""
    for path in walk(reading.part.sections):
        for table in (block for block in path[-1].blocks if isinstance(block, Table)):
            yield from _rows(reading.source, table)


def _rows(source: Source, table: Table) -> Iterator[Evidence]:
    if not any(_ASKS.search(words) for words in cell_words(source, table)):
        return
    for row in table.rows:
        for label, cell in pairwise(dict.fromkeys(row)):
            if _LABEL.fullmatch(source.plain(label.span)) and _NONE.fullmatch(source.plain(cell.span)):
                yield cut(source, Span(min(label.span.start, cell.span.start), max(label.span.end, cell.span.end)))
