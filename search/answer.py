"""Answering a question: read it in every form, answer the surest reading, else show passages."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from rdflib import Dataset
from rdflib.query import Result

from kg import dropin
from search import questions
from search.grammar import english, names, slots
from search.grammar.facts import Graph, TooSlow
from search.grammar.paging import MANY
from search.grammar.reading import Answer, Question, Reading
from search.grammar.table import PAGE
from search.grammar.wording import has_latin
from search.index import Hit

__all__ = ["Answer", "answer"]
SECONDS = 15.0
"""How long an answer may take before it is stopped."""
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
    question = understand(text, collection, time.monotonic() + SECONDS)
    if not question.slots.text:
        return Answer(answerable=False, text="请写下要问的话。Please ask a question.")
    if question.unknown and not question.departments:
        return _stranger(question)
    read = filter(None, (form.read(question) for form in dropin.every(questions).values()))
    readings: list[Reading] = sorted(read, key=lambda reading: -reading.score)
    try:
        given = next(filter(None, map(_tried, readings)), None)
    except TooSlow:
        return _too_slow(question)
    return _page(question, given) if given else _passages(question)


def _tried(reading: Reading) -> Answer | None:
    """What the reading leads to; a form that fails on this graph leaves the question to the others."""
    try:
        return reading.answer()
    except TooSlow:
        raise
    except Exception:
        log.exception("a reading of a question failed")
        return None


def understand(text: str, collection: Asked, until: float = math.inf) -> Question:
    """The question read for its slots and the departments it names; to be answered `until`, on the clock of
    time.monotonic."""
    graph = Graph(collection.dataset, collection.query, until)
    read = slots.read(text)
    named = list(names.find(graph.names(), read.text))
    if has_latin(read.text):
        named += english.find(graph.english_names(), read.text)
    things = _things(graph, read.text, named)
    known = [n for n in named if n.departments or not any(n.start < end and start < n.end for start, end, _ in things)]
    called = names.chosen(known)
    free = read.outside([(n.start, n.end) for n in called if not n.place])
    iris = graph.called(name for _, _, written in things for name in sorted(written))
    return Question(text, free, called, iris, graph, collection.search)


def _things(graph: Graph, text: str, named: Sequence[names.Named]) -> list[tuple[int, int, frozenset[str]]]:
    """Where the question names projects or units in full, and how they are written; a name as short as a word
    counts only in quotation marks or with 项目 behind it."""
    departments = [n for n in named if n.departments and not n.place]
    return [
        (start, end, written)
        for start, end, written in graph.things().at(text)
        if (end - start >= _LONG_NAME or text.startswith(_AFTER_A_NAME, end))
        and not any(n.start < end and start < n.end for n in departments)
    ]


def _stranger(question: Question) -> Answer:
    called = "、".join(question.unknown)
    text = question.say(f"不知道：没有收入{called}的报告。", f"Not known: there is no report of {called}.")
    return Answer(answerable=False, text=text, passages=question.closest())


def _page(question: Question, given: Answer) -> Answer:
    """No more rows than a page has; a part of a list says so."""
    if len(given.rows) > PAGE:
        query = f"{given.sparql}\nLIMIT {PAGE} OFFSET 0"
        given = replace(given, rows=given.rows[:PAGE], truncated=True, total=len(given.rows), sparql=query)
    if not given.truncated:
        return given
    shown = len(given.rows)
    whole = question.say(f"{MANY}多", f"over {MANY}") if given.total is None else str(given.total)
    part = question.say(f"（一共{whole}行，这里是其中{shown}行。）", f" ({shown} rows of {whole} are shown.)")
    return replace(given, text=given.text + part)


def _too_slow(question: Question) -> Answer:
    text = question.say(
        f"没有算完：这个问题要翻看的报告太多，{SECONDS:g}秒内答不出来。请写明部门、地区或年度再问。",
        f"Stopped after {SECONDS:g} seconds: too many reports have to be read for this. Please name a department, a"
        " region or a year.",
    )
    return Answer(answerable=False, text=text)


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
