"""Killed at any moment, a reviewer loses no decision that was promised, and the workspace stays whole."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import workspace
from kg.backup import backup, restore
from kg.build import build
from kg.decisions import decision, decisions
from kg.errors import WorkspaceError
from kg.review import decide
from kg.verify import verify
from kg.workspace import Workspace
from search.collection import open_collection
from search.indexer import SearchIndexer

REPORT = """青禾县林业局2024年度部门整体支出绩效自评报告

一、部门职责
1、负责林业和草原生态保护修复的监督管理。
二、收支情况
2024年年初预算500.00万元，预算执行数450.00万元，预算执行率98%。
"""
STORM = """
import sys
from pathlib import Path
from kg import workspace
from kg.decisions import append, decision
from kg.review import decide
from search.collection import open_collection
place = workspace.existing(Path(sys.argv[1]))
found = open_collection(place.folder).findings()[0].finding
for number in range(10_000):
    keep = append if sys.argv[2] == "append" else decide
    keep(place, [decision(found, "confirmed", f"{sys.argv[3]}-{number}-{part}") for part in range(3)])
    print(number, flush=True)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("built")
    (folder / "林业.txt").write_text(REPORT, "utf-8")
    place = workspace.create(folder / "workspace")
    assert not build(place, [folder / "林业.txt"], SearchIndexer()).trouble
    return place


@pytest.fixture
def place(built: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(built.folder, tmp_path / "workspace")
    return workspace.existing(tmp_path / "workspace")


def storm(place: Workspace, how: str, name: str, seconds: float) -> set[str]:
    """Who was told that their decisions are kept, before the process was killed `seconds` after the first."""
    command = [sys.executable, "-c", STORM, str(place.folder), how, name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        promised = [running.stdout.readline()]
        time.sleep(seconds)
        running.send_signal(signal.SIGKILL)
        promised += running.stdout.readlines()
    return {f"{name}-{int(number)}-{part}" for number in promised for part in range(3)}


@pytest.mark.parametrize("how", ["append", "decide"])
def test_what_was_promised_is_there_after_kill_9(place: Workspace, how: str) -> None:
    chance = random.Random(20241121)
    promised: set[str] = set()
    for number in range(3):
        promised |= storm(place, how, f"甲{number}", chance.uniform(0.05, 0.5))
        kept = [decision.by for decision in decisions(place)]
        assert promised <= set(kept)
        assert len(kept) == len(set(kept))
        assert verify(place, SearchIndexer()) == []
    found = open_collection(place.folder).findings()[0].finding
    assert decide(place, [decision(found, "fixed", "乙")])
    (status,) = open_collection(place.folder).query("SELECT ?s { ?f a jx:Finding ; jx:status ?s }")
    assert str(status[0]) == "fixed"


def test_a_decision_taken_while_another_writes_is_kept_and_in_the_next_generation(place: Workspace) -> None:
    found = open_collection(place.folder).findings()[0].finding
    with workspace.writing(place):
        assert not decide(place, [decision(found, "confirmed", "甲")])
    assert [decision.by for decision in decisions(place)] == ["甲"]
    assert open_collection(place.folder).findings()[0].status == "confirmed"  # the file says so at once
    assert decide(place, [decision(found, "dismissed", "乙", "重复")])
    rows = open_collection(place.folder).query(
        "SELECT ?who { ?decision a jx:Decision ; prov:wasAttributedTo/jx:name ?who } ORDER BY ?who"
    )
    assert sorted(str(row[0]) for row in rows) == ["乙", "甲"]


def test_a_backup_brings_decisions_back_and_loses_none_that_came_later(place: Workspace, tmp_path: Path) -> None:
    found = open_collection(place.folder).findings()[0].finding
    decide(place, [decision(found, "confirmed", "甲")])
    backup(place, tmp_path / "b.tar")
    decide(place, [decision(found, "dismissed", "乙", "重复")])
    restore(place, tmp_path / "b.tar")
    assert [one.by for one in decisions(place)] == ["甲", "乙"]
    assert verify(place, SearchIndexer()) == []
    (status,) = open_collection(place.folder).query("SELECT ?s { ?f a jx:Finding ; jx:status ?s }")
    assert str(status[0]) == "dismissed"
    other = workspace.create(tmp_path / "other")
    restore(other, tmp_path / "b.tar")
    assert [one.by for one in decisions(other)] == ["甲"]


def test_a_changed_decision_is_found_by_verify_and_in_a_backup(place: Workspace, tmp_path: Path) -> None:
    found = open_collection(place.folder).findings()[0].finding
    decide(place, [decision(found, "confirmed", "甲")])
    path = place.folder / "decisions.jsonl"
    path.write_bytes(path.read_bytes().replace("甲".encode(), "乙".encode()))
    assert [damage.code for damage in verify(place, SearchIndexer())] == ["damaged-decisions"]
    backup(place, tmp_path / "b.tar")
    with pytest.raises(WorkspaceError) as refused:
        restore(workspace.create(tmp_path / "other"), tmp_path / "b.tar")
    assert refused.value.code == "bad-backup"


def test_a_damaged_record_stops_no_build_and_is_mended_by_a_backup(place: Workspace, tmp_path: Path) -> None:
    found = open_collection(place.folder).findings()[0].finding
    decide(place, [decision(found, "confirmed", "甲")])
    backup(place, tmp_path / "b.tar")
    path = place.folder / "decisions.jsonl"
    path.write_bytes(path.read_bytes().replace("甲".encode(), "乙".encode()))
    (tmp_path / "又一份.txt").write_text(REPORT.replace("青禾县", "白泽县"), "utf-8")
    assert not build(place, [tmp_path / "又一份.txt"], SearchIndexer()).trouble
    restore(place, tmp_path / "b.tar")
    assert [one.by for one in decisions(place)] == ["甲"]
    assert [kept.read_text("utf-8").count("乙") for kept in place.folder.glob("decisions.damaged-*")] == [1]
    assert verify(place, SearchIndexer()) == []
