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
import asyncio
import http.client
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote, urlencode

from generator import generate
from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store
from rdflib import Graph

from api.keys import opened
from kg import workspace
from kg.build import build
from kg.intake import Intake
from kg.workspace import link_or_copy
from search.collection import Collection, open_collection
from search.indexer import SearchIndexer
from search.sparql import body, prologue

HERE = Path(__file__).parent
DOCUMENTED = HERE.parent / "examples" / "queries"
ADDED, SHARE = 2.0, 0.3  # ms, and of the engine's time, that HTTP may add
TIMES = 5.0  # the 99th percentile during a build, in those of an idle service
PAUSE = 1.0  # seconds without any answer
JOBS = 4  # in which the reports are uploaded
UPLOADED = 500_000  # seed of the first uploaded report: none that a workspace holds
WORDS = ("水利", "预算执行", "群众满意度", "项目管理不够规范", "教育", "职责", "资产", "绩效目标")


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
    build(workspace.create(place), [_written(place.parent / "reports", seed) for seed in range(size)], SearchIndexer())


def _written(folder: Path, seed: int) -> Intake:
    folder.mkdir(exist_ok=True)
    report = generate(seed)
    path = folder / report.name
    path.write_bytes(report.data)
    return Intake(report.name, path)


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


# --- readers during a build -----------------------------------------------------------------------

COUNT = "SELECT (COUNT(DISTINCT ?r) AS ?reports) { ?r a jx:Report }"


def asked(collection: Collection) -> list[str]:
    """What readers ask: each address as often as every other."""
    dice = random.Random(1)
    entries = [entry for entry in collection.generation.entries.values() if entry.department]
    drawn = dice.sample(entries, min(20, len(entries)))
    found = ["/", "/api/v1/reports?limit=20", "/api/v1/departments?limit=20", "/api/v1/projects?limit=20"]
    for entry in drawn:
        name = quote(entry.department)
        found += [
            f"/departments/{name}",
            f"/reports/{quote(entry.name)}",
            f"/api/v1/amounts?report={quote(entry.name)}",
            f"/api/v1/indicators?department={name}&limit=20",
            f"/api/v1/suggest?q={name}",
            f"/api/v1/ask?question={quote(f'{entry.department}的预算执行率是多少？')}",
            "/sparql?" + urlencode({"query": f'SELECT * {{ ?d jx:name "{entry.department}" ; ?p ?o }}'}),
        ]
    found += [f"/{kind}?q={quote(word)}" for word in WORDS for kind in ("search", "api/v1/search", "api/v1/suggest")]
    return found + ["/sparql?" + urlencode({"query": COUNT}), "/api/v1/reports?limit=1"] * 5


@dataclass(slots=True)
class Seen:
    """What readers were given: seconds of each request by when it ended, what failed, how many reports
    there were said to be."""

    ended: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    counts: set[int] = field(default_factory=set)
    slow: dict[str, float] = field(default_factory=dict)

    def pause(self) -> float:
        """The longest time in seconds in which nobody was answered."""
        return max((after - before for before, after in zip(self.ended, self.ended[1:], strict=False)), default=0.0)

    def told(self, name: str) -> float:
        """Print it; the 99th percentile in seconds."""
        last = quantiles(self.seconds, n=100)[98]
        print(
            f"{name:14}{len(self.seconds):8} requests, {sum(self.failed.values())} failed; "
            f"median {median(self.seconds) * 1000:.0f} ms, p99 {last * 1000:.0f} ms, most {max(self.seconds):.2f} s, "
            f"longest without any answer {self.pause():.2f} s",
            flush=True,
        )
        for what, times in self.failed.most_common(5):
            print(f"    failed {times} times: {what}")
        for path, seconds in sorted(self.slow.items(), key=lambda one: -one[1])[:5]:
            print(f"    {seconds:6.2f} s {path[:100]}")
        return last


def readers(place: Path, port: int, told: argparse.Namespace) -> int:
    collection = open_collection(place)
    before, paths = len(collection.generation.entries), asked(collection)
    token = opened(place).add("benchmark", "write", 1_000_000)
    files = [_written(place.parent / "uploads", UPLOADED + seed) for seed in range(told.reports)]
    idle = asyncio.run(_reading(port, paths, told.readers, told.seconds, ()))
    first = idle.told("idle")
    jobs = [files[start :: min(JOBS, len(files))] for start in range(min(JOBS, len(files)))]
    began = time.perf_counter()
    busy = asyncio.run(_reading(port, paths, told.readers, told.seconds, [(token, job) for job in jobs]))
    taken = time.perf_counter() - began
    allowed = {before + sum(map(len, jobs[:done])) for done in range(len(jobs) + 1)}
    then = busy.told("during builds")
    mixed = (idle.counts | busy.counts) - allowed
    print(f"{told.reports} reports built in {taken:.0f} s; p99 is {then / first:.1f} times that of the idle service")
    print(f"counts of reports seen: {sorted(busy.counts)}, of them never published: {sorted(mixed) or 'none'}")
    failed = sum(idle.failed.values()) + sum(busy.failed.values())
    slow = then > TIMES * first or busy.pause() > PAUSE
    return bool(failed or mixed or slow or (allowed - {before}) - busy.counts == allowed - {before})


async def _reading(
    port: int, paths: Sequence[str], size: int, seconds: float, jobs: Sequence[tuple[str, Sequence[Intake]]]
) -> Seen:
    """Let `size` readers ask for at least so many seconds, and until the jobs are done."""
    seen, until = Seen(), asyncio.Event()
    asking = [asyncio.create_task(_reader(port, paths, at, seen, until)) for at in range(size)]
    began = time.perf_counter()
    for token, files in jobs:
        await _carried_out(port, token, files)
    await asyncio.sleep(max(1.0 if jobs else 0.0, seconds - (time.perf_counter() - began)))
    until.set()
    await asyncio.gather(*asking)
    return seen


async def _reader(port: int, paths: Sequence[str], number: int, seen: Seen, until: asyncio.Event) -> None:
    dice = random.Random(number)
    connection = Connection(port)
    while not until.is_set():
        path = dice.choice(paths)
        began = time.perf_counter()
        try:
            status, data = await connection.request("GET", path)
            if status != 200:
                seen.failed[f"{status} {path[:60]} {data[:200].decode('utf-8', 'replace')}"] += 1
            else:
                _count(path, data, seen)
        except (OSError, EOFError, ValueError) as error:
            seen.failed[f"{error!r} {path[:60]}"] += 1
            connection = Connection(port)
        ended = time.perf_counter()
        seen.ended.append(ended)
        seen.seconds.append(ended - began)
        seen.slow[path] = max(seen.slow.get(path, 0.0), ended - began)


def _count(path: str, data: bytes, seen: Seen) -> None:
    if path == "/api/v1/reports?limit=1":
        seen.counts.add(json.loads(data)["total"])
    elif path.endswith(urlencode({"query": COUNT})):
        seen.counts.add(int(json.loads(data)["results"]["bindings"][0]["reports"]["value"]))


async def _carried_out(port: int, token: str, files: Sequence[Intake]) -> None:
    """Upload the files as one job and wait until it is done."""
    connection, mark = Connection(port), "jixiao-benchmark"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n\r\n'.encode()
        + Path(file.path).read_bytes()
        + b"\r\n"
        for file in files
    ]
    given = {"X-API-Key": token, "Content-Type": f"multipart/form-data; boundary={mark}"}
    _, data = await connection.request("POST", "/api/v1/reports", given, b"".join(parts) + f"--{mark}--\r\n".encode())
    job = json.loads(data)
    while not job["ended"]:
        await asyncio.sleep(1)
        job = json.loads((await connection.request("GET", f"/api/v1/jobs/{job['id']}", given))[1])
    refused = [outcome for outcome in job["outcomes"] if outcome["status"] != "added"]
    assert job["state"] == "done", job["message"]
    assert not refused, refused[:3]


class Connection:
    """One connection that is kept: as light as can be, for it shares the machine with the service."""

    def __init__(self, port: int) -> None:
        self._port, self._streams = port, None

    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None

    async def request(
        self, method: str, path: str, headers: Mapping[str, str] = {}, content: bytes = b""
    ) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        self._streams = self._streams or await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        length = f"Content-Length: {len(content)}\r\n" if content else ""
        writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{more}{length}\r\n".encode() + content
        )
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        sent: dict[str, Any] = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        if "content-length" in sent:
            data = await reader.readexactly(int(sent["content-length"]))
        else:
            data = b"".join([piece async for piece in _chunks(reader)])
        if sent.get("connection") == "close":
            writer.close()
            self._streams = None
        return int(head.split(" ", 2)[1]), data


async def _chunks(reader: asyncio.StreamReader) -> Any:
    for _ in count():
        size = int(await reader.readuntil(b"\r\n"), 16)
        data = await reader.readexactly(size + 2)
        if not size:
            return
        yield data[:-2]


if __name__ == "__main__":
    sys.exit(main())
