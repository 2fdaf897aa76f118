"""What the service adds to the engine's own time, and what its readers feel of a build.

    python benchmarks/serving.py overhead [--workspace FOLDER] [--rounds 100] [--longest 10]
    python benchmarks/serving.py readers  [--workspace FOLDER] [--readers 50] [--seconds 60] [--reports 200]

`overhead` asks twelve queries of all kinds of the engine in this process and of /sparql over one
connection that is kept, in turns, and prints the medians, what HTTP adds, and that as a share of what it
may add: 2 ms and 30 %. No query is asked for longer than --longest seconds, though three times at least;
one that the service refuses, since it takes longer or gives more than it allows, is said to be refused.
A minute for 40 reports, three for 10,000.

`readers` lets many readers ask pages, lists, searches, questions, suggestions and SPARQL, each as
fast as it is answered, first of an idle service, then while reports are uploaded in four jobs and
built. Prints requests, failures, the median, the 99th percentile and the longest pause of both, and
their ratio. Every count of reports that is seen must be one that a job left behind. Five minutes.

FOLDER is only read: what is written goes into a copy that shares its large files. Without one, 100
made-up reports are built. Ends with status 1 where a limit is not kept.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from crowd import readers, written
from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store
from rdflib import Graph

from kg import workspace
from kg.build import build
from kg.workspace import link_or_copy
from search.collection import Collection, open_collection
from search.indexer import SearchIndexer
from search.sparql import body, prologue

HERE = Path(__file__).parent
DOCUMENTED = HERE.parent / "examples" / "queries"
ADDED, SHARE = 2.0, 0.3  # ms, and of the engine's time, that HTTP may add


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("what", choices=("overhead", "readers"))
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--longest", type=float, default=10)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--reports", type=int, default=200)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=told.workspace and told.workspace.parent) as scratch:
        place = Path(scratch) / "workspace"
        copied(told.workspace, place) if told.workspace else made(place, 100)
        with served(place) as port:
            return (
                overhead(place, port, told.rounds, told.longest)
                if told.what == "overhead"
                else readers(place, port, told)
            )


def copied(folder: Path, place: Path) -> None:
    """A workspace of one's own: what nobody ever changes is shared."""
    kept = ("files", "texts", "imprints")
    for name in kept:
        if (folder / name).is_dir():
            shutil.copytree(folder / name, place / name, copy_function=os.link)
    live = f"{int((folder / 'current').read_text()):06}"
    shutil.copytree(folder / "generations" / live, place / "generations" / live, copy_function=link_or_copy)
    for name in ("jixiao.json", "current", "decisions.jsonl"):
        if (folder / name).is_file():
            shutil.copyfile(folder / name, place / name)


def made(place: Path, size: int) -> None:
    build(workspace.create(place), [written(place.parent / "reports", seed) for seed in range(size)], SearchIndexer())


@contextmanager
def served(place: Path) -> Iterator[int]:
    """The port of a service over the workspace, once it is warm."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "api.cli", "serve", "-w", str(place), "--port", str(port), "--log", "off"]
    process = subprocess.Popen(command, cwd=HERE.parent)
    try:
        while process.poll() is None and not _ready(port):
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(60)


def _ready(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False


# --- what HTTP adds -------------------------------------------------------------------------------


def queries(collection: Collection) -> dict[str, str]:
    """Twelve queries of all kinds: documented ones, small and large results, ASK, graphs, search inside."""
    entry = next(entry for entry in collection.generation.entries.values() if entry.department)
    documented = (
        "01-execution-rate-below-100",
        "03-department-by-year",
        "05-every-amount-of-a-measure",
        "07-scores-by-level",
        "08-no-overall-score",
        "12-rates-of-one-sort",
        "21-sum-average-largest-smallest",
        "24-duties-of-a-year-by-meaning",
    )
    found = {name: (DOCUMENTED / f"{name}.rq").read_text("utf-8") for name in documented}
    name = json.dumps(entry.department, ensure_ascii=False)
    return found | {
        "one department": f"SELECT ?p ?n {{ ?d jx:name {name} ; jx:hasProject ?p . ?p jx:name ?n }}",
        "ASK": f"ASK {{ ?d a jx:Department ; jx:name {name} ; jx:executionRate ?rate }}",
        "CONSTRUCT": f"CONSTRUCT {{ ?f ?p ?o }} WHERE {{ ?f jx:inReport <{entry.iri}> ; a jx:Amount ; ?p ?o }}",
        "search joined": "SELECT ?text ?score ?file { (?p ?score ?text) search:query ('污水处理设施建设' 20) . "
        "?p jx:inReport/jx:fileName ?file }",
    }


def overhead(place: Path, port: int, rounds: int, longest: float) -> int:
    """How long each query takes by the engine and by HTTP."""
    collection = open_collection(place)
    prefixes = {name: str(iri) for name, iri in Graph().namespaces()}
    store = Store.read_only(str(collection.generation.graph))
    kept, shares = True, []
    print(f"{'':34}{'engine':>10}{'HTTP':>10}{'adds':>10}{'':>9}{'may add':>9}{'bytes':>11}")
    for name, sparql in queries(collection).items():
        inside = "search:" in sparql
        plain = prologue(sparql) + body(sparql)

        def engine(sparql: str = sparql, plain: str = plain, inside: bool = inside) -> bytes:
            if inside:
                return collection.written(sparql, ("json",), 2**30)[1]
            result = store.query(plain, prefixes=prefixes)
            if isinstance(result, QueryTriples):
                return result.serialize(format=RdfFormat.TURTLE) or b""
            return result.serialize(format=QueryResultsFormat.JSON) or b""

        path = "/sparql?" + urlencode({"query": sparql, "format": "turtle" if name == "CONSTRUCT" else "json"})
        with Plain(port) as connection:
            status, data = connection.get(path)
            if status != 200:
                print(f"{name:34}  refused with {status}: {json.loads(data)['detail'][:60]}")
                continue
            times = list(_in_turns(engine, lambda: connection.get(path), rounds, longest))  # noqa: B023
        own, whole = (median(column) for column in zip(*times, strict=True))
        share = (whole - own) / (ADDED + SHARE * own)
        shares.append(share)
        kept &= share <= 1
        print(
            f"{name:34}{own:8.2f}ms{whole:8.2f}ms{whole - own:8.2f}ms{(whole - own) / own:8.0%} "
            f"{share:8.0%}{len(data):11,}",
            flush=True,
        )
    print(f"the most that HTTP adds is {max(shares):.0%} of {ADDED:g} ms and {SHARE:.0%} of the engine's time")
    return not kept


def _in_turns(
    one: Callable[[], object], other: Callable[[], object], rounds: int, longest: float
) -> Iterator[tuple[float, float]]:
    """The milliseconds of both, so many times and three at least, as long as there is time."""
    until = time.perf_counter() + longest
    for done in range(rounds):
        if done < 3 or time.perf_counter() < until:
            yield _ms(one), _ms(other)


class Plain:
    """One connection that is kept, read as it comes: the library's own takes as long to read the headers
    as the service to answer."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open()

    def _open(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port))
        self._read = self._socket.makefile("rb")

    def __enter__(self) -> Plain:
        return self

    def __exit__(self, *error: object) -> None:
        self._read.close()
        self._socket.close()

    def get(self, path: str) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        first = self._read.readline()
        if not first:  # closed by the service, for the engine was at work for longer than it waits
            self.__exit__()
            self._open()
            return self.get(path)
        status, length = int(first.split(b" ", 2)[1]), 0
        while (line := self._read.readline()) != b"\r\n":
            if line.lower().startswith(b"content-length:"):
                length = int(line[15:])
        return status, self._read.read(length)


def _ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
