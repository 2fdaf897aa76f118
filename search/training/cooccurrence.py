"""First vectors for the words: which words keep which company (positive PMI), squeezed by a truncated SVD.

This stands in for skip-gram training, which factorises the same matrix, and is done in a minute on one core. The two
sides of a pair count as one another's company, so English words and lay words find their place among official ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

Ids = NDArray[np.int32]
_CHUNK = 20_000_000


def windows(sentences: Iterable[Ids], size: int, width: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """How often word ids (all below `size`) stand at most `width` places apart: keys `row * size + column`, counts.

    A pair of words d places apart counts 1/d, as skip-gram's shrinking window does on average.
    """
    lengths, flat = [], []
    for sentence in sentences:
        flat.append(sentence)
        lengths.append(len(sentence))
    words = np.concatenate(flat)
    owner = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    table = _Table()
    for distance in range(1, width + 1):
        for start in range(0, len(words) - distance, _CHUNK):
            end = min(start + _CHUNK, len(words) - distance)
            left, right = words[start:end], words[start + distance : end + distance]
            same = owner[start:end] == owner[start + distance : end + distance]
            table.add(left[same].astype(np.int64) * size + right[same], 1 / distance)
    return table.total()


def across(pairs: Iterable[tuple[Ids, Ids]], size: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The same for pairs of texts: every word of one side keeps company with every word of the other.

    However long the texts, each word has in all one neighbour, so that long pairs do not drown short ones.
    """
    keys, weights = [], []
    for left, right in pairs:
        if len(left) and len(right):
            keys.append((left[:, None].astype(np.int64) * size + right[None, :]).ravel())
            weights.append(np.full(len(left) * len(right), 1 / min(len(left), len(right)), dtype=np.float32))
    table = _Table()
    if keys:
        table.add(np.concatenate(keys), np.concatenate(weights))
    return table.total()


class _Table:
    """Counts by key, merged as they come so that memory holds the distinct keys only."""

    def __init__(self) -> None:
        self._keys = np.zeros(0, np.int64)
        self._counts = np.zeros(0, np.float32)

    def add(self, keys: NDArray[np.int64], weight: float | NDArray[np.float32]) -> None:
        counts = np.full(len(keys), weight, np.float32) if isinstance(weight, float) else weight
        keys, inverse = np.unique(np.concatenate([self._keys, keys]), return_inverse=True)
        counts = np.concatenate([self._counts, counts])
        self._keys, self._counts = keys, np.bincount(inverse, weights=counts).astype(np.float32)

    def total(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        return self._keys, self._counts


def vectors(
    tables: Sequence[tuple[NDArray[np.int64], NDArray[np.float32]]],
    size: int,
    dims: int,
    shift: float = 0.0,
    smoothing: float = 0.75,
) -> NDArray[np.float32]:
    """Unit vectors (size × dims) of the words by the summed, symmetric `tables`; a word without company gets zeros.

    `smoothing` flattens the context distribution, `shift` (in nats) drops weak associations.
    """
    keys = np.concatenate([t[0] for t in tables])
    counts = np.concatenate([t[1] for t in tables])
    rows, columns = np.divmod(keys, size)
    indices = torch.from_numpy(np.stack([np.concatenate([rows, columns]), np.concatenate([columns, rows])]))
    joint = _sparse(indices, torch.from_numpy(np.concatenate([counts, counts])), size)
    ij, n = joint.indices(), joint.values().double()
    row = torch.zeros(size, dtype=torch.double).index_add_(0, ij[0], n)
    context = row.pow(smoothing)
    pmi = (n / row[ij[0]] / (context / context.sum())[ij[1]]).log() - shift
    keep = pmi > 0
    both_ways = torch.cat([ij[:, keep], ij[:, keep].flip(0)], dim=1)
    strength, found = _largest(_sparse(both_ways, pmi[keep].float().repeat(2) / 2, size), dims)
    scaled = found * strength.sqrt()
    unit: NDArray[np.float32] = torch.nn.functional.normalize(scaled, dim=1).numpy()
    return unit


def _sparse(indices: torch.Tensor, values: torch.Tensor, size: int) -> torch.Tensor:
    return torch.sparse_coo_tensor(indices, values, (size, size), check_invariants=False).coalesce()


def _largest(matrix: torch.Tensor, rank: int, rounds: int = 6) -> tuple[torch.Tensor, torch.Tensor]:
    """The `rank` largest eigenvalues of a symmetric matrix and their vectors, by subspace iteration."""
    basis = torch.randn(matrix.shape[0], rank + 16, generator=torch.Generator().manual_seed(0))
    for _ in range(rounds):
        basis = torch.linalg.qr(matrix @ basis).Q
    values, inner = torch.linalg.eigh(basis.T @ (matrix @ basis))
    top = values.argsort(descending=True)[:rank]
    return values[top].clamp(min=0), basis @ inner[:, top]
