"""The rules over the example reports: what was planted is found, what was put right is not, and nothing else."""

from __future__ import annotations

import io
import json
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.examine import examine
from kg.facts import Finding

EXAMPLES = Path(__file__).parents[3] / "examples"
PLANTED: list[dict[str, Any]] = [
    json.loads(line) for line in (EXAMPLES / "planted.jsonl").read_text("utf-8").splitlines()
]
NAMES = sorted({slip["report"] for slip in PLANTED})
BEYOND = {
    "上一年度报告": "two reports have to be compared",
    "低于2023年已完成": "two reports have to be compared",
}
"""Planted slips that no rule over one report can see, and why."""


@cache
def findings(report: str, fixed: bool = False) -> tuple[Finding, ...]:
    data = (EXAMPLES / "reports" / report).read_bytes()
    return examine(_twin(data, report) if fixed else data, report).findings


def _twin(data: bytes, report: str) -> bytes:
    """The report with every fix made."""
    fixes = [fix for slip in PLANTED if slip["report"] == report for fix in slip["fix"]]
    if not report.endswith(".docx"):
        encoding = "utf-8" if "。".encode() in data else "gb18030"
        return _put_right(data.decode(encoding), fixes).encode(encoding)
    twin = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(twin, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            whole = name == "word/document.xml"
            new.writestr(name, _put_right(content.decode(), fixes).encode() if whole else content)
    return twin.getvalue()


def _put_right(text: str, fixes: list[list[str]]) -> str:
    for old, new in fixes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def _flat(words: str) -> str:
    return re.sub(r"[\s|]", "", words)


def _about(finding: Finding, slip: dict[str, Any]) -> bool:
    quotes = [_flat(place["quote"]) for place in slip["evidence"] if place["report"] == slip["report"]]
    places = [_flat(place.quote) for place in (finding.evidence, *finding.others)]
    return any(quote in place or place in quote for quote in quotes for place in places)


def _beyond(slip: dict[str, Any]) -> bool:
    return any(words in slip["explanation"] for words in BEYOND)


@pytest.mark.parametrize("slip", [s for s in PLANTED if not _beyond(s)], ids=lambda s: s["explanation"][:24])
def test_planted_slip_is_found(slip: dict[str, Any]) -> None:
    found = [f for f in findings(slip["report"]) if f.type == slip["type"] and _about(f, slip)]
    assert [f for f in found if f.severity != "info"], findings(slip["report"])


@pytest.mark.parametrize("report", NAMES)
def test_nothing_is_found_but_what_was_planted(report: str) -> None:
    slips = [slip for slip in PLANTED if slip["report"] == report]
    for finding in findings(report):
        assert finding.severity == "info" or any(_about(finding, slip) for slip in slips), finding


@pytest.mark.parametrize("report", NAMES)
def test_report_that_was_put_right_gives_no_error_or_warning(report: str) -> None:
    assert [finding for finding in findings(report, fixed=True) if finding.severity != "info"] == []


@pytest.mark.parametrize("name", sorted({p.name for p in (EXAMPLES / "reports").iterdir()} - set(NAMES)))
def test_report_without_a_slip_gives_no_error_or_warning(name: str) -> None:
    assert [finding for finding in findings(name) if finding.severity != "info"] == []
