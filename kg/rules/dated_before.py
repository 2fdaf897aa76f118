"""报告的日期早于它所评价的年度。
A report is dated before the year that it is on.

只看自评报告和决算：预算在上一年编制。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Fact, Report
from kg.gathered import of
from kg.rules._proof import finding, held

RULE = "dated_before"
TYPE = "year-mismatch"
SEVERITY = "error"
BACKWARD = ("自评", "决算", "评价")  # reports that look back


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    for fact in of(facts, Report):
        if fact.date and fact.fiscal_year and _looks_back(fact):
            line = f"日期{fact.date}，报告年度{fact.fiscal_year}年"
            if int(fact.date[:4]) >= fact.fiscal_year:
                yield held(RULE, (fact,), line)
            else:
                yield finding(
                    RULE,
                    TYPE,
                    SEVERITY,
                    (fact,),
                    f"{fact.fiscal_year}年度的报告，日期却是{fact.date}",
                    f"A report on {fact.fiscal_year} is dated {fact.date}",
                    line,
                    fact.department,
                )


def _looks_back(report: Report) -> bool:
    return any(word in (report.report_type or "") for word in BACKWARD)
