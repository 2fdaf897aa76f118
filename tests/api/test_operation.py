"""Several processes that stop and take up new reports without losing a request."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from kg import workspace
from kg.build import build
from search.indexer import SearchIndexer

PATIENT = {"JIXIAO_QUERY_SECONDS": "120", "JIXIAO_STOP_SECONDS": "120", "JIXIAO_LOG": "off"}
SLOW = "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c } LIMIT 1200 } { SELECT * { ?d ?e ?f } LIMIT 1200 } }"


@contextmanager
def serving(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`jixiao serve` with two processes, once both are warm."""
    command = [sys.executable, "-m", "api.cli", "serve", "-w", str(folder), "--port", str(port), "--processes", "2"]
    process = subprocess.Popen(command, env=os.environ | PATIENT)
    try:
        ready = 0
        while ready < 20:  # in a row: whichever process answers
            assert process.poll() is None, "the service stopped"
            ready = ready + 1 if status(port, "/readyz") == 200 else 0
            time.sleep(0 if ready else 0.2)
        yield process
    finally:
        process.terminate()
        process.wait(150)


def status(port: int, path: str) -> int:
    """The status of an answer over a connection of its own; 0 where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return 0
    finally:
        connection.close()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


def test_what_has_begun_is_answered_before_the_service_stops(demo: Path, port: int) -> None:
    with serving(demo, port) as process:
        begun = [http.client.HTTPConnection("127.0.0.1", port, timeout=120) for _ in range(4)]
        for connection in begun:
            connection.request("GET", "/sparql?" + urlencode({"query": SLOW}))
        assert [status(port, "/healthz") for _ in range(20)] == [200] * 20  # by now the requests are in
        process.send_signal(signal.SIGTERM)
        answers = [connection.getresponse() for connection in begun]
        counts = {json.loads(answer.read())["results"]["bindings"][0]["n"]["value"] for answer in answers}
        assert [answer.status for answer in answers] == [200] * 4
        for connection in begun:
            connection.close()
        assert counts == {str(1200 * 1200)}
        assert process.wait(150) == 0
        assert status(port, "/healthz") == 0


def test_readers_go_from_one_generation_to_the_next_without_a_failure(
    tmp_path: Path, examples: Path, port: int
) -> None:
    first, second = sorted(examples.glob("*水利局*"))
    place = workspace.create(tmp_path / "workspace")
    build(place, [first], SearchIndexer())
    paths = [
        "/api/v1/reports",
        "/api/v1/amounts?limit=5",
        f"/api/v1/search?q={quote('水利')}",
        "/sparql?query=ASK%7B%7D",
    ]
    seen: set[tuple[str, int]] = set()
    totals: set[int] = set()
    with serving(place.folder, port):
        stop = threading.Event()
        readers = [threading.Thread(target=reading, args=(port, paths, stop.is_set, seen, totals)) for _ in range(4)]
        for reader in readers:
            reader.start()
        build(place, [second], SearchIndexer())
        late = time.monotonic() + 120
        while 2 not in totals and time.monotonic() < late:
            time.sleep(0.1)
        stop.set()
        for reader in readers:
            reader.join()
    assert seen == {(path, 200) for path in paths}
    assert totals == {1, 2}


def reading(
    port: int, paths: list[str], stopped: Callable[[], bool], seen: set[tuple[str, int]], totals: set[int]
) -> None:
    """Ask one after another over a connection that is kept."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    while not stopped():
        for path in paths:
            connection.request("GET", path)
            answer = connection.getresponse()
            data = answer.read()
            seen.add((path, answer.status))
            if path == "/api/v1/reports":
                totals.add(json.loads(data)["total"])
    connection.close()
