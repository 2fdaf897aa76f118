"""Round trip: a report made from known facts gives them back, all of them and no others.

Three reports of every layout and format on CI; ROUNDTRIP=200 tries as many. What the generator does not
list completely (counts in prose) is only looked for, see `generator.matching`.
"""

from __future__ import annotations

import os

import pytest
from generator import LAYOUTS, Generated, generate
from generator.matching import lines, missed, surplus
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.examine import Examined, examine
from kg.facts import to_json

KINDS = [(layout, format) for layout, found in LAYOUTS.items() for format in found.FORMATS]
EXAMPLES = int(os.environ.get("ROUNDTRIP", "3"))


def read(made: Generated) -> Examined:
    return examine(made.data, made.name)


@pytest.mark.parametrize(("layout", "format"), KINDS)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=EXAMPLES)
def test_a_report_gives_back_what_it_states(layout: str, format: str, seed: int) -> None:
    made = generate(seed, layout, format)
    found = [to_json(fact) for fact in read(made).facts]
    assert not [*lines(missed(made.facts, found))]
    assert not [*lines(surplus(made.facts, found))]


@pytest.mark.parametrize("layout", LAYOUTS)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=EXAMPLES)
def test_a_report_in_which_everything_fits_gives_no_alarm(layout: str, seed: int) -> None:
    findings = read(generate(seed, layout)).findings
    assert not [f"{one.rule}: {one.explanation}" for one in findings if one.severity in ("error", "warning")]
