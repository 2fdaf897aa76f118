"""Several rankings made one."""

from __future__ import annotations

import pytest

from search.fusion import Vote, fuse


def test_the_score_is_the_weighted_mean() -> None:
    said = {"a": {1: Vote(1, 0.8), 2: Vote(2, 0.4)}, "b": {1: Vote(None, 0.2), 2: Vote(1, 0.9)}}
    fused = fuse(said, {"a": 3.0, "b": 1.0})
    assert [(f.ordinal, f.score) for f in fused] == [(1, pytest.approx(0.65)), (2, pytest.approx(0.525))]
    assert fused[0].votes["b"] == Vote(None, 0.2)


def test_what_a_retriever_does_not_find_counts_nothing() -> None:
    fused = fuse({"a": {1: Vote(1, 0.8)}, "b": {}}, {"a": 1.0, "b": 1.0})
    assert fused[0].score == pytest.approx(0.4)


def test_equals_come_in_the_order_of_the_reports() -> None:
    said = {"a": {5: Vote(1, 0.5), 2: Vote(2, 0.5)}}
    assert [f.ordinal for f in fuse(said, {"a": 1.0})] == [2, 5]


def test_nothing_said_is_nothing_found() -> None:
    assert fuse({}, {}) == []
