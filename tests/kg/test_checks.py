"""The outcome of a rule: four words, a place, and a reason where there must be one."""

from __future__ import annotations

from typing import Any

import pytest

from kg.checks import OUTCOMES, Check, to_json, told, without
from kg.facts import Evidence, Finding, Problem
from ontology.loader import scheme

HERE, THERE = Evidence("甲.txt", 4, 6, "无。"), Evidence("甲.txt", 0, 2, "九分")
WHY = {"reason": "没有整体"}


def test_outcomes_are_those_of_the_vocabulary() -> None:
    assert tuple(concept.notation for concept in scheme("outcomes").values()) == OUTCOMES


@pytest.mark.parametrize("outcome", ["contradicts", "not_computable"])
def test_an_outcome_that_is_not_good_says_why(outcome: Any) -> None:
    with pytest.raises(ValueError, match="why"):
        Check(rule="share", outcome=outcome, places=(HERE,))
    assert Check(rule="share", outcome=outcome, places=(HERE,), **WHY).reason


def test_a_check_has_a_place_and_a_known_outcome() -> None:
    with pytest.raises(ValueError, match="place"):
        Check(rule="share", outcome="holds", places=())
    with pytest.raises(ValueError, match="outcome"):
        Check(rule="share", outcome="fits", places=(HERE,))  # type: ignore[arg-type]


def test_a_finding_is_a_check_that_contradicts() -> None:
    finding = Finding(
        evidence=HERE, others=(THERE,), type="contradiction", severity="warning", rule="none", explanation="对不上"
    )
    check = told(finding)
    assert (check.outcome, check.reason, check.places) == ("contradicts", "对不上", (THERE, HERE))
    assert told(check) is check


def test_a_check_goes_with_any_of_the_facts_that_prove_it() -> None:
    check = Check(rule="share", outcome="holds", places=(THERE, HERE))
    refused = Problem(text="无", evidence=HERE)
    assert without([check], [refused]) == ()
    assert without([check], [None]) == (check,)


def test_a_check_as_an_object_leaves_out_what_is_not_given() -> None:
    assert to_json(Check(rule="share", outcome="holds", places=(HERE,))) == {
        "rule": "share",
        "outcome": "holds",
        "places": [{"report": "甲.txt", "quote": "无。", "start": 4, "end": 6}],
    }
