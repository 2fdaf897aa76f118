"""How long every page takes over a workspace of any size, beside a page that only says that all is well.

    python benchmarks/pages.py --workspace FOLDER [--times 15] [--only WORD]

Starts the real service on the workspace and asks each page several times: another department, report,
year or filter each time, drawn from the workspace. Prints for each page the first answer, the median and
the 99th percentile in milliseconds of the clock, the median of what all processes of the service
computed, and that as a multiple of what `/healthz` takes in the same run; then which medians are above
300 ms. What neighbours on the machine do is in the first three, not in the computing.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import httpx
import numpy as np

from kg import workspace
from kg.workspace import Entry
from ontology import loader

MOST = 300  # milliseconds that a page may take at the median
_PATIENCE = 60  # seconds that one answer is waited for
_STARTED = 120  # seconds that the service may take to come up
_QUESTIONS = (
    "执行率低于100%的部门有哪些",
    "没有完成目标的指标有哪些",
    "支出总计最多的部门是哪个",
    "{department}{year}年的项目支出是多少",
    "{department}的职责是什么",
    "外商来投诉找谁",
)
_WORDS = ("受理投诉举报", "学校安全管理", "森林防火", "预算编制不够精细", "节约用水", "加强项目绩效监控")
Draw = random.Random
Address = Callable[[Draw], str]


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one page: by the clock, and computed by the service."""

    clock: tuple[float, ...]
    computed: tuple[float, ...]


def pages(entries: Sequence[Entry]) -> Mapping[str, Address]:
    """Every page by what it is asked for, as an address to be drawn."""
    named = [entry for entry in entries if entry.department and entry.fiscal_year]
    levels = [concept.label for concept in loader.scheme("indicator-levels").values() if not concept.broader]

    def at(path: str, **given: str | Callable[[Draw], object]) -> Address:
        def drawn(draw: Draw) -> str:
            asked = {name: str(value(draw)) if callable(value) else value for name, value in given.items()}
            return f"{path}?{urlencode(asked)}" if asked else path

        return drawn

    def of(path: str, field: str) -> Address:
        return lambda draw: (
            path + str(httpx.URL("").copy_with(path=f"/{getattr(draw.choice(named), field)}").raw_path.decode())
        )

    def department(draw: Draw) -> str:
        return draw.choice(named).department

    def year(draw: Draw) -> int:
        return draw.choice(named).fiscal_year or 0

    def report(draw: Draw) -> str:
        return draw.choice(entries).name

    def question(draw: Draw) -> str:
        one = draw.choice(named)
        return draw.choice(_QUESTIONS).format(department=one.department, year=one.fiscal_year)

    def word(draw: Draw) -> str:
        return draw.choice(_WORDS)

    def iri(draw: Draw) -> str:
        return draw.choice(entries).iri

    lists = ("reports", "departments", "indicators", "projects", "scores", "amounts", "duties", "problems")
    return {
        "home": at("/"),
        "passages": at("/search", q=word),
        "passages of a department": at("/search", q=word, department=department),
        "report": of("/reports", "name"),
        "report, its end": lambda draw: f"{of('/reports', 'name')(draw)}?page=99",
        "department": of("/departments", "department"),
        **{name: at(f"/{name}") for name in (*lists, "improvements", "people")},
        **{f"{name} of a department": at(f"/{name}", department=department) for name in (*lists, "people")},
        **{f"{name} of a year": at(f"/{name}", fiscal_year=year) for name in lists},
        "reports by words": at("/reports", q=lambda draw: department(draw)[:3]),
        "reports by findings": at("/reports", sort="-findings"),
        "departments below 100 %": at("/departments", computed_execution_rate_max="100"),
        "departments by spending": at("/departments", sort="-total_expenditure"),
        "departments by rate": at("/departments", sort="computed_execution_rate"),
        "indicators missed": at("/indicators", met="false"),
        "indicators missed, year": at("/indicators", met="false", fiscal_year=year),
        "indicators missed, level": at("/indicators", met="false", level1=lambda draw: draw.choice(levels)),
        "indicators by score": at("/indicators", sort="-score"),
        "indicators of nobody": at("/indicators", subject="没有这个项目"),
        "projects by name": at("/projects", sort="name"),
        "amounts by value": at("/amounts", sort="-value_yuan"),
        "amounts of a measure": at("/amounts", measure="年初预算"),
        "scores of a dimension": at("/scores", dimension="综合"),
        "people by role": at("/people", role="局长"),
        "findings": at("/findings"),
        "findings, a late page": at("/findings", page="40"),
        "findings of a severity": at("/findings", severity=lambda draw: draw.choice(("error", "warning", "info"))),
        "findings of a department": at("/findings", department=department),
        "findings of a year": at("/findings", year=year),
        "findings of a report": at("/findings", report=report),
        "compare": at("/compare"),
        "compare departments": at("/compare", here=department, there=department),
        "graph": at("/graph"),
        "graph of a report": at("/graph", iri=iri),
        "graph of a department": lambda draw: at("/graph", iri=f"{_ID}department/{department(draw)}")(draw),
        "graph of a measure": at("/graph", iri=loader.scheme("measures")["年初预算"].iri),
        "query": at("/query"),
        "query of everybody": at(
            "/query", query="SELECT ?n ?r { ?d a jx:Department ; jx:name ?n ; jx:executionRate ?r }"
        ),
        "query of a department": lambda draw: at("/query", query=_OF % department(draw))(draw),
        "ontology": at("/ontology"),
        "upload": at("/upload"),
        "question": at("/search", q=question),
    }


_OF = 'SELECT ?p ?o { ?d jx:name "%s" ; a jx:Department ; ?p ?o }'
_ID = "https://w3id.org/jixiao/id/"


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, int]]:
    """The address and the process of the service over `folder`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "api.app:create_app", "--port", str(port)]
    environment = os.environ | {"JIXIAO_WORKSPACE": str(folder), "JIXIAO_LOG": "off", "JIXIAO_RATE": "0"}
    process = subprocess.Popen([*command, "--log-level", "error"], env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        begin = time.monotonic()
        while time.monotonic() < begin + _STARTED and process.poll() is None:
            try:
                httpx.get(f"{address}/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(30)


def computed(process: int) -> float:
    """Milliseconds that a process and its children have computed so far."""
    total = time.clock_gettime_ns((~process << 3) | 2) / 1e6  # the clock of another process, as Linux numbers it
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            total += computed(int(child))
    return total


def timed(client: httpx.Client, process: int, addresses: Sequence[str]) -> Took:
    clock: list[float] = []
    spent: list[float] = []
    for address in addresses:
        before, begin = computed(process), time.perf_counter()
        try:
            status = client.get(address).status_code
        except httpx.TransportError as error:
            status = type(error).__name__
        clock.append((time.perf_counter() - begin) * 1000)
        spent.append(computed(process) - before)
        if status != 200:
            print(f"    {status} {address}")
    return Took(tuple(clock), tuple(spent))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--only", default="", help="pages whose name holds this")
    arguments = parser.parse_args()
    live = workspace.live(workspace.existing(arguments.workspace))
    assert live is not None, "a workspace with nothing in it"
    entries, draw = [live.entries[name] for name in sorted(live.entries)], random.Random(7)
    asked = {name: address for name, address in pages(entries).items() if arguments.only in name}
    with serving(arguments.workspace) as (address, process):
        client = httpx.Client(base_url=address, headers={"Accept": "text/html"}, timeout=_PATIENCE)
        print(f"{len(entries):,} reports, each page asked {arguments.times} times; milliseconds")
        print(f"{'':34}{'first':>8}{'median':>8}{'p99':>8}{'computed':>10}{'ratio':>8}")
        for _ in range(3):
            client.get("/healthz")
        base = line("healthz", timed(client, process, ["/healthz"] * arguments.times), None)
        took = {}
        for name, page in asked.items():
            took[name] = timed(client, process, [page(draw) for _ in range(arguments.times)])
            line(name, took[name], base)
    slow = [name for name, one in took.items() if median(one.clock) > MOST]
    print(f"above {MOST} ms at the median: {', '.join(slow) or 'none'}")


def line(name: str, took: Took, base: float | None) -> float:
    """Print one page; the median of what it computed, which the others are multiples of."""
    spent = median(took.computed)
    ratio = f"{spent / base:8.1f}" if base else f"{1:8.1f}"
    clock = took.clock
    print(
        f"{name[:33]:34}{clock[0]:8.0f}{median(clock):8.0f}{np.percentile(clock, 99):8.0f}{spent:10.1f}{ratio}",
        flush=True,
    )
    return spent


if __name__ == "__main__":
    main()
