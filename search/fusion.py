"""One ranking out of several: the weighted mean of what each retriever says.

Every retriever says of a passage how well it fits, from 0 to 1, whatever else is allowed; a
passage it does not find has 0. So a filter never changes a score, and a threshold on it means
the same under every filter. (Measured against rank fusion, which lets a weak ranking pull a
strong one down, this is ahead.) Nothing here knows a retriever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ordinals = NDArray[np.int64]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vote:
    """What one retriever says of a passage: `rank` among those it found (from 1), None where it
    only rated what another found; `score` from 0 to 1."""

    rank: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Ballot:
    """Passages, by ordinal, ascending; by name of a voter, its score and its rank (0 where it did not
    find one) for each of them, and its weight."""

    ordinals: Ordinals
    scores: Mapping[str, Scores]
    ranks: Mapping[str, NDArray[np.int64]]
    weights: Mapping[str, float]

    def __len__(self) -> int:
        return len(self.ordinals)

    def joined_by(self, name: str, weight: float, rate: Callable[[Ordinals], Scores]) -> Ballot:
        """With one voter more, who found nothing itself: `rate` gives its scores."""
        scores = {**self.scores, name: rate(self.ordinals)}
        ranks = {**self.ranks, name: np.zeros(len(self), np.int64)}
        return Ballot(self.ordinals, scores, ranks, {**self.weights, name: weight})

    def fused(self) -> Scores:
        """The weighted mean of all votes, a passage each."""
        total: Scores = np.zeros(len(self))
        for name, scores in self.scores.items():
            total += self.weights[name] * scores
        return total / (sum(self.weights.values()) or 1.0)

    def best(self, k: int) -> Ballot:
        """Only the `k` best passages, still by ordinal; of equals the smaller ordinals."""
        if len(self) <= k:
            return self
        kept = (-self.fused()).argsort(kind="stable")[:k]
        kept.sort()
        scores = {name: rows[kept] for name, rows in self.scores.items()}
        ranks = {name: rows[kept] for name, rows in self.ranks.items()}
        return Ballot(self.ordinals[kept], scores, ranks, self.weights)

    def ranking(self, k: int) -> list[tuple[int, float, dict[str, Vote]]]:
        """Ordinal, score and votes of the `k` best passages that any vote speaks for, best first, of
        equals the smaller ordinal first."""
        total = self.fused()
        order = [at for at in (-total).argsort(kind="stable")[:k].tolist() if total[at] > 0]
        return [(int(self.ordinals[at]), float(total[at]), self._votes(at)) for at in order]

    def _votes(self, at: int) -> dict[str, Vote]:
        """A voter who says 0 says nothing."""
        said = {name: (int(self.ranks[name][at]) or None, float(scores[at])) for name, scores in self.scores.items()}
        return {name: Vote(rank, score) for name, (rank, score) in said.items() if rank or score}


def ballot(
    found: Mapping[str, Ordinals],
    weights: Mapping[str, float],
    rate: Callable[[str, Ordinals], Scores],
) -> Ballot:
    """What the retrievers say of all that any of them found. `found` are the ordinals of each, ascending;
    `rate` gives the scores of a retriever for all of these (ascending)."""
    ordinals = _union(list(found.values()))
    scores, ranks = {}, {}
    for name, hits in found.items():
        scores[name] = rate(name, ordinals)
        at = ordinals.searchsorted(hits)
        ranks[name] = np.zeros(len(ordinals), np.int64)
        ranks[name][at[(-scores[name][at]).argsort(kind="stable")]] = np.arange(1, len(hits) + 1)
    return Ballot(ordinals, scores, ranks, {name: weights[name] for name in found})


def _union(sets: Sequence[Ordinals]) -> Ordinals:
    """All of them, ascending, none twice: as numpy.unique, which is slower for so few."""
    every = np.concatenate(sets)
    every.sort()
    fresh = np.ones(len(every), bool)
    np.not_equal(every[1:], every[:-1], out=fresh[1:])
    return every[fresh]
