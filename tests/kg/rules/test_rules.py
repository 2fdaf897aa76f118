"""Every rule has cases in which it must fire and cases in which it must stay silent (folder cases)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import kg.rules
from kg import dropin
from kg.facts import Fact, Finding

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[3]
SEVERITIES = ("error", "warning", "info")
TYPES = (
    "rate-mismatch", "sum-mismatch", "score-mismatch", "contradiction", "year-mismatch",
    "target-missed-full-score", "missing-value", "over-budget",
)  # fmt: skip
RULES = dropin.names(kg.rules)


@dataclass(frozen=True)
class Case:
    """`expected` is the severity, None where the rule must stay silent; `line` the recomputation."""

    rule: str
    title: str
    expected: str | None
    story: str
    line: str | None


def _cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.txt")):
        for block in re.split(r"^# ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            head, *lines = block.splitlines()
            what, _, title = head.partition(": ")
            shown = next((line[2:] for line in lines if line.startswith("= ")), None)
            story = "\n".join(line for line in lines if not line.startswith("= "))
            yield Case(path.stem, title, None if what == "silent" else what, story, shown)


@pytest.mark.parametrize("case", tuple(_cases()), ids=lambda case: f"{case.rule}-{case.title}")
def test_rule_fires_where_it_must_and_only_there(case: Case, told: Callable[[str], tuple[Fact, ...]]) -> None:
    verdicts = list(dropin.one(kg.rules, case.rule).check(told(case.story)))
    assert {verdict.rule for verdict in verdicts} <= {case.rule}
    found = [verdict for verdict in verdicts if isinstance(verdict, Finding)]
    assert [finding.severity for finding in found] == ([case.expected] if case.expected else []), found
    for finding in found:
        assert finding.recomputation == case.line
        assert finding.type in TYPES
        assert finding.explanation
        assert finding.explanation_en
        assert finding.evidence not in finding.others


@pytest.mark.parametrize("rule", RULES)
def test_rule_has_cases_of_both_kinds(rule: str) -> None:
    expected = [case.expected for case in _cases() if case.rule == rule]
    assert None in expected
    assert any(expected)


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_explained_in_both_languages_and_documented(rule: str) -> None:
    module = dropin.one(kg.rules, rule)
    zh, en, *_ = (module.__doc__ or "").splitlines()
    assert re.search(r"[一-鿿]", zh)
    assert zh.endswith("。")
    assert en.isascii()
    assert en.endswith(".")
    assert module.TYPE in TYPES
    assert module.SEVERITY in SEVERITIES
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert f"| `{rule}` | {module.TYPE} | {module.SEVERITY} | {zh} | {en} |" in page


def test_page_names_no_rule_that_is_not_there() -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8").partition("## 报告之间")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == RULES
