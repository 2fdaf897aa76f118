"""What search costs beside its two engines alone, and what it finds among many strangers.

    python benchmarks/searching.py [--sizes 10000 100000 1000000]
    python benchmarks/searching.py --sizes --judged QUERIES.jsonl --workspace DIR [--scorer FILE] [--distractors 20000]

The first form prints, for each number of made-up passages: seconds to build, p50 and p99 of a
query (time of the processor, which neighbours hardly touch; all of it runs in memory), the most
memory that the process held, and how many of the exact ten nearest the dense retriever finds; then
what adding and replacing one report cost, from the copy of the generation to the checksums of its
new files. faiss (float vectors, every one compared, and the same index as
ours, bare) and tantivy (the same cuts) run in the same run. Every line is measured in a process
of its own; memory counts the pages of mapped files. Search has two engines, and what it costs is
told as a multiple of their sum: of its own two retrievers, and of bare faiss and bare tantivy.

The second form adds made-up passages to a copy of the workspace's index, answers judged queries
from it, and has FILE score the answers.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import faiss
import generated
import numpy as np
import tantivy

from kg import workspace
from search.embedding import load_model
from search.index import HYBRID, SearchIndex, drafting
from search.words import cut

Result = TypeVar("Result")
QUERIES, WARM, NEAREST = 300, 20, 10
CELLS = 32  # cells visited, as our own index does
MODES = (HYBRID, "dense", "lexical")


@dataclass(frozen=True)
class Cost:
    """Seconds to build, milliseconds of every query, and the most memory held, in MiB."""

    build: float = 0.0
    queries: Sequence[float] = ()
    memory: float = 0.0
    answers: Any = None

    def line(self, name: str) -> str:
        build = f"{self.build:9.1f} s" if self.build else f"{'':11}"
        if not self.queries:
            return f"  {name:24}{build}{'':28}{self.memory:8.0f} MiB"
        p50, p99 = np.percentile(self.queries, (50, 99))
        return f"  {name:24}{build}   p50 {p50:7.2f} ms  p99 {p99:7.2f} ms {self.memory:7.0f} MiB"


def alone(work: Callable[..., Result], *given: object) -> Result:
    """What `work` gives in a fresh process, so that its memory is its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def memory() -> float:
    """The most that this process held, in MiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


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
    return Cost(time.process_time() - start, memory=memory())


def ask(folder: Path, mode: str, asked: Sequence[str]) -> Cost:
    index = SearchIndex.open(folder)
    took, found = timed(lambda query: index.search(query, NEAREST, mode=mode), asked)
    return Cost(queries=took, memory=memory(), answers=[[hit.iri for hit in hits] for hits in found])


def embed(folder: Path, size: int, asked: Sequence[str]) -> Cost:
    """Write the vectors that faiss is given."""
    model = load_model()
    start = time.process_time()
    vectors = [model.encode_passages([p.embedded for p in passages]) for passages in generated.reports(size)]
    np.save(folder / "vectors.npy", np.concatenate(vectors))
    seconds = time.process_time() - start
    took, encoded = timed(model.encode_query, [*asked[:WARM], *asked])
    np.save(folder / "queries.npy", np.stack(encoded))
    return Cost(seconds, took[WARM:], memory())


def faiss_flat(folder: Path) -> Cost:
    """Every float vector compared: exact."""
    faiss.omp_set_num_threads(1)
    vectors, asked = np.load(folder / "vectors.npy"), np.load(folder / "queries.npy")
    start = time.process_time()
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    seconds = time.process_time() - start
    took, found = timed(lambda vector: index.search(vector[None], NEAREST), asked)
    return Cost(seconds, took, memory(), [scores[0] for scores, _ in found])


def faiss_same(folder: Path) -> Cost:
    """Our own files of vectors, without anything of ours around them."""
    faiss.omp_set_num_threads(1)
    asked = np.load(folder.parent / "queries.npy")
    files = sorted((folder / "dense").glob("*/vectors.faiss"))
    indexes = [faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC) for file in files]

    def search(vector: Any) -> None:
        for index in indexes:
            cells = isinstance(index, faiss.IndexIVF)
            index.search(vector[None], NEAREST, params=faiss.SearchParametersIVF(nprobe=CELLS) if cells else None)

    took, _ = timed(search, asked)
    return Cost(queries=took, memory=memory())


def tantivy_alone(folder: Path, size: int, asked: Sequence[str]) -> Cost:
    """The same cuts in one field each, any of the query's tokens."""
    folder.mkdir()
    builder = tantivy.SchemaBuilder()
    for field in ("words", "pairs"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    start = time.process_time()
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer(64_000_000, 1)
    for passages in generated.reports(size):
        for passage in passages:
            tokens = cut(passage.indexed)
            document = tantivy.Document()
            document.add_text("words", " ".join(tokens.words))
            document.add_text("pairs", " ".join(tokens.pairs))
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.process_time() - start
    index.reload()
    searcher = index.searcher()

    def query(words: str) -> Any:
        tokens = cut(words)
        terms = [("words", t) for t in tokens.words] + [("pairs", t) for t in tokens.pairs]
        any_of = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, f, t, "freq")) for f, t in terms]
        return searcher.search(tantivy.Query.boolean_query(any_of), NEAREST, count=False).hits

    took, _ = timed(query, asked)
    return Cost(seconds, took, memory())


def recall(folder: Path, nearest: Sequence[Sequence[float]], found: Sequence[Sequence[str]]) -> float:
    """The share of the found whose exact cosine is among the ten best, equals counting as one."""
    size = len(np.load(folder / "vectors.npy", "r"))
    names = (generated.name(p) for passages in generated.reports(size) for p in passages)
    ordinals = {iri: ordinal for ordinal, iri in enumerate(names)}
    vectors, asked = np.load(folder / "vectors.npy", "r"), np.load(folder / "queries.npy")[WARM:]
    right = 0
    for vector, best, iris in zip(asked, nearest, found, strict=True):
        exact = np.asarray(vectors[[ordinals[iri] for iri in iris]]) @ vector
        right += int((exact >= best[-1] - 1e-5).sum())
    return right / (NEAREST * len(asked))


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
    print(alone(build, folder, size).line("jixiao, build"), flush=True)
    ours = {mode: alone(ask, folder, mode, asked) for mode in MODES}
    for mode, cost in ours.items():
        print(cost.line(f"jixiao, {mode}"), flush=True)
    print(alone(embed, place, size, asked).line("encoding alone"))
    exact, same = alone(faiss_flat, place), alone(faiss_same, folder)
    words = alone(tantivy_alone, place / "tantivy", size, asked)
    for name, cost in (("faiss, flat", exact), ("faiss, same index", same), ("tantivy", words)):
        print(cost.line(name))
    whole, dense, lexical, flat, near, word = (
        float(np.median(cost.queries)) for cost in (*ours.values(), exact, same, words)
    )
    print(f"  hybrid over the sum of its two retrievers, p50: {whole / (dense + lexical):.2f}")
    print(f"  hybrid over bare faiss (flat) and bare tantivy: {whole / (flat + word):.2f}")
    print(f"  hybrid over bare faiss (same index) and bare tantivy: {whole / (near + word):.2f}")
    print(f"  dense recall@{NEAREST} against exact search: {recall(place, exact.answers, ours['dense'].answers):.4f}")
    return alone(changed, folder, False), alone(changed, folder, True)


def judged(queries: Path, place: Path, distractors: int, scorer: Path | None, out: Path) -> None:
    """Answer the judged queries among the strangers, in every mode, and print the scores."""
    live = workspace.live(workspace.existing(place))
    assert live is not None, "a workspace with nothing in it"
    asked = [json.loads(line) for line in queries.read_text("utf-8").splitlines() if line.strip()]
    for number in dict.fromkeys((0, distractors)):
        folder = out / f"search-{number}"
        shutil.copytree(live.search, folder)
        with drafting(folder) as draft:
            for passages in generated.reports(number):
                draft.add(passages, generated.name)
        index = SearchIndex.open(folder)
        print(f"\n{len(index.catalogue):,} passages, {number:,} of them made up")
        for mode in MODES:
            answers = out / f"{mode}-{number}.jsonl"
            answers.write_text("\n".join(_answer(index, query, mode) for query in asked), "utf-8")
            print(f"  {mode:8} {_score(scorer, queries, answers)}", flush=True)


def _answer(index: SearchIndex, query: dict[str, Any], mode: str) -> str:
    kind = "duty" if query.get("type") == "duty" else None
    hits = index.search(query["query"], NEAREST, kind=kind, mode=mode)
    return json.dumps({"id": query["id"], "results": [hit.to_json() for hit in hits]}, ensure_ascii=False)


def _score(scorer: Path | None, gold: Path, answers: Path) -> str:
    if scorer is None:
        return str(answers)
    scores = answers.with_suffix(".scores.json")
    command = [sys.executable, str(scorer), "--gold", str(gold), "--system", str(answers), "--json", str(scores)]
    subprocess.run(command, check=True, capture_output=True)
    groups = json.loads(scores.read_text("utf-8"))
    return "  ".join(f"{name} {groups[name]['ndcg']:.3f}" for name in groups if name.startswith(("all", "style")))


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
