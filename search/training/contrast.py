"""Contrastive learning: a query's vector is pulled to its passage's and pushed off every other passage in the batch."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Batch:
    """Encoded texts: query i is answered by passage i and by none of the `others`."""

    queries: list[Ids]
    passages: list[Ids]
    others: list[Ids]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn. Rates are per kind of parameter: slow for a word's own vector, which only its few texts shape and
    which would learn them by heart, quicker for what many words share."""

    steps: int = 600
    own_rate: float = 3e-4
    part_rate: float = 2e-3
    gain_rate: float = 1e-2
    temperature: float = 0.05
    dropout: float = 0.1
    averaged: float = 0.998  # the decay of the running mean of the vectors, which is what is kept
    seed: int = 7


class Words(nn.Module):
    """The vectors of the words: a word's own plus the mean of those of its parts, which it shares with its kin.

    The sum is multiplied by a gain: how much the word matters beside others.
    """

    def __init__(self, vectors: NDArray[np.float32], parts: Sequence[Sequence[int]]) -> None:
        """`vectors` to start from, one a word; `parts[i]` the numbers of the parts that word i consists of."""
        super().__init__()
        rows = [row for row, of_row in enumerate(parts) for _ in of_row]
        columns = [part for of_row in parts for part in of_row]
        shares = [1 / len(of_row) for of_row in parts for _ in of_row]
        count = max(columns, default=0) + 1
        indices = torch.tensor([rows, columns], dtype=torch.long).reshape(2, -1)
        shape = (len(parts), count)
        self._made_of = torch.sparse_coo_tensor(indices, torch.tensor(shares), shape, check_invariants=False).coalesce()
        self._in = torch.sparse_coo_tensor(
            indices.flip(0), torch.tensor(shares), shape[::-1], check_invariants=False
        ).coalesce()
        start = torch.from_numpy(vectors)
        held = torch.sparse.mm(self._in, torch.ones(len(parts), 1)).clamp(min=1)
        self.part = nn.Parameter(torch.sparse.mm(self._in, start) / held)
        self.own = nn.Parameter(start - torch.sparse.mm(self._made_of, self.part.detach()))
        self.gain = nn.Parameter(torch.zeros(len(parts), 1))

    def forward(self) -> torch.Tensor:
        vectors: torch.Tensor = (self.own + torch.sparse.mm(self._made_of, self.part)) * self.gain.exp()
        return vectors


def embed(words: torch.Tensor, texts: Sequence[Ids]) -> torch.Tensor:
    """Unit vectors of encoded texts: the mean of their words' vectors, at length 1."""
    lengths = np.array([len(t) for t in texts])
    flat = torch.from_numpy(np.concatenate(texts).astype(np.int64))
    offsets = torch.from_numpy(np.concatenate([[0], np.cumsum(lengths)[:-1]]))
    return functional.normalize(functional.embedding_bag(flat, words, offsets, mode="mean"), dim=1)


def loss(words: torch.Tensor, batch: Batch, temperature: float) -> torch.Tensor:
    """InfoNCE in both directions; passages that are equal to a query's answer do not count against it."""
    queries, passages = embed(words, batch.queries), embed(words, batch.passages + batch.others)
    logits = queries @ passages.T / temperature
    keys = [t.tobytes() for t in batch.passages + batch.others]
    numbers = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    label = torch.tensor([numbers[k] for k in keys])
    n = len(batch.queries)
    same = label[:n, None] == label[None, :]
    same[torch.arange(n), torch.arange(n)] = False
    logits = logits.masked_fill(same, -math.inf)
    answer = torch.arange(n)
    forth = functional.cross_entropy(logits, answer)
    back = functional.cross_entropy(logits[:, :n].T, answer)
    return forth + 0.5 * back


def drop(texts: Sequence[Ids], share: float, rng: np.random.Generator) -> list[Ids]:
    """The texts with a `share` of their words left out at random, though never all of them."""
    kept = []
    for text in texts:
        mask = rng.random(len(text)) >= share
        kept.append(text[mask] if mask.any() else text)
    return kept


def learn(
    words: Words,
    batches: Callable[[np.random.Generator], Iterator[Batch]],
    settings: Settings,
    watch: Callable[[int, torch.Tensor, float], None],
) -> NDArray[np.float32]:
    """Train `words` on the endless stream `batches(rng)`; the vectors are the running mean over the last steps.

    `watch(step, vectors, loss)` is called after every step.
    """
    rng = np.random.default_rng(settings.seed)
    rates = {words.own: settings.own_rate, words.part: settings.part_rate, words.gain: settings.gain_rate}
    optimiser = torch.optim.Adam([{"params": [p], "lr": rate} for p, rate in rates.items()], betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, list(rates.values()), total_steps=settings.steps, pct_start=0.1, cycle_momentum=False
    )
    mean = words().detach().clone()
    for step, batch in zip(range(1, settings.steps + 1), batches(rng), strict=False):
        thinned = Batch(*(drop(side, settings.dropout, rng) for side in (batch.queries, batch.passages, batch.others)))
        vectors = words()
        value = loss(vectors, thinned, settings.temperature)
        optimiser.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        mean.lerp_(vectors.detach(), 1 - min(settings.averaged, step / (step + 10)))
        watch(step, mean, value.item())
    trained: NDArray[np.float32] = mean.numpy()
    return trained
