"""The facts of the examples are kept, so that a change in what is read is seen in review.

    GOLDEN=renew python -m pytest tests/golden      # write them anew, then read the difference before committing

Whether they are right is for the other tests and for whoever reads that difference to say.
"""

from __future__ import annotations

import json
import os
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from kg.examine import examine
from kg.facts import to_json

HERE = Path(__file__).parent
REPORTS = sorted((HERE.parent.parent / "examples" / "reports").iterdir())
HOW = "GOLDEN=renew python -m pytest tests/golden"


def _plain(value: Any) -> Any:
    return str(value)


def told(path: Path) -> list[str]:
    """Each fact of a report as a line, in reading order; its place is its quote."""
    found = examine(path.read_bytes(), path.name).facts
    records = (
        {k: v for k, v in to_json(fact).items() if k not in ("report", "start", "end", "boxes")} for fact in found
    )
    return [json.dumps(record, ensure_ascii=False, default=_plain) for record in records]


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.name)
def test_the_facts_of_an_example_are_those_that_were_reviewed(report: Path) -> None:
    kept = HERE / f"{report.name}.jsonl"
    now = told(report)
    if os.environ.get("GOLDEN") == "renew":
        kept.write_text("\n".join(now) + "\n", "utf-8")
    before = kept.read_text("utf-8").splitlines() if kept.exists() else []
    changes = [line for line in unified_diff(before, now, lineterm="", n=0) if line[:3] not in ("---", "+++")]
    assert not changes, f"{len(changes)} lines differ. If the new reading is right: {HOW}\n" + "\n".join(changes[:40])


def test_nothing_is_kept_of_a_report_that_is_gone() -> None:
    assert {path.name.removesuffix(".jsonl") for path in HERE.glob("*.jsonl")} == {path.name for path in REPORTS}
