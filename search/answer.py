"""Answering a question: read it in every form, answer the surest reading, else show passages."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Protocol

from rdflib import Dataset
from rdflib.query import Result

from kg import dropin
from search import questions
from search.grammar import english, names, slots
from search.grammar.facts import Graph
from search.grammar.reading import Answer, Question, Reading
from search.grammar.wording import has_latin
from search.index import Hit

__all__ = ["Answer", "answer"]
_LONG_NAME = 5  # characters
_AFTER_A_NAME = ("项目", "”", '"', " project")
log = logging.getLogger(__name__)


class Asked(Protocol):
    """What is asked: a generation's graph and its passages (search.collection.Collection)."""

    @property
    def dataset(self) -> Dataset: ...

    def query(self, sparql: str) -> Result: ...

    def search(self, words: str, **options: Any) -> list[Hit]: ...


def answer(text: str, collection: Asked) -> Answer:
    """The answer to a question in Chinese or English, whatever it holds: of its readings the surest
    that leads anywhere."""
    question = understand(text, collection)
    if not question.slots.text:
        return Answer(answerable=False, text="请写下要问的话。Please ask a question.")
    if question.unknown and not question.departments:
        return _stranger(question)
    read = filter(None, (form.read(question) for form in dropin.every(questions).values()))
    readings: list[Reading] = sorted(read, key=lambda reading: -reading.score)
    return next(filter(None, map(_tried, readings)), None) or _passages(question)


def _tried(reading: Reading) -> Answer | None:
    """What the reading leads to; a form that fails on this graph leaves the question to the others."""
    try:
        return reading.answer()
    except Exception:
        log.exception("a reading of a question failed")
        return None


def understand(text: str, collection: Asked) -> Question:
    """The question read for its slots and the departments it names."""
    graph = Graph(collection.dataset, collection.query)
    read = slots.read(text)
    named = list(names.find(graph.names(), read.text))
    if has_latin(read.text):
        named += english.find(graph.english_names(), read.text)
    things = _things(graph, read.text, named)
    known = [n for n in named if n.departments or not any(n.start < end and start < n.end for start, end, _ in things)]
    called = names.chosen(known)
    free = read.outside([(n.start, n.end) for n in called if not n.place])
    iris = tuple(dict.fromkeys(iri for _, _, of in things for iri in sorted(of)))
    return Question(text, free, called, iris, graph, collection.search)


def _things(graph: Graph, text: str, named: Sequence[names.Named]) -> list[tuple[int, int, frozenset[str]]]:
    """Where the question names projects or units in full; a name as short as a word counts only in
    quotation marks or with 项目 behind it."""
    departments = [n for n in named if n.departments and not n.place]
    return [
        (start, end, iris)
        for start, end, iris in graph.things().at(text)
        if (end - start >= _LONG_NAME or text.startswith(_AFTER_A_NAME, end))
        and not any(n.start < end and start < n.end for n in departments)
    ]


def _stranger(question: Question) -> Answer:
    called = "、".join(question.unknown)
    text = question.say(f"不知道：没有收入{called}的报告。", f"Not known: there is no report of {called}.")
    return Answer(answerable=False, text=text, passages=question.closest())


def _passages(question: Question) -> Answer:
    """What search finds, marked as such: nothing was counted or compared."""
    hits = question.closest(5)
    if hits:
        text = question.say(
            "没有能直接回答的事实；下面是最接近的原文。", "No fact answers this; these passages come closest."
        )
    else:
        text = question.say("不知道：没有相关的内容。", "Not known: nothing here speaks of it.")
    return Answer(answerable=False, text=text, passages=hits)
