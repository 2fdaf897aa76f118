"""Asking with a language model at hand: the grammar first, the model only where that helps.

What the grammar answers stands; the model may word it. What the grammar cannot read the model may
translate; the answer then says so. Where the model fails, the answer is the one without it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from kg.errors import JixiaoError
from search.answer import Asked, answer
from search.grammar.facts import Graph
from search.grammar.reading import Answer
from search.grammar.slots import read
from search.language.model import LanguageModel
from search.language.phrasing import phrased
from search.language.translation import Query, proven, translated

log = logging.getLogger(__name__)
T = TypeVar("T")


def assisted(text: str, collection: Asked, model: LanguageModel, query: Query | None = None) -> Answer:
    """The answer to a question, whatever it holds. A query that the model writes runs by `query`, as the
    query of a stranger must; by the collection's own where that is None."""
    found = answer(text, collection)
    if not found.answerable and text.strip():
        found = _tried(lambda: _translated(text, collection, model, query or collection.query)) or found
    if not found.answerable:
        return found
    words = _tried(lambda: phrased(model, text, found))
    if not words:
        return found
    return replace(found, text=words, note=" · ".join((found.note or found.text, _said(text, "phrased"))))


def _translated(text: str, collection: Asked, model: LanguageModel, query: Query) -> Answer | None:
    facts = Graph(collection.dataset, collection.query)
    said = translated(model, text, facts)
    if isinstance(again := said.get("question"), str):
        found = answer(again, collection)
        return replace(found, note=_said(text, "reworded", again)) if found.answerable else None
    if isinstance(sparql := said.get("sparql"), str) and (proved := proven(sparql, facts, query)):
        return replace(proved, text=_said(text, "found", str(len(proved.rows))), note=_said(text, "written"))
    return None


_SAYINGS = {
    "reworded": ("语言模型把问题改写为：{}", "A language model put the question as: {}"),
    "written": (
        "查询由语言模型写成，每个值都已对上原文",
        "A language model wrote the query; every value was proved",
    ),
    "phrased": ("措辞由语言模型写成，数字已逐个核对", "Worded by a language model; every number was checked"),
    "found": ("找到{}行。", "{} rows found."),
}


def _said(question: str, key: str, *words: str) -> str:
    chinese, english = _SAYINGS[key]
    return (english if read(question).english else chinese).format(*words)


def _tried(step: Callable[[], T | None]) -> T | None:
    """What a step with the model gives; its failure leaves the answer that needs none."""
    try:
        return step()
    except JixiaoError as error:
        log.warning("language model: %s", error)
        return None
