"""Many readers of one service, first alone, then while reports are uploaded and built."""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote, urlencode

from generator import generate

from api.keys import opened
from kg.intake import Intake
from search.collection import Collection, open_collection

TIMES = 5.0  # the 99th percentile during a build, in those of an idle service
PAUSE = 1.0  # seconds without any answer
JOBS = 4  # in which the reports are uploaded
UPLOADED = 500_000  # seed of the first uploaded report: none that a workspace holds
WORDS = ("水利", "预算执行", "群众满意度", "项目管理不够规范", "教育", "职责", "资产", "绩效目标")
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
    files = [written(place.parent / "uploads", UPLOADED + seed) for seed in range(told.reports)]
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


def written(folder: Path, seed: int) -> Intake:
    folder.mkdir(exist_ok=True)
    report = generate(seed)
    path = folder / report.name
    path.write_bytes(report.data)
    return Intake(report.name, path)
