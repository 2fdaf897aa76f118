"""How well held-out task queries find their passage among all held-out passages and many distractors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer

from search.training.contrast import Ids, embed
from search.training.mixture import encode
from search.training.sources import Pair


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the queries: nDCG@10 and recall@10 (0 to 1), and of nDCG@10 by language of the query."""

    queries: int
    ndcg: float
    recall: float
    chinese: float
    english: float

    def __str__(self) -> str:
        return (
            f"nDCG@10 {self.ndcg:.3f} (zh {self.chinese:.3f}, en {self.english:.3f}), "
            f"recall@10 {self.recall:.3f}, {self.queries} queries"
        )


def figures(words: torch.Tensor, tokenizer: Tokenizer, held: Sequence[Pair], distractors: Sequence[Ids]) -> Figures:
    """The figures of `words` (vectors by word id) on `held` pairs, whose near misses are in the way as well."""
    passages = list(dict.fromkeys([p.passage for p in held] + [p.near for p in held if p.near]))
    place = {passage: i for i, passage in enumerate(passages)}
    with torch.no_grad():
        pool = embed(words, [*encode(tokenizer, passages), *distractors])
        similarity = embed(words, encode(tokenizer, [p.query for p in held])) @ pool.T
    wanted = torch.tensor([place[p.passage] for p in held])
    ahead = (similarity > similarity.gather(1, wanted[:, None])).sum(1).tolist()
    gains = np.array([1 / math.log2(rank + 2) if rank < 10 else 0.0 for rank in ahead])
    english = np.array([p.query.isascii() for p in held])
    return Figures(
        queries=len(held),
        ndcg=float(gains.mean()),
        recall=float(np.mean([rank < 10 for rank in ahead])),
        chinese=_mean(gains[~english]),
        english=_mean(gains[english]),
    )


def _mean(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return float(values.mean()) if len(values) else math.nan
