"""Rates: percentages that the report states: shares, execution and growth rates, satisfaction."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractors._stated import stated
from kg.facts import Rate, cut
from kg.grammar.statements import Sort
from kg.reading import Reading


def extract(reading: Reading) -> Iterator[Rate]:
    """Every rate of one part, in reading order."""
    for said in stated(reading, Sort.RATE):
        yield Rate(
            evidence=cut(reading.source, said.span),
            part=reading.part.label or None,
            subject=said.subject,
            measure=said.name.measure,
            value=said.value,
            unit=said.unit,
            year=said.year,
            comparator=said.comparator,
            relative_to=said.relative_to,
        )
