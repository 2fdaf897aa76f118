"""Fixtures that every test folder shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg import workspace
from kg.build import build
from search.collection import Collection, open_collection
from search.indexer import SearchIndexer

ROOT = Path(__file__).parent.parent


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
