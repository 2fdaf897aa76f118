"""Views keep their places, stay with their source, and do not travel with it."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import Source, Span, fold, view

WORDS = st.text(alphabet="预算支出执行率１２3，。（）%％ \n　#*㎡½①…ab", max_size=60)


def source(text: str) -> Source:
    return Source("报告.txt", text, sha256="")


@given(WORDS)
def test_each_character_of_a_view_stands_for_one_of_the_source(text: str) -> None:
    seen = view(source(text), Span(0, len(text)))
    assert len(seen.places) == len(seen.text)
    assert list(seen.places) == sorted(seen.places)
    blank = all(char == " " or char in fold(text[place]) for place, char in zip(seen.places, seen.text, strict=True))
    assert blank


def test_a_stretch_is_folded_once() -> None:
    one = source("预算 １００ 万元")
    assert view(one, Span(0, 5)) is view(one, Span(0, 5))


def test_a_source_travels_without_its_views() -> None:
    one = source("预算１００万元" * 50)
    plain = len(pickle.dumps(one))
    seen = view(one, Span(0, 300))
    again = pickle.loads(pickle.dumps(one))
    assert again == one
    assert len(pickle.dumps(one)) == plain
    assert view(again, Span(0, 300)).text == seen.text


def test_a_span_runs_forward() -> None:
    assert (len(Span(3, 8)), Span(3, 8) < Span(4, 5)) == (5, True)
    with pytest.raises(ValueError, match="not a span"):
        Span(5, 3)
