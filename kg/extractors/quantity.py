"""Quantities: what the work came to, in numbers: counts, ranks, and money that is not the department's own."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractors._stated import stated
from kg.facts import Quantity, cut
from kg.grammar.statements import Sort
from kg.reading import Reading


def extract(reading: Reading) -> Iterator[Quantity]:
    """Every quantity of one part, in reading order."""
    for said in stated(reading, Sort.QUANTITY):
        yield Quantity(
            evidence=cut(reading.source, said.span),
            part=reading.part.label or None,
            subject=said.subject,
            name=said.name.measure,
            value=said.value,
            unit=said.unit or None,
            year=said.year,
            period=said.period,
            comparator=said.comparator,
        )
