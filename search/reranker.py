"""A second look at what was found, passage by passage.

`words`: how much of the query each passage says, word by word. The mean of a passage drowns its
words in each other, and equal words are not all that counts: a model that knows single words
compares them one by one (late interaction). `codes`: whether it holds the codes and amounts of
the query, which are meant just so, and which no model can tell from their neighbours. Only
candidates are rated, so it costs the same whatever the size of the index.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from search.embedding import load_model
from search.fusion import Vote
from search.passage import Passage
from search.words import cut

WEIGHTS = {"words": 2.0, "codes": 2.0}
# 2050201, 98.35, AB12; a year or a count stands in too many passages to be meant just so.
_CODE = re.compile(r"\d[\w./:-]{4,}|\d+\.\d+|[a-z]+[-/]?\d\w*")


def rate(query: str, candidates: Mapping[int, Passage], model: str) -> dict[str, dict[int, Vote]]:
    """The votes of each second look on `candidates`, given by ordinal; of those only that can tell."""
    texts = {ordinal: passage.indexed for ordinal, passage in candidates.items()}
    said = {"words": _words(query, texts, model), "codes": _codes(query, texts)}
    return {name: votes for name, votes in said.items() if votes}


def _words(query: str, texts: Mapping[int, str], model: str) -> dict[int, Vote]:
    rated = load_model(model).rate(query, list(texts.values()))
    return {} if rated is None else {o: Vote(None, float(score)) for o, score in zip(texts, rated, strict=True)}


def _codes(query: str, texts: Mapping[int, str]) -> dict[int, Vote]:
    codes = {word for word in cut(query).words if _CODE.fullmatch(word)}
    if not codes:
        return {}
    return {o: Vote(None, len(codes.intersection(cut(text).words)) / len(codes)) for o, text in texts.items()}
