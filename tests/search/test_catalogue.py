"""What a user filters by."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from kg.text import Span
from search.catalogue import FOLDER, Catalogue, Draft
from search.passage import Passage

REGIONS, DEPARTMENTS, KINDS, YEARS = ("青川县", "白石区", ""), ("水利局", "教育局"), ("duty", "table-row"), (2023, None)
EVERY = list(product(KINDS, DEPARTMENTS, REGIONS, YEARS))


def passages(first: int, size: int) -> list[Passage]:
    return [
        Passage(
            report=f"{number % 3}",
            sha256="x",
            span=Span(number, number + 1),
            text="文",
            sentence="文",
            kind=kind,
            department=region + department,
            region=region,
            fiscal_year=year,
        )
        for number in range(first, first + size)
        for kind, department, region, year in [EVERY[number % len(EVERY)]]
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two segments, of which the first has lost a report."""
    for first, size, gone in ((0, 2000, ()), (2000, 30, ("1",))):
        draft = Draft(tmp_path)
        draft.remove(gone)
        draft.add(passages(first, size), lambda passage: f"https://example.org/{passage.span.start}")
        draft.close()
    return tmp_path


def test_a_filter_lets_through_just_what_fits(folder: Path) -> None:
    catalogue = Catalogue(folder)
    there = [p for p in passages(0, 2030) if p.span.start >= 2000 or p.report != "1"]
    for kind, department, region, year in product(
        (None, "duty", "row"), (None, "水利", "川县水"), (None, "县"), (None, 2023)
    ):
        fitting = [
            p.span.start
            for p in there
            if (kind is None or p.kind == kind)
            and (department is None or department in p.department)
            and (region is None or region in p.region)
            and (year is None or p.fiscal_year == year)
        ]
        assert catalogue.allowed(kind, department, region, year).tolist() == fitting


def test_a_catalogue_without_columns_beside_it_filters_all_the_same(folder: Path) -> None:
    asked = ("duty", "水利", "县", 2023)
    before = Catalogue(folder).allowed(*asked)
    for path in (folder / FOLDER).glob("*/values.json"):
        path.unlink()
    assert np.array_equal(Catalogue(folder).allowed(*asked), before)
    assert len(before)
