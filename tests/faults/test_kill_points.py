"""Killed at random points, whoever writes leaves the state before or after, and loses nothing that was promised.

Each of the seven acts once on CI; JIXIAO_KILLS=200 kills as often.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = os.environ.get("JIXIAO_KILLS", "7")
PROGRAM = Path(__file__).parents[2] / "benchmarks" / "killing.py"


@pytest.mark.timeout(7200)
def test_every_act_killed_at_random_points_leaves_one_whole_state(tmp_path: Path) -> None:
    command = [sys.executable, PROGRAM, "--kills", KILLS]
    folder = {"TMPDIR": str(tmp_path)}
    ran = subprocess.run(command, capture_output=True, text=True, env=os.environ | folder, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{KILLS} kills" in ran.stdout
