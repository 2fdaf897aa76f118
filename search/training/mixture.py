"""What a batch is made of: pairs of one source at a time, and official sentences that answer none of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from search.training.contrast import Batch, Ids
from search.training.glosses import Glossary, rarity
from search.training.sources import Corpus, Pair

T = TypeVar("T")
_AT_ONCE = 5000
GLOSSES = ("lexicon", "cedict", "wordnet-zh")

# The share of the batches that each source gets. Pairs written for the task lead; the others keep it from forgetting
# the words that no task pair has. Law and work reports are worth more as distractors than as pairs.
SHARES: Mapping[str, float] = {
    "task": 0.55,
    "glosses": 0.15,
    "lexicon": 0.06,
    "law": 0.05,
    "work-reports": 0.05,
    "cedict": 0.04,
    "tatoeba": 0.04,
    "wordnet-zh": 0.04,
    "cmrc": 0.02,
}


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    """The word ids of each text."""
    return [
        np.array(encoding.ids, dtype=np.int32)
        for start in range(0, len(texts), _AT_ONCE)
        for encoding in tokenizer.encode_batch(list(texts[start : start + _AT_ONCE]), add_special_tokens=False)
    ]


def encode_pairs(tokenizer: Tokenizer, pairs: Sequence[Pair]) -> list[tuple[Ids, Ids, Ids]]:
    """Query, passage and near miss of each pair as word ids; a pair with an empty side is left out."""
    sides = (encode(tokenizer, [getattr(p, side) for p in pairs]) for side in ("query", "passage", "near"))
    return [three for three in zip(*sides, strict=True) if len(three[0]) and len(three[1])]


@dataclass(frozen=True, slots=True)
class Mixture:
    """Calling it with a random generator gives an endless stream of batches."""

    pairs: Mapping[str, Sequence[tuple[Ids, Ids, Ids]]]
    distractors: Sequence[Ids]
    glossary: Glossary
    rarity: NDArray[np.float64]
    size: int
    distracting: int

    def __call__(self, rng: np.random.Generator) -> Iterator[Batch]:
        sources = [name for name in SHARES if name == "glosses" or self.pairs.get(name)]
        chance = np.array([SHARES[name] for name in sources])
        while True:
            source = sources[rng.choice(len(sources), p=chance / chance.sum())]
            batch = self._glossed(rng) if source == "glosses" else self._drawn(source, rng)
            if batch.queries:
                yield batch

    def _drawn(self, source: str, rng: np.random.Generator) -> Batch:
        chosen = _draw(self.pairs[source], self.size, rng)
        near = [three[2] for three in chosen if len(three[2])]
        official = source == "task" and len(self.distractors)
        others = _draw(self.distractors, self.distracting, rng) if official else []
        return Batch([three[0] for three in chosen], [three[1] for three in chosen], near + others)

    def _glossed(self, rng: np.random.Generator) -> Batch:
        passages = [three[1] for three in _draw(self.pairs["task"], self.size // 2, rng)]
        passages += _draw(self.distractors, self.size // 2, rng)
        made = [(self.glossary.query(passage, self.rarity, rng), passage) for passage in passages]
        kept = [(query, passage) for query, passage in made if len(query)]
        others = _draw(self.distractors, self.distracting, rng)
        return Batch([query for query, _ in kept], [passage for _, passage in kept], others)


def mixture(corpus: Corpus, tokenizer: Tokenizer, distractors: Sequence[Ids], size: int, distracting: int) -> Mixture:
    """The batches of `corpus`: `size` pairs each, beside them `distracting` of the `distractors`."""
    pairs = {name: encode_pairs(tokenizer, of_source) for name, of_source in corpus.public.items()}
    pairs["task"] = encode_pairs(tokenizer, corpus.task)
    glossary = Glossary((query, passage) for name in GLOSSES for query, passage, _ in pairs.get(name, ()))
    words = rarity([*distractors, *(passage for _, passage, _ in pairs["task"])], tokenizer.get_vocab_size())
    return Mixture(pairs, distractors, glossary, words, size, distracting)


def _draw(items: Sequence[T], count: int, rng: np.random.Generator) -> list[T]:
    return [items[i] for i in rng.integers(len(items), size=count)] if len(items) else []
