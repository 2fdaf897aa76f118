"""Every rule has cases in which it must fire and cases in which it must not (folder cases)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import kg.rules
from kg import dropin
from kg.checks import OUTCOMES, Verdict
from kg.checks import told as as_check
from kg.examine import examine
from kg.facts import Fact, Finding
from kg.rulebook import page

TITLE = "青山县教育局2024年度部门整体支出绩效自评报告\n\n"
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
    """`expected` is a severity, an outcome, or silent; `line` the recomputation. The story is facts, or
    for a rule about words the text of a report."""

    rule: str
    title: str
    expected: str
    story: str
    line: str | None


def _cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.txt")):
        for block in re.split(r"^# ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            head, *lines = block.splitlines()
            expected, _, title = head.partition(": ")
            shown = next((line[2:] for line in lines if line.startswith("= ")), None)
            story = "\n".join(line for line in lines if not line.startswith("= "))
            yield Case(path.stem, title, expected, story, shown)


def _verdicts(case: Case, told: Callable[[str], tuple[Fact, ...]]) -> list[Verdict]:
    rule = dropin.one(kg.rules, case.rule)
    if not hasattr(rule, "review"):
        return list(rule.check(told(case.story)))
    text = case.story if case.story.startswith("《") else TITLE + case.story
    examined = examine(text.replace("\\t", "\t").encode(), "例.txt")
    return list(rule.review(examined.readings, examined.facts))


@pytest.mark.parametrize("case", tuple(_cases()), ids=lambda case: f"{case.rule}-{case.title}")
def test_rule_fires_where_it_must_and_only_there(case: Case, told: Callable[[str], tuple[Fact, ...]]) -> None:
    verdicts = _verdicts(case, told)
    found = [verdict for verdict in verdicts if isinstance(verdict, Finding)]
    assert {verdict.rule for verdict in verdicts} <= {case.rule}
    assert [finding.severity for finding in found] == ([case.expected] if case.expected in SEVERITIES else []), verdicts
    if case.expected in OUTCOMES:
        assert {as_check(verdict).outcome for verdict in verdicts} == {case.expected}
    for check in map(as_check, found or verdicts) if case.line else ():
        assert case.line in (check.recomputation, check.reason)
    for finding in found:
        assert finding.type in TYPES
        assert finding.explanation
        assert finding.explanation_en
        assert finding.evidence not in finding.others


@pytest.mark.parametrize("rule", RULES)
def test_rule_has_cases_of_both_kinds(rule: str) -> None:
    expected = [case.expected for case in _cases() if case.rule == rule]
    assert set(expected) & set(SEVERITIES)
    assert set(expected) - set(SEVERITIES)


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


def test_the_page_of_rules_is_current() -> None:
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == page(), "run: make docs"
