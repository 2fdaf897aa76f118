"""Reports sent to the service: read as jobs, each file with its result, whatever it does to its reader."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.carrying import Carrier
from api.jobs import Jobs, Upload, clean
from api.keys import opened
from api.settings import Settings
from kg import workspace
from kg.errors import JixiaoError

REPORT = """云溪县{name}2024年度部门整体支出绩效自评报告

一、部门概况
（一）主要职责
1.负责全县{name}管理工作。
2.承办县政府交办的其他事项。

二、部门整体支出情况
2024年年初预算120万元，支出总计{spent}万元。
"""


def report(name: str, spent: int = 90) -> bytes:
    return REPORT.format(name=name, spent=spent).encode()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return workspace.create(tmp_path / "workspace").folder


@pytest.fixture
def client(place: Path) -> Iterator[TestClient]:
    """The service over an empty workspace, asked by somebody who may write."""
    token = opened(place).add("采集", "write")
    settings = Settings(workspace=place, log="off", upload_seconds=60)
    with TestClient(create_app(settings=settings), headers={"X-API-Key": token}) as client:
        yield client


def ended(client: TestClient, answer: Any) -> dict[str, Any]:
    """The job that was accepted, once it has ended."""
    assert answer.status_code == 202, answer.text
    for _ in range(1200):
        job: dict[str, Any] = client.get(answer.headers["location"]).json()
        if job["ended"]:
            return job
        time.sleep(0.1)
    pytest.fail(f"the job does not end: {job}")


def sent(client: TestClient, **files: bytes) -> dict[str, Any]:
    return ended(client, client.post("/api/v1/reports", files=[("files", pair) for pair in files.items()]))


def names(client: TestClient) -> list[str]:
    return [row["name"] for row in client.get("/api/v1/reports").json()["items"]]


def test_a_report_sent_is_read_replaced_and_taken_out_again(client: TestClient) -> None:
    assert client.get("/api/v1/reports").status_code == 503  # nothing there yet
    job = sent(client, **{"气象局.txt": report("气象局"), "空.txt": b""})
    assert job["state"] == "done"
    assert {o["name"]: o["status"] for o in job["outcomes"]} == {"气象局.txt": "added", "空.txt": "refused"}
    assert names(client) == ["气象局.txt"]
    replaced = ended(client, client.put("/api/v1/reports/气象局.txt", content=report("气象局", 80)))
    assert [o["status"] for o in replaced["outcomes"]] == ["changed"]
    amounts = client.get("/api/v1/amounts", params={"measure": "支出总计"}).json()["items"]
    assert [row["value"] for row in amounts] == [80]
    removed = ended(client, client.delete("/api/v1/reports/气象局.txt"))
    assert [o["status"] for o in removed["outcomes"]] == ["removed"]
    assert names(client) == []
    assert client.get("/api/v1/amounts").json()["items"] == []


def test_a_zip_is_read_file_by_file(client: TestClient) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("2024/气象局.txt", report("气象局"))
        package.writestr("2024/档案局.txt", report("档案局"))
    job = sent(client, **{"全县.zip": held.getvalue()})
    assert sorted(o["name"] for o in job["outcomes"]) == ["全县.zip/2024/档案局.txt", "全县.zip/2024/气象局.txt"]
    assert job["done"] == job["total"] == 2


def test_followers_are_told_until_the_end(client: TestClient) -> None:
    answer = client.post("/api/v1/reports", files=[("files", ("气象局.txt", report("气象局")))])
    with client.stream("GET", f"{answer.headers['location']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in stream.iter_lines() if line]
    assert lines[-2] == "event: end"
    last = json.loads(lines[-1].removeprefix("data: "))
    assert (last["state"], last["done"]) == ("done", 1)


def test_a_job_is_stopped_when_somebody_says_so(client: TestClient, place: Path) -> None:
    with workspace.writing(workspace.existing(place)):  # another writer: the job has to wait
        answer = client.post("/api/v1/reports", files=[("files", ("气象局.txt", report("气象局")))])
        time.sleep(0.5)
        client.delete(answer.headers["location"])
        job = ended(client, answer)
    assert job["state"] == "cancelled"
    assert workspace.live(workspace.existing(place)) is None
    client.app.state.carrier.stop()  # type: ignore[attr-defined]  # what it held is let go of by then
    assert list((place / "service" / "uploads").iterdir()) == []


def test_only_a_key_that_may_write_changes_anything(client: TestClient, place: Path) -> None:
    reader = opened(place).add("统计科", "read")
    asks = [
        ("POST", "/api/v1/reports", {"files": [("files", ("a.txt", b"x"))]}),
        ("PUT", "/api/v1/reports/a.txt", {"content": b"x"}),
        ("DELETE", "/api/v1/reports/a.txt", {}),
        ("GET", "/api/v1/jobs", {}),
        ("DELETE", "/api/v1/jobs/0123456789abcdef", {}),
    ]
    for method, path, body in asks:
        assert client.request(method, path, headers={"X-API-Key": reader}, **body).status_code == 403
        assert client.request(method, path, headers={"X-API-Key": ""}, **body).status_code == 401
    told = (
        [json.loads(line) for line in (place / "service" / "audit.jsonl").read_text("utf-8").splitlines()]
        if (place / "service" / "audit.jsonl").exists()
        else []
    )
    assert told == []  # what was refused changed nothing
    client.delete("/api/v1/reports/a.txt")
    [line] = [json.loads(text) for text in (place / "service" / "audit.jsonl").read_text("utf-8").splitlines()]
    assert (line["method"], line["role"]) == ("DELETE", "write")


@pytest.mark.parametrize("name", ["nowhere", "../keys", "0123456789abcdef", "%2e%2e%2fkeys"])
def test_a_job_that_is_not_there_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/api/v1/jobs/{name}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/abs/olute.txt", "abs/olute.txt"),
        ("C:\\temp\\自评.docx", "C:/temp/自评.docx"),
        ("a\0b\u202e.txt", "ab.txt"),
        ("...", None),
        ("", None),
        ("长" * 300, None),
    ],
)
def test_a_name_is_data_that_leads_nowhere(sent: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(JixiaoError, match="no-name"):
            clean(sent)
    else:
        assert clean(sent) == kept


def test_what_a_gone_process_left_is_gone_on_with_or_said_to_be_lost(place: Path) -> None:
    jobs = Jobs(place / "service")
    data = report("气象局")
    digest = workspace.digest(data)
    jobs.uploads.mkdir(parents=True)
    (jobs.uploads / digest).write_bytes(data)
    left = jobs.add("add", "k", files=(Upload("气象局.txt", digest),), state="running")
    gone = jobs.add("add", "k", files=(Upload("档案局.txt", "0" * 64),))
    token = opened(place).add("采集", "write")
    with TestClient(create_app(settings=Settings(workspace=place, log="off"))) as client:
        client.headers["X-API-Key"] = token
        for _ in range(600):
            if jobs.get(left.id).ended:
                break
            time.sleep(0.1)
        assert jobs.get(left.id).state == "done"
        assert jobs.get(gone.id).state == "lost"
        assert names(client) == ["气象局.txt"]


def test_a_file_that_takes_its_reader_down_is_refused_and_the_others_are_read(
    place: Path,
) -> None:
    """The reader is given so little time that a file of a thousand pages is too much."""
    jobs = Jobs(place / "service")
    carrier = Carrier(place, jobs, seconds=6.0)
    jobs.uploads.mkdir(parents=True)
    files = []
    for name, data in (("气象局.txt", report("气象局")), ("重.txt", report("档案局") + HEAVY)):
        digest = workspace.digest(data)
        (jobs.uploads / digest).write_bytes(data)
        files.append(Upload(name, digest))
    job = jobs.add("add", "k", files=tuple(files))
    carrier.begin(job)
    for _ in range(1200):
        if jobs.get(job.id).ended:
            break
        time.sleep(0.1)
    carrier.stop()
    done = jobs.get(job.id)
    assert done.state == "done"
    told = {o["name"]: (o["status"], o["code"]) for o in done.outcomes}
    assert told["气象局.txt"] == ("added", "")
    assert told["重.txt"] == ("refused", "too-slow")


HEAVY = "".join(f"{n}.负责第{n}类工作，年初预算{n}万元，支出{n}万元。\n" for n in range(1, 3_000)).encode()
