"""Is a judged query, or something close to it, among the texts that the model learns from? Prints counts only.

`python -m search.training.leakage --data FOLDER --judged QUERIES.jsonl` compares every query, passage and near miss of
the task pairs (given and own) and every public pair with every judged `query`, by the Jaccard similarity of their
character trigrams. No text of either side is shown, so that running it teaches nobody the judged queries.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from search.training import sources

TOO_CLOSE = 0.8


@dataclass(frozen=True, slots=True)
class Leakage:
    """How many judged queries were compared with how many texts; how many pairs of them are `equal` or `close`."""

    judged: int
    texts: int
    equal: int
    close: int
    highest: float


def leakage(judged: Iterable[str], texts: Iterable[str], too_close: float = TOO_CLOSE) -> Leakage:
    """Compare each of `texts` with each of the `judged` queries; close is a similarity of at least `too_close`."""
    queries = {_folded(query): trigrams(query) for query in judged}
    holders: dict[str, list[str]] = defaultdict(list)
    for query, grams in queries.items():
        for gram in grams:
            holders[gram].append(query)
    learnt = set(texts)
    equal = close = 0
    highest = 0.0
    for text in learnt:
        grams = trigrams(text)
        shared = Counter(query for gram in grams for query in holders.get(gram, ()))
        similarity = max((n / len(grams | queries[query]) for query, n in shared.items()), default=0.0)
        highest = max(highest, similarity)
        close += similarity >= too_close
        equal += _folded(text) in queries
    return Leakage(len(queries), len(learnt), equal, close, highest)


def trigrams(text: str) -> set[str]:
    """The character trigrams of `text`, folded, with one sign of padding at both ends."""
    padded = f" {_folded(text)} "
    return {padded[i : i + 3] for i in range(max(1, len(padded) - 2))}


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def main() -> None:
    """The command line; exits with 1 where anything is equal or too close."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--judged", type=Path, required=True)
    chosen = arguments.parse_args()
    corpus = sources.read(chosen.data)
    judged = [json.loads(line)["query"] for line in chosen.judged.read_text("utf-8").splitlines() if line.strip()]
    console = Console(highlight=False)
    for name, pairs in {"task": corpus.task + corpus.held, **corpus.public}.items():
        found = leakage(judged, (text for p in pairs for text in (p.query, p.passage, p.near) if text))
        console.print(
            f"{name}: {found.texts} texts against {found.judged} judged queries: "
            f"{found.equal} equal, {found.close} too close, the closest {found.highest:.2f}"
        )
        if name == "task" and found.equal + found.close:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
