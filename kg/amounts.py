"""Which amount a sentence means: the one of the same subject and year that stands nearest."""

from __future__ import annotations

from typing import Protocol

from kg.facts import Amount, Evidence
from kg.places import Places, distance
from ontology.loader import spellings

WINDOW = 400  # characters; beyond, the same word may mean another account


class Placed(Protocol):
    """A fact of a subject, with its place."""

    @property
    def evidence(self) -> Evidence: ...
    @property
    def subject(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def part(self) -> str | None: ...


def nearest(amounts: Places[Amount], to: Placed, measure: str, within: int = WINDOW) -> Amount | None:
    """The amount of `measure` (any spelling) that is nearest to the fact `to`, of the same part,
    subject and year, no further than `within` code points; the one before rather than the one after."""
    wanted = canonical(measure)
    fitting = [
        amount
        for amount in amounts.near(to.evidence, within)
        if (amount.subject, amount.year, amount.part) == (to.subject, to.year, to.part)
        and wanted in (amount.name, canonical(amount.measure), *amount.measure.split("、"))
    ]
    here = to.evidence.start
    return min(fitting, key=lambda a: (distance(a.evidence, to.evidence), a.evidence.start > here), default=None)


def canonical(measure: str) -> str:
    """The vocabulary's word for `measure`, itself where it has none."""
    return spellings("measures").get(measure, measure)
