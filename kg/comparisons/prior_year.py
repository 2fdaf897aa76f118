"""今年报告里的上年数与上年报告不一致。
What this year's report says of the year before is not what last year's report said.

上年数可以直接写明，也可以由本年数和比上年的增减额推出（上年数＝本年数－增减额）。两份报告类型相同、各自只写了一个数才
比较，各数按写出的位数容许舍入。像是笔误的是错误；其余是警告：口径或机构有调整的，应当说明。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.checks import Verdict
from kg.comparisons._whole import agreed, amounts, as_written, names, same, written
from kg.facts import Amount
from kg.neighbours import BUDGET, Filed, Neighbours, pairs
from kg.rounding import shown, yuan
from kg.rules._proof import finding, held

TYPE = "contradiction"
SEVERITY = "error"
CHANGE = "增减额"
PLANNED = "预算"
_LAST_YEAR = re.compile(r"(?:上年|去年|上一?年度|(\d{4})年度?)(?:\([^()]{1,20}\))?(?:同期|决算数?|实际|(预算)数?)?")


def compare(neighbours: Neighbours) -> Iterator[Verdict]:
    year = neighbours.year
    for report, earlier in pairs(neighbours):
        told_then = amounts(earlier, year - 1)
        for measure, told_now in amounts(report, year - 1).items():
            # 上年预算与上年执行数 both stand in a budget: what does not say that it is planned may be either.
            is_other = report.report_type == BUDGET and PLANNED not in measure
            if (then := told_then.get(measure)) and not is_other:
                yield from same(
                    "prior_year",
                    TYPE,
                    told_now,
                    then,
                    f"{year}年报告写{year - 1}年{measure}为{{here}}，{year - 1}年报告是{{there}}",
                    f"{measure} of {year - 1}: {{here}} yuan in the report of {year}, {{there}} yuan in its own",
                )
        yield from _changes(report, year, told_then)


def _changes(report: Filed, year: int, told_then: dict[str, list[Amount]]) -> Iterator[Verdict]:
    """What the stated change leaves for the year before."""
    told_now, own = amounts(report, year), names(report)
    for change in report.facts:
        if not isinstance(change, Amount) or change.measure != CHANGE or change.comparator or change.year != year:
            continue
        if change.subject not in own or not change.item or not _is_last_year(change.relative_to or "", report):
            continue
        now, then = (agreed(_of(change.item, told)) for told in (told_now, told_then))
        if now and then:
            yield _verdict(year, as_written(change), now, then)


def _of(item: str, told: dict[str, list[Amount]]) -> list[Amount]:
    """What is told of the item; a budget also calls it an allocation."""
    return told.get(item) or told.get(f"预算安排 {item}", [])


def _is_last_year(words: str, report: Filed) -> bool:
    """Whether a change is against the year before: a budget's against its budget, others' against its outturn."""
    match = _LAST_YEAR.fullmatch(words)
    if not match or match[1] not in (None, str(report.year - 1)):
        return False
    return match[2] is None or report.report_type == BUDGET


def _verdict(year: int, change: Amount, now: Amount, then: Amount) -> Verdict:
    implied = yuan(now) - yuan(change)
    scale = change.value_yuan / change.value if change.value else 1
    left = f"{shown((now.value_yuan - change.value_yuan) / scale, change.value)}{change.unit or '元'}"
    sign = "＋" if change.value < 0 else "－"
    line = f"{written(now)} {sign} {abs(change.value)}{change.unit or '元'} ＝ {left}"
    facts = (change, now, then)
    if implied.agrees(yuan(then)):
        exactly = now.value_yuan - change.value_yuan == then.value_yuan
        return held("prior_year", facts, f"{line}；{written(then)}", exactly=exactly)
    return finding(
        "prior_year",
        TYPE,
        "warning",
        facts,
        f"按{year}年报告的增减额，{year - 1}年{change.item}应为{left}，{year - 1}年报告是{written(then)}",
        f"By the change that the report of {year} states, {change.item} of {year - 1} was {left}; "
        f"the report of {year - 1} says {written(then)}",
        f"{line} ≠ {written(then)}",
    )
