"""Make the default model: `python -m search.training.train --data FOLDER --out search/models/jixiao-static`.

Everything is seeded and runs on one CPU core in about half an hour; see the model's card for the recipe and figures.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.console import Console
from tokenizers import Tokenizer

from search.training import contrast, cooccurrence, sources, vocabulary
from search.training.evaluation import figures
from search.training.mixture import encode, encode_pairs, mixture

# How many times a text of a source is counted when words are chosen and when company is counted.
WORD_WEIGHTS = {"lexicon": 20, "tatoeba": 2, "cedict": 1, "wordnet-zh": 1, "cmrc": 1}
TASK_WORD_WEIGHT = 20
TASK_COMPANY_WEIGHT = 3
_UNKNOWN_LENGTH = 1e-3  # not 0: a text of unknown words alone must still have a direction in half precision


@dataclass(frozen=True, slots=True)
class Recipe:
    """Sizes of everything. The defaults make the shipped model."""

    chinese: int = 30_000
    english: int = 12_500
    dims: int = 256
    window: int = 5
    batch: int = 512
    distracting: int = 2048
    held_distractors: int = 15_000
    learning: contrast.Settings = field(default_factory=contrast.Settings)


def make(
    data: Path, out: Path, recipe: Recipe, say: Callable[[str], None], own: Path = sources.OWN_PAIRS
) -> NDArray[np.float16]:
    """Train by `recipe` on `data`, save the model in `out`, tell `say` how it goes; gives the vectors saved."""
    corpus = sources.read(data, own)
    say(f"{len(corpus.task)} task pairs, {len(corpus.held)} held out, {len(corpus.text)} sentences")
    tokenizer = vocabulary.tokenizer(vocabulary.count(_counted(corpus)), recipe.chinese, recipe.english)
    say(f"{tokenizer.get_vocab_size()} words")
    # Every tenth official sentence is kept for the evaluation; the rest distract in training.
    official = [ids for ids in encode(tokenizer, corpus.passages()) if len(ids)]
    unseen = official[::10][: recipe.held_distractors]
    batches = mixture(
        corpus, tokenizer, [s for i, s in enumerate(official) if i % 10], recipe.batch, recipe.distracting
    )
    start = first_vectors(corpus, tokenizer, recipe) * batches.rarity[:, None].astype(np.float32)
    say(f"first vectors: {figures(torch.from_numpy(start), tokenizer, corpus.held, unseen)}")

    def watch(step: int, vectors: torch.Tensor, loss: float) -> None:
        if step % max(1, recipe.learning.steps // 10) == 0:
            say(f"step {step}, loss {loss:.3f}: {figures(vectors, tokenizer, corpus.held, unseen)}")

    words = contrast.Words(start, shared_parts(tokenizer))
    vectors = to_half(contrast.learn(words, batches, recipe.learning, watch))
    say(f"as saved: {figures(torch.from_numpy(vectors).float(), tokenizer, corpus.held, unseen)}")
    save(tokenizer, vectors, out)
    return vectors


def first_vectors(corpus: sources.Corpus, tokenizer: Tokenizer, recipe: Recipe) -> NDArray[np.float32]:
    """Vectors of length 1 by the company that words keep in the plain text and in the pairs."""
    size = tokenizer.get_vocab_size()
    paired = [p for name in WORD_WEIGHTS for p in corpus.public.get(name, ())]
    paired += [p for p in corpus.task for _ in range(TASK_COMPANY_WEIGHT)]
    told = [*encode(tokenizer, corpus.text), *(side for three in encode_pairs(tokenizer, paired) for side in three[:2])]
    tables = [
        cooccurrence.windows(told, size, recipe.window),
        cooccurrence.across([three[:2] for three in encode_pairs(tokenizer, paired)], size),
    ]
    return cooccurrence.vectors(tables, size, recipe.dims)


def shared_parts(tokenizer: Tokenizer) -> list[list[int]]:
    """For each word id the numbers of its parts, parts that no other word has left out."""
    by_id = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    of_words = [vocabulary.parts(word) for word, _ in by_id]
    holders: dict[str, int] = {}
    for of_word in of_words:
        for part in of_word:
            holders[part] = holders.get(part, 0) + 1
    number = {part: n for n, part in enumerate(p for p, count in holders.items() if count > 1)}
    return [[number[part] for part in of_word if part in number] for of_word in of_words]


def to_half(vectors: NDArray[np.float32]) -> NDArray[np.float16]:
    """The vectors in half precision, scaled to a mean length of 1; the unknown word gets a next to empty one."""
    scaled = vectors / np.linalg.norm(vectors, axis=1).mean()
    scaled[0] = _UNKNOWN_LENGTH / np.sqrt(vectors.shape[1])
    half: NDArray[np.float16] = scaled.astype(np.float16)
    return half


def save(tokenizer: Tokenizer, vectors: NDArray[np.float16], out: Path) -> None:
    """Write a sentence-transformers folder into `out`; a card (README.md) that is there stays."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds to import
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding  # noqa: PLC0415

    module = StaticEmbedding(tokenizer, embedding_weights=vectors)
    SentenceTransformer(modules=[module, Normalize()], device="cpu").save(str(out), create_model_card=False)
    (out / "model.safetensors").chmod(0o644)


def _counted(corpus: sources.Corpus) -> Iterator[tuple[str, int]]:
    for pair in corpus.task:
        yield pair.query, TASK_WORD_WEIGHT
        yield pair.passage, TASK_WORD_WEIGHT // 3
        yield pair.near, TASK_WORD_WEIGHT // 3
    for name, weight in WORD_WEIGHTS.items():
        for pair in corpus.public.get(name, ()):
            yield pair.query, weight
            yield pair.passage, weight
    for line in corpus.text:
        yield line, 1


def main() -> None:
    """The command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="folder with pairs/ and public/")
    arguments.add_argument("--out", type=Path, required=True, help="folder to write the model into")
    arguments.add_argument("--steps", type=int, default=contrast.Settings().steps)
    arguments.add_argument("--threads", type=int, default=1)
    chosen = arguments.parse_args()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    torch.set_num_threads(chosen.threads)
    recipe = Recipe(learning=contrast.Settings(steps=chosen.steps))
    make(chosen.data, chosen.out, recipe, Console(stderr=True, highlight=False).log)


if __name__ == "__main__":
    main()
