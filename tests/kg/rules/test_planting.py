"""Errors planted in made-up reports are found, one of each family; benchmarks/planting.py tries them all."""

from __future__ import annotations

import pytest
from planting import KINDS, Kind, findings, found, planted

SAMPLE = list({kind.family: kind for kind in KINDS}.values())


@pytest.mark.parametrize("kind", SAMPLE, ids=lambda kind: kind.family)
def test_a_planted_error_is_found_and_the_clean_report_is_silent(kind: Kind) -> None:
    pair = next(pair for seed in range(20) if (pair := planted(kind, seed)))
    assert findings(pair[0]) == []
    assert found(pair)


def test_every_kind_has_a_name_of_its_own() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
