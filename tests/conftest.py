"""Fixtures that every test folder shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
