"""问题、措施或工作情况照抄上年报告。
Problems, remedies or results are copied from last year's report.

除数字、年份以外一字不差的段落（三十字以上）。问题和措施每段都列，改了个别字词的也列；其他段落只列两个以上的具体数字也没有变的。
职责、名词解释和表格年年相同是正常的，不比。只供参考。
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.checks import Verdict
from kg.comparisons._copies import OWN_WORDS, changes, copied, nearest, rewritten, same_numbers
from kg.neighbours import Neighbours, Passage, pairs

TYPE = "contradiction"
SEVERITY = "info"


def compare(neighbours: Neighbours) -> Iterator[Verdict]:
    for report, earlier in pairs(neighbours):
        then: dict[str, Passage] = {}
        for passage in earlier.passages:
            then.setdefault(passage.wording, passage)
        near = nearest(passage for passage in earlier.passages if passage.kind in OWN_WORDS)
        for passage in report.passages:
            old = then.get(passage.wording)
            if old and (passage.kind in OWN_WORDS or same_numbers(passage.evidence, old.evidence)):
                changed = changes(passage.evidence, old.evidence)
                zh = f"只改了数字：{changed}" if changed else "一字未改"
                en = f"only the numbers changed: {changed}" if changed else "word for word"
                yield _copied(neighbours.year - 1, passage, old, zh, en, changed)
            elif passage.kind in OWN_WORDS and (old := near(passage)):
                changed = rewritten(passage.evidence, old.evidence)
                yield _copied(neighbours.year - 1, passage, old, f"只改了：{changed}", f"but for {changed}", changed)


def _copied(year: int, passage: Passage, old: Passage, zh: str, en: str, changed: str) -> Verdict:
    return copied(
        "copied_last_year",
        SEVERITY,
        passage.evidence,
        old.evidence,
        f"这段话与{year}年报告相同，{zh}",
        f"This is copied from the report of {year}, {en}",
        changed,
    )
