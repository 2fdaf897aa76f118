"""Budget projects that are evaluated or budgeted."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts import Project, cut
from kg.grammar.projects import projects
from kg.reading import Reading


def extract(reading: Reading) -> Iterator[Project]:
    """Each project of the part once, where it is named first; with its code where one place gives it."""
    namings = projects(reading)
    codes = {naming.key: naming.code for naming in namings if naming.code}
    seen: set[str] = set()
    for naming in namings:
        if naming.key not in seen:
            seen.add(naming.key)
            yield Project(
                evidence=cut(reading.source, naming.place),
                part=reading.part.label or None,
                name=naming.name,
                code=codes.get(naming.key),
                department=reading.header.department,
                year=reading.header.fiscal_year,
            )
