"""Retrievers: passages ranked for a query (a drop-in folder; files do not know each other).

A file offers `WEIGHT`, its say in the fused ranking, `write`, `load`, `suits` and `is_current`
(see `Opener`); `model` is the embedding model, which it may leave alone. Passages have ordinals. A
score says from 0 to 1 how well a passage fits; it does not depend on what else is allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.passage import Passage

Ordinals = NDArray[np.int64]
Found = list[tuple[int, float]]
"""Ordinals with their scores, best first, of equals the smaller ordinal first."""


class Retriever(Protocol):
    """An index opened for reading; any thread may use it."""

    def __len__(self) -> int:
        """How many passages it knows."""

    def search(self, query: str, k: int, allowed: Ordinals | None = None) -> Found:
        """The `k` best passages, of all or of `allowed`; fewer where no more fit the query."""

    def scores(self, query: str, ordinals: Ordinals) -> dict[int, float]:
        """The scores of just these passages; one that does not fit the query at all is left out."""

    def holding(self, query: str) -> Ordinals | None:
        """The ordinals, ascending, of the passages in which all that `query` has in quotation marks
        stands just so; None where it has nothing, or the retriever cannot tell."""


class Writer(Protocol):
    """An index opened for writing; what is written is there for readers after `close`. Files that
    an older generation shares by hard links are replaced, never changed."""

    def remove(self, ordinals: Ordinals) -> None: ...

    def add(self, ordinals: Ordinals, passages: Sequence[Passage]) -> None: ...

    def close(self) -> None: ...


class Opener(Protocol):
    """What the file of a retriever offers."""

    WEIGHT: float

    def write(self, folder: Path, model: str) -> Writer: ...

    def load(self, folder: Path, model: str) -> Retriever: ...

    def suits(self, model: str) -> bool:
        """Whether it can do anything with this model."""

    def is_current(self, folder: Path, model: str) -> bool:
        """Whether the index in `folder` was made as it would be made now; one that was not cannot
        be added to."""
