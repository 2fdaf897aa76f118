"""BM25 of single passages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.bm25 import Weights, rarity, rated, wanted
from search.forward import Said

SAME_LOW = 1 << 16  # two numbers so far apart look alike to a table of the lower halves


def scores(own: Weights, texts: Sequence[Sequence[int]], things: Sequence[Sequence[Weights]] = ()) -> list[float]:
    tokens = np.array([token for text in texts for token in text], np.uint32)
    ends = np.cumsum([len(text) for text in texts])
    found: list[float] = rated(wanted(own, things), Said(tokens, ends - [len(text) for text in texts]), 4).tolist()
    return found


def test_a_passage_of_middling_length_gets_what_its_tokens_are_worth() -> None:
    assert scores({1: 2.0, 2: 0.5}, [[1, 8, 9, 7], [1, 2, 9, 7], [5, 6, 7, 8]]) == [2.0, 2.5, 0.0]


def test_a_token_said_again_counts_less_and_length_costs() -> None:
    once, twice, long = scores({1: 1.0}, [[1, 8, 9, 7], [1, 1, 9, 7], [1, 8, 9, 7, 6, 5, 4, 3]])
    assert once < twice < 2 * once
    assert long < once


def test_of_several_ways_to_say_a_thing_the_best_counts_and_the_others_a_fifth() -> None:
    things = [[{1: 1.0}, {2: 0.5, 3: 0.5}], [{4: 3.0}]]
    texts = [[1, 7, 8, 9], [2, 3, 8, 9], [1, 2, 3, 9], [1, 4, 8, 9], [6, 7, 8, 9]]
    assert scores({}, texts, things) == pytest.approx([1.0, 1.0, 1.2, 4.0, 0.0])


def test_a_token_both_asked_for_and_another_way_counts_as_both() -> None:
    assert scores({1: 2.0}, [[1, 7, 8, 9]], [[{1: 0.5}]]) == pytest.approx([2.5])


def test_nothing_wanted_and_nothing_said_is_nothing_worth() -> None:
    assert scores({}, [[1, 2], []]) == [0, 0]
    assert scores({1: 1.0}, [[], [1, 2, 3, 4]]) == [0, 1]


def test_rare_tokens_are_worth_more_and_none_is_worth_less_than_nothing() -> None:
    assert rarity(100, 1) > rarity(100, 50) > rarity(100, 100) > 0
    assert rarity(100, 120) > 0  # passages taken out are counted until tantivy merges them away


@given(
    own=st.dictionaries(st.sampled_from([1, 2, 1 + SAME_LOW, 2 + SAME_LOW]), st.sampled_from([1.0, 2.0]), max_size=4),
    texts=st.lists(
        st.lists(st.sampled_from([1, 2, 3, 1 + SAME_LOW, 3 + SAME_LOW]), max_size=6), min_size=1, max_size=6
    ),
)
def test_a_passage_has_its_score_whatever_is_rated_beside_it(own: dict[int, float], texts: list[list[int]]) -> None:
    together = scores(own, texts)
    assert together == [scores(own, [text])[0] for text in texts]
    assert [score > 0 for score in together] == [bool(own.keys() & set(text)) for text in texts]
