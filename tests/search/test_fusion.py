"""Several rankings made one."""

from __future__ import annotations

import numpy as np
import pytest

from search.fusion import Ballot, Vote, ballot


def said(**found: dict[int, float]) -> Ballot:
    """A ballot of retrievers that rate 0.2 whatever they did not find."""
    hits = {name: np.array(sorted(of), np.int64) for name, of in found.items()}
    weights = {"a": 3.0, "b": 1.0}
    return ballot(hits, weights, lambda name, all_: np.array([found[name].get(o, 0.2) for o in all_.tolist()]))


def test_the_score_is_the_weighted_mean_and_the_ranks_are_those_of_each() -> None:
    ranking = said(a={1: 0.8, 2: 0.4}, b={2: 0.9}).ranking(10)
    assert [(ordinal, votes) for ordinal, _, votes in ranking] == [
        (1, {"a": Vote(1, 0.8), "b": Vote(None, 0.2)}),
        (2, {"a": Vote(2, 0.4), "b": Vote(1, 0.9)}),
    ]
    assert [score for _, score, _ in ranking] == pytest.approx([0.65, 0.525])


def test_what_a_retriever_says_nothing_of_counts_nothing() -> None:
    rows = ballot({"a": np.array([4])}, {"a": 1.0}, lambda *_: np.array([0.8]))
    joined = rows.joined_by("b", 1.0, lambda ordinals: np.zeros(len(ordinals)))
    ((ordinal, score, votes),) = joined.ranking(10)
    assert (ordinal, votes) == (4, {"a": Vote(1, 0.8)})
    assert score == pytest.approx(0.4)


def test_equals_come_in_the_order_of_the_reports() -> None:
    assert [ordinal for ordinal, _, _ in said(a={5: 0.5, 2: 0.5}).ranking(10)] == [2, 5]


def test_the_best_are_those_of_the_ranking() -> None:
    whole = said(a={9: 0.1, 4: 0.8, 7: 0.5}, b={2: 0.9, 9: 0.9})
    assert whole.best(2).ranking(10) == whole.ranking(2)
    assert whole.best(2).ordinals.tolist() == sorted(ordinal for ordinal, _, _ in whole.ranking(2))


def test_nothing_found_is_no_ranking() -> None:
    assert said(a={}).ranking(10) == []
