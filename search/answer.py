"""Answering a question: read it in every form, answer the surest reading, else show passages."""

from __future__ import annotations

from typing import Any, Protocol

from rdflib import Dataset

from kg import dropin
from search import questions
from search.grammar import slots
from search.grammar.facts import Graph
from search.grammar.names import find
from search.grammar.reading import Answer, Question, Reading
from search.index import Hit

__all__ = ["Answer", "answer"]


class Asked(Protocol):
    """What is asked: a generation's graph and its passages (search.collection.Collection)."""

    @property
    def dataset(self) -> Dataset: ...

    def search(self, words: str, **options: Any) -> list[Hit]: ...


def answer(text: str, collection: Asked) -> Answer:
    """The answer to a question in Chinese or English, whatever it holds."""
    question = understand(text, collection)
    if not question.slots.text:
        return Answer(answerable=False, text="请写下要问的话。Please ask a question.")
    read = [form.read(question) for form in dropin.every(questions).values()]
    best: Reading | None = max(filter(None, read), key=lambda reading: reading.score, default=None)
    return best.answer() if best else _passages(question)


def understand(text: str, collection: Asked) -> Question:
    """The question read for its slots and the departments it names."""
    graph = Graph(collection.dataset)
    read = slots.read(text)
    return Question(text, read, find(graph.names(), read.text), graph, collection.search)


def _passages(question: Question) -> Answer:
    """What search finds, marked as such: nothing was counted or compared."""
    hits = question.closest(5)
    if question.unknown:
        names = "、".join(question.unknown)
        text = question.say(f"不知道：没有收入{names}的报告。", f"Not known: there is no report of {names}.")
    elif hits:
        text = question.say(
            "这不是能用数字和事实直接回答的问题；下面是最接近的原文。",
            "No fact answers this; these passages come closest.",
        )
    else:
        text = question.say("不知道：没有相关的内容。", "Not known: nothing here speaks of it.")
    return Answer(answerable=False, text=text, passages=hits)
