"""Facts in a line, with their units."""

from __future__ import annotations

from decimal import Decimal

import pytest

from api.pages.language import Language
from api.pages.told import told
from kg.facts import Amount, Evidence, Fact, Indicator, Score
from search.collection import Collection

PLACE = Evidence("a.txt", 0, 2, "原文")


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (
            Amount(
                evidence=PLACE,
                subject="某局",
                measure="年初预算",
                value=Decimal("1202.95"),
                value_yuan=Decimal(12029500),
                unit="万元",
                comparator="约",
            ),
            "约1,202.95万元",
        ),
        (
            Amount(
                evidence=PLACE,
                subject="某局",
                measure="年初预算",
                value=Decimal(30),
                value_yuan=Decimal(300000),
                unit="万元",
                comparator="以上",
            ),
            "30万元以上",
        ),
        (
            Indicator(
                evidence=PLACE,
                subject="某项目",
                level3="办结率",
                operator="≥",
                target=Decimal(95),
                target_unit="%",
                actual=Decimal("96.9"),
                actual_unit="%",
            ),
            "96.9% / ≥95%",
        ),
        (Indicator(evidence=PLACE, subject="某项目", level3="成本", target="控制在预算内"), "控制在预算内"),
        (
            Score(evidence=PLACE, subject="某局", dimension="综合", value=Decimal(96), max=Decimal(100), grade="优"),
            "96 / 100 优",
        ),
    ],
)
def test_a_value_is_told_with_its_unit_and_its_hedge(fact: Fact, value: str) -> None:
    assert told(fact, Language("zh")).value == value


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_fact_of_the_examples_can_be_told(collection: Collection, code: str) -> None:
    for fact in collection.facts():
        assert told(fact, Language(code)).what, fact
