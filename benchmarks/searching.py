"""What search costs beside its two engines alone, and what it finds among many strangers.

    python benchmarks/searching.py [--sizes 10000 100000 1000000]
    python benchmarks/searching.py --sizes --judged QUERIES.jsonl --workspace DIR [--scorer FILE] [--distractors 20000]

The first form prints, for each number of made-up passages: seconds to build, p50 and p99 of a
query (time of the processor, which neighbours hardly touch; all of it runs in memory), the memory
that the process has of its own, and how many of the exact ten nearest the dense retriever finds;
then what a filter costs, and what adding and replacing one report cost, from the copy of the
generation to the checksums of its new files. Every line is measured in a process of its own; pages
of mapped files, which processes share, are not counted as its memory.

An engine alone answers the same queries: faiss and tantivy, bare, with nothing of ours around
them. "Words to passages" is the whole of it, what search does too: the query's words are encoded
(or cut, the same cuts), the ten best found, and read from one table of passages. "Vectors only"
and "words to numbers" leave away all but the engine's own search. What search costs is told as a
multiple of the sum of both, in either way, asked in turn by one process; faiss compares every float
vector (flat) or has the very index that we have (same).

The second form adds made-up passages to a copy of the workspace's index, answers judged queries
from it, and has FILE score the answers. judged.jsonl has sixty over the example reports, judged by
reading before anything was searched for them.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

import faiss
import generated
import numpy as np
import tantivy
from judging import MODES, NEAREST, judged

from kg import workspace
from search.embedding import load_model
from search.index import HYBRID, SearchIndex, drafting
from search.words import cut

Result = TypeVar("Result")
QUERIES, WARM = 300, 20
FILTERS: tuple[dict[str, Any], ...] = (
    {"kind": "duty"},
    {"kind": "problem", "year": 2020},
    {"region": next(iter(generated.reports(1)))[0].region},
)
TABLE = "passages.sqlite"


@dataclass(frozen=True)
class Cost:
    """Seconds to build, milliseconds of every query, the memory of the process in MiB, and what was found."""

    build: float = 0.0
    queries: Sequence[float] = ()
    memory: float = 0.0
    answers: Any = None

    @property
    def p50(self) -> float:
        return float(np.median(self.queries))

    def line(self, name: str) -> str:
        build = f"{self.build:9.1f} s" if self.build else f"{'':11}"
        asked = f"{'':33}"
        if self.queries:
            p50, p99 = np.percentile(self.queries, (50, 99))
            asked = f"  p50 {p50:7.2f} ms  p99 {p99:7.2f} ms"
        return f"  {name:36}{build}{asked}  {self.memory:7.0f} MiB"


def alone(work: Callable[..., Result], *given: object) -> Result:
    """What `work` gives in a fresh process, so that its memory is its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def memory() -> float:
    """The memory that this process has of its own, in MiB: not the pages of files that it has mapped."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


def timed(ask: Callable[[Any], Any], asked: Sequence[Any]) -> tuple[list[float], list[Any]]:
    """Milliseconds of each, after some that warm up, and what each found."""
    for one in asked[:WARM]:
        ask(one)
    took, found = [], []
    for one in asked[WARM:]:
        start = time.process_time()
        found.append(ask(one))
        took.append((time.process_time() - start) * 1000)
    return took, found


def build(folder: Path, size: int) -> Cost:
    start = time.process_time()
    with drafting(folder) as draft:
        for passages in generated.reports(size):
            draft.add(passages, generated.name)
        held = memory()
    return Cost(time.process_time() - start, memory=held)


def ask(folder: Path, mode: str, asked: Sequence[str]) -> Cost:
    index = SearchIndex.open(folder)
    took, found = timed(lambda query: index.search(query, NEAREST, mode=mode), asked)
    return Cost(queries=took, memory=memory(), answers=len(found))


def ask_filtered(folder: Path, chosen: dict[str, Any], asked: Sequence[str]) -> Cost:
    index = SearchIndex.open(folder)
    share = len(index.catalogue.allowed(*(chosen.get(name) for name in ("kind", "department", "region", "year"))))
    took, _ = timed(lambda query: index.search(query, NEAREST, **chosen), asked)
    return Cost(queries=took, memory=memory(), answers=share / len(index.catalogue))


def nearest(folder: Path, asked: Sequence[str]) -> Cost:
    """The ordinals of the ten nearest, as the dense retriever finds them."""
    dense = SearchIndex.open(folder).retriever("dense")
    return Cost(answers=[dense.find(query, NEAREST) for query in asked[WARM:]])


def embed(place: Path, size: int, asked: Sequence[str]) -> Cost:
    """Write what the bare engines are given: the vectors, and the table of passages that they read from."""
    model = load_model()
    start, at = time.process_time(), 0
    vectors = np.lib.format.open_memmap(place / "vectors.npy", "w+", np.float32, (size, model.dimension))
    for passages in generated.reports(size):
        vectors[at : at + len(passages)] = model.encode_passages([p.embedded for p in passages])
        at += len(passages)
    seconds = time.process_time() - start
    vectors.flush()
    with closing(sqlite3.connect(place / TABLE)) as table:
        table.execute("CREATE TABLE passage (ordinal INTEGER PRIMARY KEY, report, start, text)")
        every = chain.from_iterable(generated.reports(size))
        rows = ((number, p.report, p.span.start, p.text) for number, p in enumerate(every))
        table.executemany("INSERT INTO passage VALUES (?, ?, ?, ?)", rows)
        table.commit()
    took, _ = timed(model.encode_query, asked)
    np.save(place / "queries.npy", np.stack([model.encode_query(query) for query in asked]))
    return Cost(seconds, took, memory())


def reader(place: Path) -> Callable[[Sequence[int]], list[Any]]:
    """What reads the passages of these ordinals from the table."""
    table = sqlite3.connect(place / TABLE)
    return lambda ordinals: [
        table.execute("SELECT report, start, text FROM passage WHERE ordinal = ?", (ordinal,)).fetchone()
        for ordinal in ordinals
    ]


def flat(place: Path) -> Any:
    vectors = np.load(place / "vectors.npy", "r")
    index = faiss.IndexFlatIP(vectors.shape[1])
    for at in range(0, len(vectors), 1 << 16):
        index.add(np.asarray(vectors[at : at + (1 << 16)]))
    return index


def faiss_flat(place: Path, asked: Sequence[str]) -> tuple[Cost, Cost]:
    """Every float vector compared: exact. Vectors only, and words to passages."""
    faiss.omp_set_num_threads(1)
    encoded = np.load(place / "queries.npy")
    start = time.process_time()
    index = flat(place)
    seconds = time.process_time() - start
    took, found = timed(lambda vector: index.search(vector[None], NEAREST), encoded)
    bare = Cost(seconds, took, memory(), [scores[0] for scores, _ in found])
    read, model = reader(place), load_model()
    took, _ = timed(lambda query: read(index.search(model.encode_query(query)[None], NEAREST)[1][0].tolist()), asked)
    return bare, Cost(seconds, took, memory())


def faiss_same(place: Path, asked: Sequence[str]) -> tuple[Cost, Cost]:
    """Our own files of what is searched first: vectors or, of many, their codes. Vectors only, and words
    to passages."""
    faiss.omp_set_num_threads(1)
    folders = [path.parent for path in sorted((place / "search" / "dense").glob("*/vectors.faiss"))]
    files = [next(folder.glob("codes.faiss"), folder / "vectors.faiss") for folder in folders]
    indexes = [faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC) for file in files]

    def search(vector: Any) -> list[int]:
        found = [int(number) for index in indexes for number in index.search(vector[None], NEAREST)[1][0]]
        return found[:NEAREST]

    took, _ = timed(search, np.load(place / "queries.npy"))
    bare = Cost(queries=took, memory=memory())
    read, model = reader(place), load_model()
    took, _ = timed(lambda query: read(search(model.encode_query(query))), asked)
    return bare, Cost(queries=took, memory=memory())


def tantivy_alone(place: Path, size: int, asked: Sequence[str]) -> tuple[Cost, Cost]:
    """The same cuts in one field each, any of the query's tokens. Words to numbers, and words to passages."""
    folder = place / "tantivy"
    folder.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("ordinal", fast=True)
    for field in ("words", "pairs"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    start = time.process_time()
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer(64_000_000, 1)
    for number, passage in enumerate(chain.from_iterable(generated.reports(size))):
        tokens = cut(passage.indexed)
        document = tantivy.Document()
        document.add_unsigned("ordinal", number)
        document.add_text("words", " ".join(tokens.words))
        document.add_text("pairs", " ".join(tokens.pairs))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.process_time() - start
    query, searcher = asking(folder)
    took, _ = timed(query, asked)
    bare, read = Cost(seconds, took, memory()), reader(place)
    took, _ = timed(lambda words: read(searcher.fast_field_values("ordinal", query(words))), asked)
    return bare, Cost(seconds, took, memory())


def asking(folder: Path) -> tuple[Callable[[str], list[Any]], Any]:
    """What finds the addresses of the ten best by tantivy, and what reads fields at them."""
    index = tantivy.Index.open(str(folder))
    schema, searcher = index.schema, index.searcher()

    def query(words: str) -> list[Any]:
        tokens = cut(words)
        terms = [("words", t) for t in tokens.words] + [("pairs", t) for t in tokens.pairs]
        any_of = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, f, t, "freq")) for f, t in terms]
        hits = searcher.search(tantivy.Query.boolean_query(any_of), NEAREST, count=False).hits
        return [address for _, address in hits]

    return query, searcher


def together(place: Path, asked: Sequence[str]) -> dict[str, float]:
    """The p50 of search and of the bare engines in one process that asks them in turn, each another
    query, so that all meet the same neighbours and the same caches."""
    faiss.omp_set_num_threads(1)
    index, model, read, near = SearchIndex.open(place / "search"), load_model(), reader(place), flat(place)
    query, searcher = asking(place / "tantivy")
    encoded = dict(zip(asked, np.load(place / "queries.npy"), strict=True))
    asks: dict[str, Callable[[str], Any]] = {
        "hybrid": lambda words: index.search(words, NEAREST),
        "vectors": lambda words: near.search(encoded[words][None], NEAREST),
        "faiss": lambda words: read(near.search(model.encode_query(words)[None], NEAREST)[1][0].tolist()),
        "numbers": query,
        "tantivy": lambda words: read(searcher.fast_field_values("ordinal", query(words))),
    }
    took: dict[str, list[float]] = {name: [] for name in asks}
    for at in range(len(asked)):
        for number, (name, ask_one) in enumerate(asks.items()):
            words = asked[(at + number * len(asked) // len(asks)) % len(asked)]
            start = time.process_time()
            ask_one(words)
            took[name].append((time.process_time() - start) * 1000)
    return {name: float(np.median(of[WARM:])) for name, of in took.items()}


def recall(place: Path, best: Sequence[Any], found: Sequence[Any]) -> float:
    """The share of the found whose exact cosine is among the ten best, equals counting as one."""
    vectors, asked = np.load(place / "vectors.npy", "r"), np.load(place / "queries.npy")[WARM:]
    pairs = zip(asked, best, found, strict=True)
    right = (int((vectors[rows] @ vector >= exact[-1] - 1e-5).sum()) for vector, exact, rows in pairs)
    return sum(right) / (NEAREST * len(asked))


def changed(folder: Path, removing: bool) -> float:
    """Seconds to make the next generation of an index with one report more, or with one taken out and
    put in again: linked, changed, and its new files read for their checksums. The median of nine."""
    fresh = list(islice(generated.reports(10 * generated.REPORT, seed=7), 10))
    before, took = folder, []
    for number, passages in enumerate(fresh):
        start = time.process_time()
        after = folder.with_name(f"next-{number}")
        shutil.copytree(before, after, copy_function=workspace.link_or_copy)
        with drafting(after) as draft:
            if removing:
                draft.remove([f"generated-0-{number:06}.txt"])
            draft.add(passages, generated.name)
        for path in (path for path in after.rglob("*") if path.is_file()):
            old = before / path.relative_to(after)
            if not (old.exists() and old.samefile(path)):
                workspace.file_digest(path)
        took.append(time.process_time() - start)
        before = after
    for number in range(len(fresh)):
        shutil.rmtree(folder.with_name(f"next-{number}"))
    return statistics.median(took[1:])  # the first one also loads model and words


def measure(place: Path, size: int) -> tuple[float, float]:
    """Print all costs at this size; seconds to add one report to it, and to replace one."""
    place.mkdir()
    folder, asked = place / "search", generated.queries(QUERIES + WARM)
    print(f"\n{size:,} passages, {QUERIES} queries")
    with ThreadPoolExecutor(2) as pool:  # who builds is not in anybody's way; queries are timed alone
        built, encoding = pool.submit(alone, build, folder, size), pool.submit(alone, embed, place, size, asked)
        print(built.result().line("jixiao, build"), flush=True)
        print(encoding.result().line("encoding alone"), flush=True)
    ours = {mode: alone(ask, folder, mode, asked) for mode in MODES}
    for mode, cost in ours.items():
        print(cost.line(f"jixiao, {mode}"), flush=True)
    exact, same = alone(faiss_flat, place, asked), alone(faiss_same, place, asked)
    words = alone(tantivy_alone, place, size, asked)
    for name, (bare, whole) in {"faiss, flat": exact, "faiss, same index": same, "tantivy": words}.items():
        print(bare.line(f"{name}, {'words to numbers' if bare is words[0] else 'vectors only'}"))
        print(whole.line(f"{name}, words to passages"), flush=True)
    hybrid, turns = ours[HYBRID].p50, alone(together, place, asked)
    print("  asked in turn, p50: " + "  ".join(f"{name} {p50:.2f} ms" for name, p50 in turns.items()))
    both, less = turns["faiss"] + turns["tantivy"], turns["vectors"] + turns["numbers"]
    retrievers = ours["dense"].p50 + ours["lexical"].p50
    print(f"  hybrid over faiss (flat) and tantivy, words to passages, in turn: {turns['hybrid'] / both:.2f}")
    print(f"  hybrid over faiss (flat), vectors only, and tantivy, to numbers, in turn: {turns['hybrid'] / less:.2f}")
    print(
        f"  hybrid over faiss (our index) and tantivy, words to passages: {hybrid / (same[1].p50 + words[1].p50):.2f}"
    )
    print(f"  hybrid over its own two retrievers: {hybrid / retrievers:.2f}", flush=True)
    found = alone(nearest, folder, asked).answers
    print(f"  dense recall@{NEAREST} against exact search: {recall(place, exact[0].answers, found):.4f}")
    for chosen in FILTERS:
        cost = alone(ask_filtered, folder, chosen, asked)
        print(cost.line(f"jixiao, {cost.answers:.1%} allowed"), f"  p50 over all: {cost.p50 / hybrid:.2f}", flush=True)
    return alone(changed, folder, False), alone(changed, folder, True)


def main() -> None:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # for the processes; as search has it, where it is loaded first
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    asked.add_argument("--judged", type=Path)
    asked.add_argument("--workspace", type=Path)
    asked.add_argument("--scorer", type=Path)
    asked.add_argument("--distractors", type=int, default=20_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        if given.judged:
            judged(given.judged, given.workspace, given.distractors, given.scorer, out)
        if given.sizes:
            small = out / "small" / "search"
            alone(build, small, 1_000)
            before = alone(changed, small, False), alone(changed, small, True)
            for size in given.sizes:
                after = measure(out / str(size), size)
                for act, few, many in zip(("adding", "replacing"), before, after, strict=True):
                    print(f"  {act} one report: {many:.3f} s; of 1,000 passages {few:.3f} s ({many / few:.2f} ×)")
                shutil.rmtree(out / str(size))


if __name__ == "__main__":
    main()
