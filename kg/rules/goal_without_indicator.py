"""有的分项目标写了绩效指标，有的没有。
Some goals have indicators, others have none.

依据：《中央部门预算绩效目标管理办法》（财预〔2015〕88号）：绩效目标应当以绩效指标来衡量。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.document import Paragraph
from kg.facts import Evidence, Fact, cut
from kg.reading import Reading
from kg.rules._proof import finding, held
from kg.text import view

RULE = "goal_without_indicator"
TYPE = "missing-value"
SEVERITY = "warning"
_GOAL = re.compile(r"(?:\(?[0-9]{1,2}[).、])?绩效目标:.")
_INDICATOR = re.compile(r"(?:\(?[0-9]{1,2}[).、])?绩效指标:.")


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    for reading in readings:
        goals = list(_goals(reading))
        bare = [place for place, measured in goals if not measured]
        if len(bare) == len(goals):
            continue  # a report without indicators in its text has them in a table
        if not bare:
            yield held(RULE, [place for place, _ in goals], f"{len(goals)}个目标都有绩效指标")
            continue
        names = "、".join(" ".join(place.quote.split()) for place in bare)
        yield finding(
            RULE,
            TYPE,
            SEVERITY,
            bare,
            f"{len(goals)}个分项目标中有{len(bare)}个没有绩效指标：{names}",
            f"{len(bare)} of {len(goals)} goals have no indicator",
            f"{len(goals)} − {len(goals) - len(bare)} = {len(bare)}",
            reading.subject,
            reading.part.label or None,
        )


def _goals(reading: Reading) -> Iterator[tuple[Evidence, bool]]:
    """Every 绩效目标：… with the heading it stands under, and whether an 绩效指标：… follows before the next."""
    goal: Evidence | None = None
    for path, block in reading.blocks():
        text = view(reading.source, block.span).text if isinstance(block, Paragraph) else ""
        if _GOAL.match(text):
            if goal:
                yield goal, False
            goal = cut(reading.source, path[-1].heading or block.span)
        elif goal and _INDICATOR.match(text):
            yield goal, True
            goal = None
    if goal:
        yield goal, False
