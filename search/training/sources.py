"""The texts that the model learns from: pairs that mean the same, and plain official sentences."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OWN_PAIRS = Path(__file__).parent / "pairs"

# What is left out: squad-zh and csl, whose licences are not clear.
PUBLIC = ("lexicon", "law", "work-reports", "cedict", "tatoeba", "wordnet-zh", "cmrc")
PASSAGES = ("law", "work-reports")


@dataclass(frozen=True, slots=True)
class Pair:
    """A query, the passage that answers it and, where somebody wrote one, a passage that only looks like an answer."""

    query: str
    passage: str
    near: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything read: `task` pairs to learn from, `held` pairs never learnt from, `public` pairs by source."""

    task: tuple[Pair, ...]
    held: tuple[Pair, ...]
    public: dict[str, tuple[Pair, ...]]
    text: tuple[str, ...] = field(repr=False)

    def passages(self) -> tuple[str, ...]:
        """Every official sentence of the public sources, once, in the order read: what distracts a search."""
        return tuple(dict.fromkeys(p.passage for name in PASSAGES for p in self.public.get(name, ())))


def read(data: Path, own: Path = OWN_PAIRS, held_share: float = 0.08) -> Corpus:
    """The corpus in folder `data` (`pairs/*.jsonl`, `public/*.jsonl.gz`, `public/text.txt.gz`) plus `own` pairs.

    `held_share` of the task passages (0 to 1), chosen by their content, are held out with all their queries.
    """
    task: list[Pair] = []
    held: list[Pair] = []
    for record in _records(sorted((data / "pairs").glob("*.jsonl")) + sorted(own.glob("*.jsonl"))):
        (held if _draw(record["passage"]) < held_share else task).extend(_task_pairs(record))
    public = {
        name: tuple(Pair(r["a"], r["b"]) for r in _records([path]))
        for name in PUBLIC
        if (path := data / "public" / f"{name}.jsonl.gz").exists()
    }
    return Corpus(tuple(task), tuple(held), public, tuple(_lines(data / "public" / "text.txt.gz")))


def _task_pairs(record: dict[str, Any]) -> Iterator[Pair]:
    queries = [*record["queries"], *([record["query_zh"]] if "query_zh" in record else [])]
    return (Pair(query, record["passage"], record.get("near", "")) for query in queries)


def _draw(text: str) -> float:
    """A number from 0 to 1 that depends on nothing but `text`, so that the split never moves."""
    return zlib.crc32(text.encode()) / 2**32


def _records(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for path in paths for line in _lines(path))


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from (line for line in file if line.strip())
