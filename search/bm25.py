"""BM25 of single passages: what each says of the tokens that a query wants, by how rare they are.

An inverted index finds the best of all passages, but takes longer to rate a few that others found
than it takes to look at what those few say.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.forward import Said

_K1, _B = 1.2, 0.75  # the usual: how soon a token said again counts less, and how much length costs
_SECOND_WAY = 0.2  # of several words for one thing the best counts, the others this much
_LOW = 0xFFFF

Scores = NDArray[np.float64]
Weights = Mapping[int, float]
"""Token numbers, each with what a passage gets for it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Token numbers, ascending, with what each is worth, one a row. The first column is what it is
    worth by itself, the others as part of another way to say something; `things` are the columns at
    which the ways for each thing begin."""

    numbers: NDArray[np.uint32]
    worth: Scores
    things: NDArray[np.int64]


def wanted(own: Weights, things: Sequence[Sequence[Weights]]) -> Wanted:
    """The query's `own` tokens, and of each thing that it names the tokens of every other way to say it."""
    ways = [own, *(way for thing in things for way in thing)]
    numbers = np.array(sorted({number for way in ways for number in way}), np.uint32)
    worth = np.zeros((len(numbers), len(ways)))
    named = [number for way in ways for number in way]
    columns = [column for column, way in enumerate(ways) for _ in way]
    worth[numbers.searchsorted(np.array(named, np.uint32)), columns] = [w for way in ways for w in way.values()]
    return Wanted(numbers, worth, np.cumsum([0, *map(len, things)])[:-1])


def rarity(passages: int, holding: int) -> float:
    """What a token is worth that `holding` of all `passages` hold."""
    return math.log1p((passages - min(holding, passages) + 0.5) / (holding + 0.5))


def rated(asked: Wanted, said: Said, length: float) -> Scores:
    """The BM25 of each passage; `length` is how many tokens a passage has in the mean."""
    size, columns = len(said.firsts), len(asked.numbers)
    if not columns:
        return np.zeros(size)
    rows, tokens = _hits(asked.numbers, said)
    counts = np.bincount(rows * columns + tokens, minlength=size * columns).reshape(size, columns)
    lengths = np.diff(said.firsts, append=len(said.tokens))
    damping = _K1 * (1 - _B + _B / length * lengths)
    parts: Scores = (counts * (_K1 + 1) / (counts + damping[:, None])) @ asked.worth
    scores = parts[:, 0]
    if len(asked.things):
        sums = np.add.reduceat(parts[:, 1:], asked.things, axis=1)
        best = np.maximum.reduceat(parts[:, 1:], asked.things, axis=1)
        scores = scores + (best + _SECOND_WAY * (sums - best)).sum(axis=1)
    return scores.round(6)  # the same for a passage whatever others are rated with it


def _hits(numbers: NDArray[np.uint32], said: Said) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which passage says which of `numbers`, once for every time that it does."""
    low = np.zeros(_LOW + 1, bool)
    low[numbers & _LOW] = True
    at = low[said.tokens & _LOW].nonzero()[0]  # few more than are wanted
    found = said.tokens[at]
    tokens = numbers.searchsorted(found)
    right = numbers.take(tokens, mode="clip") == found
    return said.firsts.searchsorted(at[right], "right") - 1, tokens[right]
