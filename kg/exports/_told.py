"""What is exported: facts, and findings as they stand, with what people decided about them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from kg import facts, findings
from kg.facts import Fact
from kg.findings import Found

Told = Fact | Found


def to_json(one: Told) -> dict[str, Any]:
    """`one` as an object of the exchange format."""
    return findings.to_json(one) if isinstance(one, Found) else facts.to_json(one)


def address(one: Told) -> str:
    """Where the page on the report shows the words, within the service."""
    place = (one.finding if isinstance(one, Found) else one).evidence
    return f"/reports/{quote(place.report)}?start={place.start}&end={place.end}#evidence"
