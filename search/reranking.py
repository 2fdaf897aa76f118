"""A second, slower reader of the best hits: one seam for every cross-encoder.

Off unless a model is named: a folder, or a name on the hub, that sentence-transformers reads as a
CrossEncoder (BAAI/bge-reranker-base, for example). It sees query and passage together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from search.embedding import crossing

WEIGHT = 4.0  # as much say as all others together
READ = 30  # hits that it reads for a page of ten


class Reranker(Protocol):
    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """How well each text answers the query, from 0 to 1."""


@cache
def load_reranker(name: str) -> Reranker:
    """The cross-encoder in the folder `name`, or of that name on the hub or in its local cache.
    ModelError `model-missing`, saying what to do, where it cannot be had."""
    return _CrossEncoder(crossing(name))


class _CrossEncoder:
    def __init__(self, model: Any) -> None:
        self._model = model

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        if not texts:
            return np.zeros(0)
        raw = np.asarray(self._model.predict([(query, text) for text in texts], show_progress_bar=False), np.float64)
        if raw.ndim > 1:  # a model with several classes: the last one says that it fits
            raw = raw[:, -1]
        fits: NDArray[np.float64] = raw if raw.min() >= 0 and raw.max() <= 1 else 1 / (1 + np.exp(-raw))
        return fits
