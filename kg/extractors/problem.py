"""Problems: what the report admits is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractors._remarks import remarks
from kg.facts import Fact, Problem, cut
from kg.reading import Reading


def extract(reading: Reading) -> Iterator[Fact]:
    """One fact per item under 存在的问题; 无 is none."""
    for item in remarks(reading, "problems"):
        yield Problem(text=item.text, evidence=cut(reading.source, item.span), part=reading.part.label or None)
