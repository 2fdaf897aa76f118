"""What was planted between the example reports is found, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from search.collection import Collection

Slip = dict[str, Any]


@pytest.fixture(scope="module")
def planted(examples: Any) -> list[Slip]:
    """The slips that it takes two reports to see; a wrong growth rate shows in one, by its own change."""
    slips = [json.loads(line) for line in (examples.parent / "planted.jsonl").read_text("utf-8").splitlines()]
    between = [slip for slip in slips if len({place["report"] for place in slip["evidence"]}) > 1]
    return [slip for slip in between if slip["type"] != "rate-mismatch"]


def test_every_slip_between_reports_is_found_with_both_places(collection: Collection, planted: list[Slip]) -> None:
    assert len(planted) == 2
    for slip in planted:
        wanted = {(place["report"], place["quote"]) for place in slip["evidence"]}
        told = [(found.finding, {(p.report, p.quote) for p in found.places}) for found in collection.findings()]
        (finding,) = [finding for finding, places in told if places == wanted]
        assert (finding.type, finding.severity) == (slip["type"], slip["severity"])


def test_nothing_else_is_an_error_or_a_warning(collection: Collection, planted: list[Slip]) -> None:
    between = [found for found in collection.findings() if found.between and found.finding.severity != "info"]
    quotes = {place["quote"] for slip in planted for place in slip["evidence"]}
    assert {place.quote for found in between for place in found.places} <= quotes
