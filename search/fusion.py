"""One ranking out of several: the weighted mean of what each retriever says.

Every retriever says of a passage how well it fits, from 0 to 1, whatever else is allowed; a
passage it does not find has 0. So a filter never changes a score, and a threshold on it means
the same under every filter. (Measured against rank fusion, which lets a weak ranking pull a
strong one down, this is ahead.) Nothing here knows a retriever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vote:
    """What one retriever says of a passage: `rank` among those it found (from 1), None where it
    only rated what another found; `score` from 0 to 1."""

    rank: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Fused:
    ordinal: int
    score: float
    votes: Mapping[str, Vote]


def fuse(said: Mapping[str, Mapping[int, Vote]], weights: Mapping[str, float]) -> list[Fused]:
    """All passages that any retriever found, best first, of equals the smaller ordinal first.
    `said` gives the votes of each retriever by ordinal."""
    whole = sum(weights[name] for name in said) or 1.0
    sums: dict[int, float] = {}
    for name, votes in said.items():
        for ordinal, vote in votes.items():
            sums[ordinal] = sums.get(ordinal, 0.0) + weights[name] * vote.score
    return [
        Fused(ordinal, total / whole, {name: votes[ordinal] for name, votes in said.items() if ordinal in votes})
        for ordinal, total in sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    ]
