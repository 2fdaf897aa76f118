"""Improvements: what the report proposes to do better."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractors._remarks import remarks
from kg.facts import Fact, Improvement, cut
from kg.reading import Reading


def extract(reading: Reading) -> Iterator[Fact]:
    """One fact per item under 改进措施 or 建议; 无 is none."""
    for item in remarks(reading, "improvements"):
        yield Improvement(text=item.text, evidence=cut(reading.source, item.span), part=reading.part.label or None)
