"""Near means the same as looking at everything; it only looks at less."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.facts import Evidence, Problem
from kg.places import Places, distance, places

SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 30)), max_size=20)


def proof(start: int, length: int) -> Evidence:
    return Evidence("报告.txt", start, start + length, "字" * length)


@given(SPANS, st.tuples(st.integers(0, 200), st.integers(1, 30)), st.integers(0, 60))
def test_near_finds_what_a_look_at_everything_finds(
    spans: list[tuple[int, int]], here: tuple[int, int], within: int
) -> None:
    placed = [(proof(*span), number) for number, span in enumerate(spans)]
    expected = {number for place, number in placed if distance(place, proof(*here)) <= within}
    assert set(Places(placed).near(proof(*here), within)) == expected


@given(SPANS, st.integers(0, 200), st.integers(0, 60))
def test_between_finds_what_begins_there(spans: list[tuple[int, int]], start: int, length: int) -> None:
    placed = [(proof(*span), number) for number, span in enumerate(spans)]
    expected = {number for place, number in placed if start <= place.start < start + length}
    assert set(Places(placed).between(start, start + length)) == expected


def test_facts_come_back_in_the_order_of_the_text() -> None:
    problems = [Problem(text=f"问题{at}", evidence=proof(at, 3)) for at in (40, 0, 20)]
    assert [fact.text for fact in places(problems).near(proof(20, 3), 20)] == ["问题0", "问题20", "问题40"]


def test_places_that_touch_are_not_apart() -> None:
    assert distance(proof(0, 10), proof(10, 5)) == 0
    assert distance(proof(12, 5), proof(0, 10)) == 2
