"""Fixtures that every test folder shares."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest
from hypothesis import settings

from kg import workspace
from kg.build import build
from search.collection import Collection, open_collection
from search.indexer import SearchIndexer

ROOT = Path(__file__).parent.parent
# Laws are tested without a clock: how long an example takes says something of the machine, not of the
# law. On CI the examples are the same in every run; new ones are found on the developers' machines.
settings.register_profile("jixiao", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("jixiao")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and gold facts that lies beside the checkout, never inside it.

    A clone without it skips; on the project's CI its absence is a failure."""
    folder = ROOT.parent / "shared"
    if not (folder / "seeds").is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the real reports are missing: {folder}")
        pytest.skip("no real reports beside this checkout")
    return folder


@pytest.fixture(scope="session")
def examples() -> Path:
    """The reports that the project ships."""
    return ROOT / "examples" / "reports"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A workspace with the examples built, made once for all tests that only read."""
    folder = tmp_path_factory.mktemp("demo") / "workspace"
    summary = build(workspace.create(folder), [examples], SearchIndexer())
    assert not summary.trouble, summary.outcomes
    return folder


@pytest.fixture(scope="session")
def collection(demo: Path) -> Collection:
    """The examples, opened for reading."""
    return open_collection(demo)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a service over the workspace in `folder`, in a process of its own."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "api.app:create_app", "--port", str(port)]
    environment = os.environ | {"JIXIAO_WORKSPACE": str(folder), "JIXIAO_LOG": "off"}
    process = subprocess.Popen([*command, "--log-level", "warning"], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def server(demo: Path) -> Iterator[str]:
    """The address of a service over the examples."""
    with serving(demo) as address:
        yield address


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], AbstractContextManager[str]]:
    """For tests that change what they are served from: a service over a workspace of their own."""
    return serving


def wait_until_up(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server stopped"
        try:
            httpx.get(f"{address}/healthz")
            return
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail("the server did not come up")
