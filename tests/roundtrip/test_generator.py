"""Made-up reports are what they say they are: repeatable, consistent, and changed only where told."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

import pytest
from generator import LAYOUTS, alter, compose, draw, generate, write
from hypothesis import given
from hypothesis import strategies as st

from kg.examine import examine

SEEDS = st.integers(0, 10**6)


@given(SEEDS)
def test_the_same_seed_makes_the_same_truth_and_the_same_text(seed: int) -> None:
    assert draw(seed) == draw(seed)
    assert (
        generate(seed, format="txt" if seed % 2 else "md").data
        == generate(seed, format="txt" if seed % 2 else "md").data
    )


@given(SEEDS)
def test_what_a_truth_states_adds_up(seed: int) -> None:
    truth = draw(seed)
    account, classes = truth.account, truth.classes
    assert account.income + account.carried_in == account.total == account.spending + account.carried_out
    assert sum(line.value for line in account.sources) == account.income
    assert sum(line.value for line in account.uses) == account.spending == sum(one.spent for one in classes)
    assert account.people + account.office == account.uses[0].value
    assert sum(project.spent for project in truth.projects) == account.uses[1].value
    assert sum(d.weight for d in truth.dimensions) == sum(i.weight for i in truth.indicators) == Decimal(100)
    assert sum(d.score for d in truth.dimensions) == truth.score
    for project in truth.projects:
        assert sum(i.weight for i in project.indicators) == Decimal(90)
        assert sum(i.score for i in project.indicators) + project.execution_score == project.total


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_format_of_a_layout_can_be_read(layout: str) -> None:
    for format in LAYOUTS[layout].FORMATS:
        made = generate(11, layout, format)
        assert examine(made.data, made.name).facts


def test_a_change_of_the_truth_changes_only_what_states_it() -> None:
    truth = draw(4)
    changed = alter(truth, "account.uses.0.share", Decimal("12.34"))
    assert [f.name for f in fields(truth) if getattr(truth, f.name) != getattr(changed, f.name)] == ["account"]
    before, after = compose(truth, "sichuan", 4), compose(changed, "sichuan", 4)
    differ = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(differ) == 1
    assert "12.34%" in str(differ[0][1])


def test_a_change_may_be_told_as_a_function() -> None:
    truth = draw(4)
    assert alter(truth, "year", lambda year: year + 1).year == truth.year + 1


def test_writing_is_another_thing_than_truth() -> None:
    """Wording, numbering and encoding differ from seed to seed; what is stated does not."""
    truth = draw(9)
    one, other = write(truth, "hebei", "txt", seed=1), write(truth, "hebei", "txt", seed=2)
    assert one.data != other.data
    assert {str(fact) for fact in one.facts if fact["kind"] == "amount"} == {
        str(fact) for fact in other.facts if fact["kind"] == "amount"
    }


def test_a_page_that_is_copied_has_a_cell_a_line() -> None:
    text = write(draw(1), "project_form", "flat", 1).data.decode("utf-8", "replace")
    assert "\t" not in text
    assert "\n一级指标\n二级指标\n三级指标\n" in text.replace("\r\n", "\n")
