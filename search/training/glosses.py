"""Queries that nobody wrote: words of an official sentence, each replaced by a synonym or its English.

A static embedding knows no word order, so a sentence glossed word by word is nearly as good a query as a translation;
it teaches that 投诉 and complaint mean the same among the words that really surround 投诉.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]


class Glossary:
    """What a word can be said as: id of a word → the id sequences that mean the same."""

    def __init__(self, pairs: Iterable[tuple[Ids, Ids]]) -> None:
        """From encoded pairs, in both directions; only what is a single word on one side can be looked up."""
        found: dict[int, list[Ids]] = defaultdict(list)
        for one, other in pairs:
            if len(one) == 1 and len(other):
                found[int(one[0])].append(other)
            if len(other) == 1 and len(one):
                found[int(other[0])].append(one)
        self._glosses = dict(found)

    def __len__(self) -> int:
        return len(self._glosses)

    def query(self, sentence: Ids, weights: NDArray[np.float64], rng: np.random.Generator, longest: int = 7) -> Ids:
        """Two to `longest` words of `sentence`, drawn by their `weights` (by id), in other words. May be empty."""
        known = [int(word) for word in dict.fromkeys(sentence.tolist()) if word in self._glosses]
        if len(known) < 2:
            return np.zeros(0, np.int32)
        chance = weights[known]
        wanted = min(int(rng.integers(2, longest + 1)), len(known))
        chosen = rng.choice(known, size=wanted, replace=False, p=chance / chance.sum())
        return np.concatenate([self._glosses[w][rng.integers(len(self._glosses[w]))] for w in chosen])


def rarity(sentences: Sequence[Ids], size: int, constant: float = 1e-3) -> NDArray[np.float64]:
    """How telling each word id is: a / (a + share of the running words), near 1 for rare words, near 0 for 的."""
    counts = np.bincount(np.concatenate(sentences), minlength=size).astype(np.float64)
    weights: NDArray[np.float64] = constant / (constant + counts / counts.sum())
    return weights
