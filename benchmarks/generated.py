"""Passages and queries made up for measuring: any number, the same for the same seed.

A report has sixty passages of one department and year: duties, problems, remedies and indicator
rows put together from the parts in `passages.json`. Word parts repeat as they do in real reports,
whole sentences hardly ever.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from kg.text import Span
from search.passage import Passage

PARTS = json.loads((Path(__file__).parent / "passages.json").read_text("utf-8"))
REPORT = 60  # passages in a report
_KINDS = {"duty": "部门职责", "problem": "存在的问题", "improvement": "改进措施", "indicator": "绩效指标完成情况"}


def reports(size: int, seed: int = 0) -> Iterator[list[Passage]]:
    """`size` passages, a report at a time; the first reports are the same for every size."""
    for number in count():
        left = min(REPORT, size - number * REPORT)
        if left <= 0:
            return
        yield _report(number, seed)[:left]


def queries(size: int, seed: int = 1) -> list[str]:
    """`size` queries as people word them, none twice."""
    dice = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < size:
        department = dice.choice(sorted(PARTS["fields"]))
        words = {
            "department": department,
            "object": dice.choice(PARTS["fields"][department]),
            "place": _place(dice),
            "measure": dice.choice(PARTS["measures"])[1],
            **{part: dice.choice(PARTS[part + "s"]) for part in ("action", "trouble")},
            "remedy": dice.choice(PARTS["remedies"]),
        }
        made[dice.choice(PARTS["queries"]).format(**words)] = None
    return list(made)


def name(passage: Passage) -> str:
    """The IRI of a made-up passage."""
    return f"https://example.org/{passage.report}/{passage.span.start}"


def _report(number: int, seed: int) -> list[Passage]:
    dice = random.Random(f"{seed}-{number}")
    field = dice.choice(sorted(PARTS["fields"]))
    region, year = _place(dice), dice.randint(2016, 2025)
    passages, start = [], 0
    for _ in range(REPORT):
        kind = dice.choices(list(_KINDS), (4, 2, 2, 4))[0]
        text = _sentence(dice, kind, dice.choice(PARTS["fields"][field]))
        passages.append(
            Passage(
                report=f"generated-{seed}-{number:06}.txt",
                sha256=f"{seed}-{number}",
                span=Span(start, start + len(text)),
                text=text,
                sentence=text,
                kind=kind,
                headings=(_KINDS[kind],),
                department=region + field,
                region=region,
                fiscal_year=year,
            )
        )
        start += len(text) + 1
    return passages


def _sentence(dice: random.Random, kind: str, thing: str) -> str:
    scope, purpose = dice.choice(PARTS["scopes"]), dice.choice(PARTS["purposes"])
    first, second = dice.sample(PARTS["actions"], 2)
    trouble, reason = dice.choice(PARTS["troubles"]), dice.choice(PARTS["reasons"])
    level, measure, unit = dice.choice(PARTS["measures"])
    target = dice.randint(80, 100) if unit == "%" else dice.randint(2, 5000)
    actual = max(1, round(target * dice.uniform(0.7, 1.1))) if unit != "%" else dice.randint(60, 100)
    score = dice.randint(5, 10)
    return {
        "duty": f"负责{scope}{thing}的{first}和{second}，{purpose}",
        "problem": f"{reason}，{scope}{thing}{trouble}，{first}工作有待加强",
        "improvement": f"{dice.choice(PARTS['remedies'])}{thing}的{first}，解决{trouble}的问题，{purpose}",
        "indicator": f"产出指标·{level}·{thing}{measure}：目标≥{target}{unit}，实际{actual}{unit}，分值10，得分{score}",
    }[kind]


def _place(dice: random.Random) -> str:
    return "".join(dice.choice(part) for part in PARTS["places"])
