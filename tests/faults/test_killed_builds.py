"""Killed at any moment, a build leaves the generation before or the one after, whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import workspace
from kg.backup import backup, restore
from kg.build import build
from kg.errors import WorkspaceError
from kg.verify import verify
from kg.workspace import Workspace
from search.collection import open_collection
from search.indexer import SearchIndexer

SHORT = """青禾县{name}局2024年度部门整体支出绩效自评报告
一、部门职责
1、负责{name}工作的规划和监督管理。
二、收支情况
2024年本部门收入总计{income}.50万元，支出总计{income}.50万元。
"""


def write(folder: Path, count: int, income: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number}.txt").write_text(SHORT.format(name=f"第{number}", income=income + number), "utf-8")


def state(place: Workspace) -> tuple[int, int]:
    """How many reports there are, and the sum of their incomes, as one query sees them."""
    rows = open_collection(place.folder).query(
        "SELECT (COUNT(?d) AS ?n) (SUM(?v) AS ?s) { ?d a jx:Department ; jx:totalIncome ?v }"
    )
    ((count, total),) = rows
    return int(count), int(total)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """Six reports built; the inbox then holds eight, all of them changed."""
    place = workspace.create(tmp_path / "workspace")
    write(tmp_path / "inbox", 6, income=100)
    build(place, [tmp_path / "inbox"], SearchIndexer())
    write(tmp_path / "inbox", 8, income=900)
    return place


def start(place: Workspace, jobs: int = 1) -> subprocess.Popen[bytes]:
    inbox, folder = str(place.folder.parent / "inbox"), str(place.folder)
    command = [sys.executable, "-m", "api.cli", "build", inbox, "-w", folder, "--jobs", str(jobs)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_killed_build_shows_the_old_state_or_the_new_one(place: Workspace) -> None:
    inbox = place.folder.parent / "inbox"
    started = time.monotonic()
    assert start(place).wait(120) == 0
    length = time.monotonic() - started
    chance = random.Random(20241108)
    for turn, income in enumerate((100, 900, 300, 500, 700, 200)):
        before = state(place)
        write(inbox, 8, income)
        after = (8, sum((income + number) * 10_000 + 5_000 for number in range(8)))
        running = start(place, jobs=1 + turn % 2)
        time.sleep(chance.uniform(0.3, 1.0) * length)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert verify(place, SearchIndexer()) == []
        assert state(place) in (before, after)


def test_readers_go_on_while_a_build_runs(place: Workspace) -> None:
    before = state(place)
    running = start(place)
    seen = set()
    while running.poll() is None:
        seen.add(state(place))
    assert running.returncode == 0
    after = state(place)
    assert seen <= {before, after}


def test_a_full_disk_is_an_error_and_leaves_the_old_state(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(place)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workspace, "write_synced", full)
    with pytest.raises(WorkspaceError) as failed:
        build(place, [place.folder.parent / "inbox"], SearchIndexer())
    assert failed.value.code == "disk"
    monkeypatch.undo()
    assert state(place) == before
    assert verify(place, SearchIndexer()) == []


@pytest.mark.parametrize("part", ["graph", "search", "manifest.json"])
def test_a_flipped_bit_is_found_by_verify(place: Workspace, part: str) -> None:
    generation = workspace.live(place)
    assert generation is not None
    target = generation.folder / part
    path = max((p for p in target.rglob("*") if p.is_file()), key=lambda p: p.stat().st_size, default=target)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x40
    path.write_bytes(data)
    assert verify(place, SearchIndexer())


def test_a_backup_brings_everything_back_and_a_changed_one_is_refused(place: Workspace, tmp_path: Path) -> None:
    before = state(place)
    backup(place, tmp_path / "backup.tar")
    other = workspace.create(tmp_path / "other")
    restore(other, tmp_path / "backup.tar")
    assert state(other) == before
    assert verify(other, SearchIndexer()) == []
    data = (tmp_path / "backup.tar").read_bytes()
    (tmp_path / "bad.tar").write_bytes(data.replace("第3局".encode(), "第4局".encode()))
    with pytest.raises(WorkspaceError) as refused:
        restore(other, tmp_path / "bad.tar")
    assert refused.value.code == "bad-backup"
    assert state(other) == before
