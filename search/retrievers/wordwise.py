"""Meaning word by word: how much of the query a passage says, whatever its words for it.

The vector of a passage drowns its words in each other. A model that knows single words (its
tokens keep their vectors whatever stands around them) compares them one by one: each token of
the query counts by how near the nearest token of the passage comes to it (late interaction).
That is too dear for a whole index, so this retriever finds nothing itself and only rates what
others found. It keeps the tokens of every passage, so that rating costs no more than looking up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kg.errors import WorkspaceError
from search.embedding import WordVectors, load_model
from search.passage import Passage
from search.retrievers import Found, Ordinals

WEIGHT = 2.0
_ABOUT = "about.json"
_PARTS = ("ordinals", "starts", "tokens")


class WordwiseIndex:
    """The tokens in `folder`, opened for reading."""

    def __init__(self, folder: Path, model: str) -> None:
        self._words = _words(model)
        self._ordinals, self._starts, self._tokens = _read(folder, mapped=True)

    def __len__(self) -> int:
        return len(self._ordinals)

    def search(self, query: str, k: int, allowed: Ordinals | None = None) -> Found:
        """Nothing: it only rates."""
        return []

    def holding(self, query: str) -> None:
        """It does not know where words stand."""

    def scores(self, query: str, ordinals: Ordinals) -> dict[int, float]:
        """How much of `query` each of these passages says, from 0 to 1."""
        asked = self._words.tokens([query])[0]
        if not asked or not len(ordinals):
            return {}
        places = np.searchsorted(self._ordinals, ordinals)
        said = [self._tokens[self._starts[p] : self._starts[p + 1]] for p in places]
        known, at = np.unique(np.concatenate(said), return_inverse=True)
        wanted = self._words.vectors(asked)
        # A token that says much has a long vector: the mean of a text leans towards it.
        weight = np.linalg.norm(wanted, axis=1)
        near = np.maximum(_unit(wanted) @ _unit(self._words.vectors(known)).T, 0.0)
        firsts = np.cumsum([0, *(len(tokens) for tokens in said[:-1])])
        nearest = np.maximum.reduceat(near[:, at], firsts, axis=1)
        rated = weight @ nearest / max(float(weight.sum()), 1e-12)
        return {int(ordinal): float(score) for ordinal, score in zip(ordinals, rated, strict=True)}


class WordwiseWriter:
    """The tokens in `folder`, opened for writing: made where there are none."""

    def __init__(self, folder: Path, model: str) -> None:
        folder.mkdir(exist_ok=True)
        self._folder, self._words = folder, _words(model)
        about = {"model": load_model(model).identity}
        empty = (np.zeros(0, np.int64), np.zeros(1, np.int64), np.zeros(0, np.int32))
        self._ordinals, self._starts, self._tokens = _read(folder) if (folder / _ABOUT).exists() else empty
        (folder / _ABOUT).write_text(json.dumps(about), "utf-8")
        self._fresh: list[tuple[int, list[int]]] = []

    def remove(self, ordinals: Ordinals) -> None:
        keep = ~np.isin(self._ordinals, ordinals)
        lengths = np.diff(self._starts)
        self._tokens = self._tokens[np.repeat(keep, lengths)]
        self._ordinals = self._ordinals[keep]
        self._starts = _starts(lengths[keep])

    def add(self, ordinals: Ordinals, passages: Sequence[Passage]) -> None:
        tokens = self._words.tokens([passage.indexed for passage in passages])
        # A passage of no known token has one that is near to nothing, so that none is empty.
        self._fresh += [(int(o), sorted(set(own)) or [0]) for o, own in zip(ordinals, tokens, strict=True)]

    def close(self) -> None:
        fresh = [token for _, tokens in self._fresh for token in tokens]
        lengths = [*np.diff(self._starts).tolist(), *(len(tokens) for _, tokens in self._fresh)]
        whole = (
            np.concatenate([self._ordinals, np.array([o for o, _ in self._fresh], np.int64)]),
            _starts(np.array(lengths, np.int64)),
            np.concatenate([self._tokens, np.array(fresh, np.int32)]),
        )
        for name, part in zip(_PARTS, whole, strict=True):
            np.save(self._folder / f"{name}.new.npy", part, allow_pickle=False)
            (self._folder / f"{name}.new.npy").replace(self._folder / f"{name}.npy")


def write(folder: Path, model: str) -> WordwiseWriter:
    return WordwiseWriter(folder, model)


def load(folder: Path, model: str) -> WordwiseIndex:
    return WordwiseIndex(folder, model)


def is_current(folder: Path, model: str) -> bool:
    try:
        return bool(json.loads((folder / _ABOUT).read_bytes())["model"] == load_model(model).identity)
    except (OSError, ValueError, KeyError):
        return False


def suits(model: str) -> bool:
    return load_model(model).words is not None


def _words(model: str) -> WordVectors:
    words = load_model(model).words
    assert words is not None, "asked only where it suits"
    return words


def _read(folder: Path, *, mapped: bool = False) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    try:
        mode: Literal["r"] | None = "r" if mapped else None
        # As plain arrays: slices of a memmap cost five times as much.
        ordinals, starts, tokens = (np.asarray(np.load(folder / f"{name}.npy", mode)) for name in _PARTS)
    except (OSError, ValueError) as error:
        raise WorkspaceError("damaged", "逐词索引已损坏，请重建", file=str(folder)) from error
    return ordinals, starts, tokens


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return unit
