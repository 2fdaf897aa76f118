"""Every comparison has cases in which it must fire and cases in which it must stay silent (folder cases).

A case tells the reports as the cases of the rules tell facts, each report under a line of its own:

    now 部门决算            a report of 2024
    before 部门决算         one of 2023
    unit 青山县第一中学 部门决算
    listed 青山县第一中学 下属单位
    passage problem 预算编制不够细化……
    twin 白泽县民政局 2023 预算编制不够细化……
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import kg.comparisons
from kg import dropin
from kg.checks import Check
from kg.facts import Evidence, Fact, Finding, Unit
from kg.neighbours import Filed, Neighbours, Passage, Twin
from kg.wording import wording

HERE = Path(__file__).parent
RULES = dropin.names(kg.comparisons)
SEVERITIES = ("error", "warning", "info")
NAME, YEAR = "青山县教育局", 2024
OUTCOMES = ("holds", "within_rounding", "not_computable")


def _story_teller() -> object:
    """The rules' own conftest, which tells facts in a few words."""
    spec = importlib.util.spec_from_file_location("told_facts", HERE.parent / "rules" / "conftest.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOLD = _story_teller().told.__wrapped__()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Case:
    """`expected` is a severity, an outcome, or None where nothing at all is said; `line` the recomputation."""

    rule: str
    title: str
    expected: str | None
    story: str
    line: str | None


def cases() -> Iterator[Case]:
    for path in sorted((HERE / "cases").glob("*.txt")):
        for block in re.split(r"^# ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            head, *lines = block.splitlines()
            what, _, title = head.partition(": ")
            shown = next((line[2:] for line in lines if line.startswith("= ")), None)
            story = "\n".join(line for line in lines if not line.startswith("= "))
            yield Case(path.stem, title, None if what == "silent" else what, story, shown)


def neighbours(story: str) -> Neighbours:
    """The reports of a story."""
    reports: dict[str, list[Filed]] = {"now": [], "before": [], "unit": []}
    twins: list[Twin] = []
    for block in filter(None, re.split(r"^(?=now|before|unit|twin)", story.strip(), flags=re.MULTILINE)):
        head, *lines = block.splitlines()
        role, *words = head.split()
        if role == "twin":
            text = words[2]
            place = Evidence(f"{words[0]}.txt", 0, len(text), text)
            twins.append(Twin(place, words[0], int(words[1]), wording(text, [words[0]])))
            continue
        department = words[0] if role == "unit" else NAME
        name = f"{department}{len(reports[role])}{role}.txt"
        year = YEAR - 1 if role == "before" else YEAR
        told = "\n".join(line for line in lines if not line.startswith(("passage", "listed")))
        facts = [_filed(fact, name, department) for fact in TOLD(told)]
        facts += [_listed(line, name) for line in lines if line.startswith("listed")]
        passages = tuple(_passage(line, name, at) for at, line in enumerate(lines) if line.startswith("passage"))
        reports[role].append(Filed(name, department, year, words[-1], tuple(facts), passages))
    return Neighbours(NAME, YEAR, *(tuple(reports[role]) for role in reports), tuple(twins))


def _filed(fact: Fact, name: str, department: str) -> Fact:
    subject = {"subject": department} if getattr(fact, "subject", None) == NAME else {}
    return replace(fact, evidence=replace(fact.evidence, report=name), **subject)  # type: ignore[arg-type]


def _listed(line: str, name: str) -> Unit:
    _, unit, relation = line.split()
    return Unit(evidence=Evidence(name, 9000, 9000 + len(unit), unit), name=unit, relation=relation)


def _passage(line: str, name: str, at: int) -> Passage:
    _, kind, text = line.split()
    return Passage(Evidence(name, at * 1000, at * 1000 + len(text), text), kind, wording(text, [NAME]))


@pytest.mark.parametrize("case", tuple(cases()), ids=lambda case: f"{case.rule}-{case.title}")
def test_comparison_fires_where_it_must_and_only_there(case: Case) -> None:
    verdicts = list(dropin.one(kg.comparisons, case.rule).compare(neighbours(case.story)))
    found = [verdict for verdict in verdicts if isinstance(verdict, Finding)]
    checked = [verdict for verdict in verdicts if isinstance(verdict, Check)]
    if case.expected in OUTCOMES:
        assert (found, [check.outcome for check in checked]) == ([], [case.expected])
        assert case.line in (None, checked[0].recomputation)
        return
    assert [finding.severity for finding in found] == ([case.expected] if case.expected else []), found
    for finding in found:
        assert finding.rule == case.rule
        assert finding.recomputation == case.line
        assert re.search(r"[一-鿿]", finding.explanation)
        assert finding.explanation_en
        assert len({place.report for place in (finding.evidence, *finding.others)}) > 1


@pytest.mark.parametrize("rule", RULES)
def test_comparison_has_cases_of_both_kinds(rule: str) -> None:
    expected = [case.expected for case in cases() if case.rule == rule]
    assert {None, *OUTCOMES} & set(expected)
    assert set(SEVERITIES) & set(expected)


@pytest.mark.parametrize("rule", RULES)
def test_comparison_is_explained_in_both_languages(rule: str) -> None:
    module = dropin.one(kg.comparisons, rule)
    zh, en, *_ = (module.__doc__ or "").splitlines()
    assert re.search(r"[一-鿿]", zh)
    assert zh.endswith("。")
    assert en.isascii()
    assert en.endswith(".")
    assert module.SEVERITY in SEVERITIES


def test_nothing_is_said_where_there_is_nothing_to_compare() -> None:
    for rule in RULES:
        assert (
            list(dropin.one(kg.comparisons, rule).compare(neighbours("now 部门决算\namount 年初总资产 100 万元"))) == []
        )
