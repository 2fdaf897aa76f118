"""Rates: percentages that the report states: shares, execution and growth rates, satisfaction."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts import Rate, cut
from kg.reading import Reading
from kg.statements import Sort, of


def extract(reading: Reading) -> Iterator[Rate]:
    """Every rate of one part, in reading order."""
    for said in of(reading, Sort.RATE):
        yield Rate(
            evidence=cut(reading.source, said.span),
            part=reading.part.label or None,
            subject=said.prose.subject,
            measure=said.name.measure,
            value=said.value,
            unit=said.figure.unit,
            year=said.year,
            comparator=said.figure.comparator,
            relative_to=said.relative_to,
        )
