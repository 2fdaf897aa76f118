"""Answers are worked out once for a generation, those that the first page offers before anybody asks."""

from __future__ import annotations

from api.pages import home
from api.routes import ask
from api.routes.ask import answered
from search.collection import Collection

QUESTION = "执行率低于100%的部门有哪些"


def test_an_answer_is_remembered_as_it_was_given(collection: Collection) -> None:
    first = answered(collection, QUESTION)
    assert first.answerable
    assert answered(collection, QUESTION) is first


def test_no_more_answers_are_remembered_than_it_says(collection: Collection) -> None:
    for year in range(2000, 2000 + 2 * ask.ANSWERS):
        answered(collection, f"{QUESTION}？不是{year}年的")
    assert len(collection.memory["answers"]) <= ask.ANSWERS


def test_what_is_not_answered_is_asked_again(collection: Collection) -> None:
    assert not answered(collection, "今天天气怎么样").answerable
    assert "今天天气怎么样" not in collection.memory["answers"]


def test_the_questions_of_the_first_page_are_answered_ahead(collection: Collection) -> None:
    collection.memory.clear()
    home.ready(collection)
    offered = home.examples(collection, "zh") + home.examples(collection, "en")
    assert set(collection.memory["answers"]) <= set(offered)
    assert QUESTION in collection.memory["answers"]
