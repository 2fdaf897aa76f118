"""What strangers send: bombs are refused by name and cost the service nothing; nobody outside hears of lures."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from mutation.bombs import bombs
from mutation.lures import lures

from api.app import create_app
from api.keys import opened
from api.settings import Settings
from kg import workspace

HOSTNAME = Path("/etc/hostname")
REPORT = """青禾县水务局2024年度部门整体支出绩效自评报告
一、部门职责
1、负责全县水务工作的规划和监督管理。
二、收支情况
2024年本部门收入总计120.50万元，支出总计120.50万元。
"""
REFUSALS = {
    *("too-large", "too-many-files", "too-deep", "too-slow", "crashed", "damaged-file", "binary-file", "no-report"),
    *("no-text", "no-text-layer", "unknown-characters", "empty-file", "unknown-format"),
}
READ = {"wide.pdf", "brackets.md", "bars.md", "digits.txt"}  # no bombs once they are read with care
GROWN = 64 * 2**20  # bytes that the service may hold more after everything


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """The service over an empty workspace, asked by somebody who may write."""
    place = workspace.create(tmp_path / "workspace").folder
    token = opened(place).add("采集", "write", per_minute=0)
    settings = Settings(workspace=place, log="off", upload_seconds=300, upload_memory=2 * 2**30)
    with TestClient(create_app(settings=settings), headers={"X-API-Key": token}) as client:
        yield client


def sent(client: TestClient, files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """What became of each file."""
    answer = client.post("/api/v1/reports", files=[("files", pair) for pair in files.items()])
    assert answer.status_code == 202, answer.text
    for _ in range(6000):
        job: dict[str, Any] = client.get(answer.headers["location"]).json()
        if job["ended"]:
            assert job["state"] == "done", job
            return {outcome["name"]: outcome for outcome in job["outcomes"]}
        assert client.get("/healthz").status_code == 200
        time.sleep(0.1)
    pytest.fail(f"the job does not end: {job}")


def held() -> int:
    """Bytes that this process, which is the service, holds."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


@pytest.mark.timeout(1200)
def test_a_bomb_is_refused_by_name_and_costs_the_service_nothing(client: TestClient) -> None:
    sent(client, {"先.txt": REPORT.encode()})  # so that what every upload needs is there
    files, before = bombs(), held()
    outcomes = sent(client, {**files, "好.txt": REPORT.replace("水务", "林业").encode()})
    grown = held() - before
    wrong = {
        name: (outcome["status"], outcome["code"], outcome["message"])
        for name, outcome in outcomes.items()
        if outcome["code"] not in REFUSALS and name.partition("/")[0] not in {"好.txt", *READ}
    }
    assert wrong == {}
    assert outcomes["好.txt"]["status"] == "added"
    assert {name.partition("/")[0] for name in outcomes} >= set(files)
    assert grown < GROWN
    assert client.get("/api/v1/reports/好.txt").status_code == 200


@pytest.mark.timeout(600)
def test_no_upload_reaches_out_or_reads_a_file(
    client: TestClient, canary: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, asked = canary
    planted = tmp_path / "secret.txt"
    planted.write_text("此处是机密内容", "utf-8")
    secrets = ["此处是机密内容", HOSTNAME.read_text("utf-8").strip() if HOSTNAME.exists() else "no such file"]
    files = lures(address, str(HOSTNAME)) | {f"又-{n}": data for n, data in lures(address, str(planted)).items()}
    outcomes = sent(client, files)
    assert sum(outcome["status"] == "added" for outcome in outcomes.values()) > 10  # they were read, not refused
    for name in [row["name"] for row in client.get("/api/v1/reports", params={"limit": 1000}).json()["items"]]:
        for path in (f"/api/v1/reports/{name}/text", f"/api/v1/reports/{name}/facts", f"/reports/{name}"):
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert not [secret for secret in secrets if secret in answer.text], path
        if "/" in name or name.startswith("又"):
            continue  # the same files again: reading one anew takes a process
        shown = {"report": name, "start": 0, "end": 5, "verify": True}
        assert client.get("/api/v1/evidence", params=shown).json()["verified"]["in_file"], name
    assert asked == []
