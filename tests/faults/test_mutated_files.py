"""Damaged files of every format end in facts or in a clear refusal, and cost the process that watches nothing.

Forty of each on CI; JIXIAO_MUTANTS=10000 reads as many.
"""

from __future__ import annotations

import os

import mutated
import pytest
from mutation import FORMATS, mutant

MUTANTS = int(os.environ.get("JIXIAO_MUTANTS", "40"))


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("format", FORMATS)
def test_damaged_files_end_in_facts_or_a_clear_refusal(format: str) -> None:
    before = mutated.held()
    tally = mutated.run(format, MUTANTS)
    assert tally.failed == []
    assert tally.cases == MUTANTS
    assert tally.read
    assert tally.refused.total()
    assert mutated.held() - before < mutated.ALLOWED


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_number_makes_the_same_file(format: str) -> None:
    assert mutant(format, 3) == mutant(format, 3)
    assert len({mutant(format, number)[0] for number in range(20)}) > 15
