"""Amounts: the department's and its projects' own money, in prose and in tables of money."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractors._stated import stated
from kg.facts import Amount, cut
from kg.grammar.statements import Sort
from kg.reading import Reading


def extract(reading: Reading) -> Iterator[Amount]:
    """Every amount of one part, in reading order."""
    for said in stated(reading, Sort.AMOUNT):
        if said.yuan is not None:
            yield Amount(
                evidence=cut(reading.source, said.span),
                part=reading.part.label or None,
                subject=said.subject,
                measure=said.name.measure,
                value=said.value,
                value_yuan=said.yuan,
                unit=said.unit or None,
                year=said.year,
                comparator=said.comparator,
                code=said.name.code,
                name=said.name.name,
                relative_to=said.relative_to,
                item=said.name.item,
            )
