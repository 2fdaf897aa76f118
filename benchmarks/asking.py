"""How long answers take as reports grow in number, as multiples of the queries that they run.

    python benchmarks/asking.py [--reports N] [--workspace FOLDER]

Builds N made-up reports (200 if not given; 10,000 take an hour) into FOLDER, or asks what FOLDER
already holds, and asks the example questions of every form with the examples' departments exchanged
for drawn ones. Prints for each form and for all the median and the 99th percentile, and the median's
ratio to running the answers' own SPARQL alone, in the same run.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from generator import generate
from rich.progress import track

from kg import dropin, workspace
from kg.build import build
from search import questions
from search.collection import Collection, open_collection
from search.grammar.facts import Graph
from search.indexer import SearchIndexer

T = TypeVar("T")
NAMED = ("青岭区水利局", "松洲市文化和旅游局", "临河市卫生健康委员会", "云溪县教育局", "望川县公安局", "白泽县民政局")
"""Departments of the example reports that the forms' example questions name in full."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--workspace", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        collection = opened(arguments.workspace or Path(scratch) / "workspace", arguments.reports)
        report(collection)


def opened(folder: Path, count: int) -> Collection:
    """The workspace in `folder`, made with `count` reports where there is none."""
    if not (folder / "current").exists():
        with tempfile.TemporaryDirectory() as made:
            for seed in track(range(count), "made up"):
                report = generate(seed, format="txt")
                (Path(made) / f"{seed:06d}-{report.name}").write_bytes(report.data)
            build(workspace.create(folder), [Path(made)], SearchIndexer())
    return open_collection(folder)


def report(collection: Collection) -> None:
    asked = list(_questions(collection))
    collection.ask(asked[0][1])  # models and names are loaded once
    answers: dict[str, list[float]] = defaultdict(list)
    queries: dict[str, list[float]] = defaultdict(list)
    for form, question in track(asked, "asked"):
        spent, answer = _timed(partial(collection.ask, question))
        answers[form].append(spent)
        if answer.sparql:
            queries[form].append(_timed(partial(_run, collection, answer.sparql))[0])
    print(f"{len(collection.generation.entries)} reports, {len(asked)} questions; milliseconds")
    for form in sorted(answers):
        _line(form, answers[form], queries[form])
    _line("all", list(chain(*answers.values())), list(chain(*queries.values())))


def _run(collection: Collection, sparql: str) -> None:
    for _ in collection.query(sparql):
        pass


def _questions(collection: Collection, times: int = 3) -> Iterator[tuple[str, str]]:
    dice = random.Random(1)
    names = sorted(called.name for called in Graph(collection.dataset, collection.query).names().departments.values())
    for form, module in dropin.every(questions).items():
        for example in module.EXAMPLES:
            for _ in range(times):
                question = example
                for name in NAMED:
                    question = question.replace(name, dice.choice(names))
                yield form, question


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds and what came of it."""
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1000, result


def _line(name: str, answers: Sequence[float], queries: Sequence[float]) -> None:
    slowest = quantiles(answers, n=100)[98] if len(answers) > 1 else answers[0]
    peer = f"{median(answers) / median(queries):8.1f} × its query" if queries else ""
    print(f"{name:12} median {median(answers):8.1f}  p99 {slowest:8.1f} {peer}")


if __name__ == "__main__":
    main()
