"""有的项目有绩效指标，有的项目没有。
Some projects have indicators, others have none.

依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：项目都要设定绩效目标和指标。只看自评报告里写了金额或得分的项目，
而且至少一半的项目（两个以上）读到了指标；都没有的，指标可能另附；只在文字里说到指标的，
往往只分析重点项目，都无法核对。只供参考。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Amount, Fact, Indicator, Project, Report, Score
from kg.gathered import of
from kg.rules._naming import alike, same_subject
from kg.rules._proof import finding, held, unsure

RULE = "project_without_indicator"
TYPE = "missing-value"
SEVERITY = "info"
LEAST = 2  # projects with indicators, and no fewer than those without
EVALUATION = "自评报告"


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    if not any(isinstance(f, Report) and (f.report_type or "").endswith(EVALUATION) for f in facts):
        return  # a budget and a final account show the indicators of some projects only
    told = {f.subject for f in facts if isinstance(f, Amount | Score)}
    projects = list({f.name: f for f in of(facts, Project) if f.name in told}.values())
    measured = {f.subject for f in of(facts, Indicator)}
    bare = [project for project in projects if not any(_is(project.name, name) for name in measured)]
    having = len(projects) - len(bare)
    pointed = {f.subject for f in of(facts, Indicator) if f.weight is not None or f.score is not None}
    formed = sum(1 for project in projects if any(_is(project.name, name) for name in pointed))
    if not projects:
        return
    if not bare:
        yield held(RULE, projects, f"{len(projects)}个项目都有绩效指标")
    elif having < max(LEAST, len(bare)) or formed < LEAST:  # a review in sentences tells of some projects only
        yield unsure(
            RULE, bare, "多数项目没有读到绩效指标，可能另附", "most projects have none here, they may stand elsewhere"
        )
    else:
        yield _told(bare, len(projects))


def _is(name: str, other: str) -> bool:
    return same_subject(name, other) or alike(name, other)


def _told(bare: Sequence[Project], of: int) -> Verdict:
    names = "、".join(project.name for project in bare)
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        bare,
        f"{of}个项目中有{len(bare)}个没有绩效指标：{names}",
        f"{len(bare)} of {of} projects have no indicator",
        f"{of} − {of - len(bare)} = {len(bare)}",
        bare[0].department,
    )
