"""A report among its neighbours: those of the same department, this year and the year before, those of
its units, and passages of others in the same words. What a comparison is given to compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.facts import Evidence, Fact

ACCOUNTS, BUDGET = SUMMED = "部门决算", "部门预算"
"""Report types that sum up the department and its units, in the words of the scheme report-types."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report: `wording` is what they say apart from numbers and names (kg.wording)."""

    evidence: Evidence
    kind: str
    wording: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A report as its neighbours see it; `facts` in reading order, without its own findings."""

    name: str
    department: str
    year: int
    report_type: str
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    passages: tuple[Passage, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Twin:
    """A passage of another department's report in the same words; `year` is that report's."""

    evidence: Evidence
    department: str
    year: int
    wording: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The reports of one department for one year (`now`) and for the year before (`before`), those of
    its units for the year (`units`), and what others say in the words of `now` (`twins`); each sorted
    by name, so that the order in which reports came makes no difference."""

    department: str
    year: int
    now: tuple[Filed, ...]
    before: tuple[Filed, ...] = ()
    units: tuple[Filed, ...] = ()
    twins: tuple[Twin, ...] = ()


def of_type(reports: Sequence[Filed], report_type: str) -> Filed | None:
    """The one report of that type; None where there is none or more than one, which may be of two accounts."""
    found = [report for report in reports if report.report_type == report_type]
    return found[0] if len(found) == 1 else None


def pairs(neighbours: Neighbours) -> Iterator[tuple[Filed, Filed]]:
    """Each report of the year with the one of its own type of the year before."""
    for report in neighbours.now:
        if of_type(neighbours.now, report.report_type) is report:
            earlier = of_type(neighbours.before, report.report_type)
            if earlier:
                yield report, earlier
