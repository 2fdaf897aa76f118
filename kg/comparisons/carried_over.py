"""年初数与上年报告的年末数不一致。
What the year began with is not what the report of the year before ended with.

依据：上年年末数就是本年年初数（《政府会计准则——基本准则》；结转结余、资产、负债）。两份报告类型相同、各自只写了
一个数才比较。像是笔误的（错一位、颠倒两位、差一万倍）是错误；其余是警告：调整期初数的，应当说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.checks import Verdict
from kg.comparisons._whole import amounts, same
from kg.neighbours import Neighbours, pairs

TYPE = "contradiction"
SEVERITY = "error"
OPENING, CLOSING = "年初", "年末"
STOCKS = frozenset({"总资产", "固定资产", "流动资产", "无形资产", "在建工程", "负债", "净资产", "累计折旧"})
"""What is counted at one moment: without a word, at the end of the year."""


def compare(neighbours: Neighbours) -> Iterator[Verdict]:
    year = neighbours.year
    for report, earlier in pairs(neighbours):
        closing = amounts(earlier, year - 1)
        for measure, opened in amounts(report, year).items():
            what = measure.removeprefix(OPENING)
            if what == measure:
                continue
            closed = closing.get(CLOSING + what) or (closing.get(what) if what in STOCKS else None)
            if closed:
                yield from same(
                    "carried_over",
                    TYPE,
                    opened,
                    closed,
                    f"{year}年初{what}写为{{here}}，上年报告的{year - 1}年末是{{there}}",
                    f"{what} at the start of {year} is {{here}} yuan, at the end of {year - 1} "
                    "in last year's report {there} yuan",
                )
