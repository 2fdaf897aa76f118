"""The report itself: its title, department, region, year, type and date."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts import Fact, Report, cut
from kg.reading import Reading


def extract(reading: Reading) -> Iterator[Fact]:
    """One fact per part; its title is its proof."""
    header = reading.header
    yield Report(
        title=header.title,
        department=header.department,
        region=header.region,
        fiscal_year=header.fiscal_year,
        report_type=header.report_type,
        date=header.date,
        evidence=cut(reading.source, header.title_span),
        part=reading.part.label or None,
    )
