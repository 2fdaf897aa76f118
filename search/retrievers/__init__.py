"""Retrievers: passages ranked for a query (a drop-in folder; files do not know each other).

A file offers `WEIGHT`, its say in the fused ranking, `write`, `load`, `suits` and `is_current`
(see `Opener`); `model` is the embedding model, which it may leave alone. Passages have ordinals. A
score says from 0 to 1 how well a passage fits; it does not depend on what else is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from search.passage import Passage
from search.segments import Ordinals

Scores = NDArray[np.float64]
Progress = Callable[[int], None]
"""Told how many more passages are done."""


class Found(NamedTuple):
    """Passages with their scores, best first, of equals the smaller ordinal first."""

    ordinals: Ordinals
    scores: Scores


def best(ordinals: Ordinals, scores: Scores, k: int) -> Found:
    """The `k` best of these."""
    order = np.lexsort((ordinals, -scores))[:k]
    return Found(ordinals[order], scores[order])


def search(retriever: Retriever, query: str, k: int, allowed: Ordinals | None = None) -> Found:
    """The `k` best passages that a retriever finds by itself, with their scores."""
    found = retriever.find(query, k, allowed)
    return best(found, retriever.scores(query, found), k)


class Retriever(Protocol):
    """An index opened for reading; any thread may use it."""

    def __len__(self) -> int:
        """How many passages it knows."""

    def find(self, query: str, k: int, allowed: Ordinals | None = None) -> Ordinals:
        """The `k` best passages, ascending, of all or of `allowed` (ascending); fewer where no more fit the query."""

    def scores(self, query: str, ordinals: Ordinals) -> Scores:
        """The scores of just these passages (ascending), in their order; 0 where one does not fit at all."""

    def holding(self, query: str) -> Ordinals | None:
        """The ordinals, ascending, of the passages in which all that `query` has in quotation marks
        stands just so; None where it has nothing, or the retriever cannot tell."""


class Writer(Protocol):
    """An index opened for writing; what is written is there for readers after `close`. Files that
    an older generation shares by hard links are replaced, never changed."""

    def remove(self, ordinals: Ordinals) -> None: ...

    def add(self, ordinals: Ordinals, passages: Sequence[Passage]) -> None:
        """The ordinals ascend, and are above all that were ever there."""

    def close(self) -> None: ...


class Opener(Protocol):
    """What the file of a retriever offers."""

    WEIGHT: float

    def write(self, folder: Path, model: str, progress: Progress) -> Writer: ...

    def load(self, folder: Path, model: str) -> Retriever: ...

    def suits(self, model: str) -> bool:
        """Whether it can do anything with this model."""

    def is_current(self, folder: Path, model: str) -> bool:
        """Whether the index in `folder` was made as it would be made now; one that was not cannot
        be added to."""
