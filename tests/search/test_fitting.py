"""Whether anything fits a query."""

from __future__ import annotations

import pytest

from search.collection import Collection
from search.fitting import Bar, bar, language_of, strangers


def test_a_query_passes_by_meaning_or_by_words() -> None:
    least = Bar(0.3, 0.1)
    assert least.admits(0.3, 0.0)
    assert least.admits(0.0, 0.2)
    assert not least.admits(0.29, 0.1)


def test_the_bar_is_where_most_strangers_stay_below() -> None:
    order = {query: place for place, query in enumerate(strangers()["zh"])}
    found = bar(lambda query: (order[query] / 100, 0.0), "zh")
    assert 0.5 < sum(place / 100 < found.meaning for place in order.values()) / len(order) < 0.7
    assert found.words == 0.0


def test_there_are_strangers_of_either_language_none_twice() -> None:
    for language, queries in strangers().items():
        assert {language_of(query) for query in queries} == {language}
        assert len(set(queries)) == len(queries) >= 20


@pytest.mark.parametrize("query", ["农村喝水安全谁管", "校车", "who runs the schools", "“水”", "2130305", "98.35"])
def test_what_the_examples_speak_of_is_answered(collection: Collection, query: str) -> None:
    assert collection.index.fits(query)


@pytest.mark.parametrize("query", ["蓝鲸的心脏有多重", "grandma knits a scarf"])
def test_nothing_fits_a_question_of_another_world(collection: Collection, query: str) -> None:
    assert collection.search(query) == []
    assert collection.search(query, department="水利") == []
    assert collection.search(query, minimum=0.0)
