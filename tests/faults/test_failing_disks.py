"""Disks that are full, that take no writing, that turn bits over: an error that says so, never a mixture."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg import workspace
from kg.backup import backup, compact, restore
from kg.build import build, remove
from kg.decisions import decision, decisions
from kg.errors import WorkspaceError
from kg.review import decide
from kg.verify import verify
from kg.workspace import Workspace
from search.collection import open_collection
from search.indexer import SearchIndexer

REPORT = """青禾县{name}局2024年度部门整体支出绩效自评报告
一、部门职责
1、负责{name}工作的规划和监督管理。
二、收支情况
2024年本部门收入总计{income}.50万元。年初预算500.00万元，预算执行数450.00万元，预算执行率98%。
"""
NAMES = ("水务", "林业", "档案")
EXTRA = (0, 16, 64, 128, 256, 512, 1024)  # KiB that are left on the disk


def write(folder: Path, income: int) -> Path:
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        (folder / f"{name}.txt").write_text(REPORT.format(name=name, income=income), "utf-8")
    return folder


def state(place: Workspace) -> list[int]:
    rows = open_collection(place.folder).query("SELECT ?v { ?d a jx:Department ; jx:totalIncome ?v }")
    return sorted(int(row[0]) for row in rows)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("built")
    place = workspace.create(folder / "workspace")
    assert not build(place, [write(folder / "inbox", 100)], SearchIndexer()).trouble
    decide(place, [decision(open_collection(place.folder).findings()[0].finding, "confirmed", "甲")])
    return place


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A small disk of its own, mounted anew with the options that it is given."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(options: str) -> Path:
        how = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
        if os.path.ismount(folder):
            how = ["mount", "-o", f"remount,{options}", folder]
        if subprocess.run(how, capture_output=True, check=False).returncode:
            pytest.skip("no disk can be mounted here")
        return folder

    yield mount
    subprocess.run(["umount", "-l", folder], capture_output=True, check=False)


def acts(place: Workspace, inbox: Path) -> dict[str, Callable[[], object]]:
    """Everything that writes."""
    found = open_collection(place.folder).findings()[0].finding
    return {
        "build": lambda: build(place, [inbox], SearchIndexer()),
        "remove": lambda: remove(place, ["水务.txt"], SearchIndexer()),
        "decide": lambda: decide(place, [decision(found, "dismissed", "乙", "重复")]),
        "compact": lambda: compact(place),
        "backup": lambda: backup(place, place.folder / "copy.tar"),
    }


def test_a_full_disk_is_an_error_and_loses_nothing(
    built: Workspace, disk: Callable[[str], Path], tmp_path: Path
) -> None:
    place = Workspace(disk("size=1g") / "workspace")
    shutil.copytree(built.folder, place.folder)
    inbox, before = write(tmp_path / "inbox", 900), state(place)
    refused = set()
    for extra in EXTRA:
        for act, does in acts(place, inbox).items():
            free = os.statvfs(place.folder)
            disk(f"size={(free.f_blocks - free.f_bfree) * free.f_frsize + extra * 1024}")
            try:
                does()
            except WorkspaceError as error:
                refused.add((act, error.code))
            disk("size=1g")
            assert verify(place, SearchIndexer()) == [], (act, extra)
            now = state(place)
            assert now in (before, [9_005_000] * 3, [9_005_000] * 2, before[1:]), (act, extra, now)
            (place.folder / "copy.tar").unlink(missing_ok=True)
            before = now
    assert refused >= {("build", "disk"), ("remove", "disk"), ("compact", "disk"), ("backup", "backup-failed")}
    assert {code for _, code in refused} <= {"disk", "store", "backup-failed"}
    assert not build(place, [inbox], SearchIndexer()).trouble
    assert state(place) == [9_005_000] * 3
    assert "甲" in [one.by for one in decisions(place)]


def test_a_disk_that_takes_no_writing_says_so_and_answers_queries_and_searches(
    built: Workspace, disk: Callable[[str], Path], tmp_path: Path
) -> None:
    place = Workspace(disk("size=1g") / "workspace")
    shutil.copytree(built.folder, place.folder)
    inbox, before = write(tmp_path / "inbox", 900), state(place)
    backup(place, tmp_path / "copy.tar")
    tried = acts(place, inbox) | {"restore": lambda: restore(place, tmp_path / "copy.tar")}
    disk("ro")
    for act, does in tried.items():
        with pytest.raises(WorkspaceError) as refused:
            does()
        assert refused.value.code in ("disk", "backup-failed"), act
    assert state(place) == before
    found = open_collection(place.folder).search("林业工作的规划", k=1, mode="lexical")
    assert [hit.passage.report for hit in found] == ["林业.txt"]
    assert verify(place, SearchIndexer()) == []


def test_a_bit_turned_over_in_any_file_is_found_and_never_mixed(built: Workspace, tmp_path: Path) -> None:
    place = workspace.existing(Path(shutil.copytree(built.folder, tmp_path / "workspace")))
    dice, before = random.Random(20241121), state(place)
    files = [path for path in sorted(place.folder.rglob("*")) if path.is_file() and path.stat().st_size]
    live = workspace.live(place)
    assert live is not None
    unseen = []
    for path in files:
        data = path.read_bytes()
        for _ in range(2):
            place_ = dice.randrange(len(data))
            hurt = bytearray(data)
            hurt[place_] ^= 1 << dice.randrange(8)
            _put(path, bytes(hurt))
            if not _found(place):
                unseen.append((path.relative_to(place.folder).as_posix(), place_))
        _put(path, data)
    assert {name for name, _ in unseen if not _is_spare(name, live.folder.name)} == set()
    assert verify(place, SearchIndexer()) == []
    assert state(place) == before


def _put(path: Path, data: bytes) -> None:
    """Other content for this file alone: generations share files by hard links."""
    path.write_bytes(data)


def _found(place: Workspace) -> bool:
    """Whether somebody who looks is told."""
    try:
        workspace.existing(place.folder)
        return bool(verify(place, SearchIndexer()))
    except WorkspaceError:
        return True


def _is_spare(name: str, live: str) -> bool:
    """What no answer is made from: who holds the lock, and the generation before the live one."""
    return name == "lock" or (name.startswith("generations/") and not name.startswith(f"generations/{live}/"))
