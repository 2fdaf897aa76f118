"""Whether anything fits a query at all.

The nearest passage always is some passage. How near is near depends on the model and on how many
passages there are, so it is measured on the spot: a question that no report answers (strangers.json
has some in either language) also has a nearest passage, and a query whose own is no nearer than
theirs mostly are, and that shares no more words with anything, is taken for one of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from search.words import is_chinese

Best = Callable[[str], tuple[float, float]]
"""The best score by meaning, and the best by words, that a query has."""

_MEANING, _WORDS = 60, 90  # of a hundred strangers so many come no nearer; held-out queries lose 1 in 150


@dataclass(frozen=True, slots=True)
class Bar:
    """What a query has to be above, by meaning or by words, for anything to fit it."""

    meaning: float
    words: float

    def admits(self, meaning: float, words: float) -> bool:
        return meaning >= self.meaning or words > self.words


def bar(best: Best, language: str) -> Bar:
    """The bar for queries in `language` (zh or en), as `best` finds things."""
    found = np.array([best(query) for query in strangers()[language]])
    return Bar(float(np.percentile(found[:, 0], _MEANING)), float(np.percentile(found[:, 1], _WORDS)))


def language_of(query: str) -> str:
    return "zh" if any(map(is_chinese, query)) else "en"


@cache
def strangers() -> dict[str, list[str]]:
    """Questions that no report answers, by language."""
    known: dict[str, list[str]] = json.loads((Path(__file__).parent / "strangers.json").read_text("utf-8"))
    return known
