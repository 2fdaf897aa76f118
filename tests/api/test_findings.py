"""Findings over HTTP: chosen, paged, taken away as files, and decided on by those who may."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.app import create_app
from api.keys import opened
from api.settings import Settings
from kg.verify import verify
from kg.workspace import existing
from search.collection import open_collection
from search.indexer import SearchIndexer

ALL = "/api/v1/findings"


@pytest.fixture
def own(demo: Path, tmp_path: Path) -> Path:
    """A copy of the examples' workspace to decide in."""
    shutil.copytree(demo, tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def service(own: Path) -> Iterator[TestClient]:
    with TestClient(create_app(settings=Settings(workspace=own, log="off"))) as client:
        yield client


def key_for(own: Path, role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {opened(own).add('张三', role)}"}


def test_findings_come_gravest_first_with_every_place_in_its_report(client: httpx.Client) -> None:
    found = client.get(ALL, params={"limit": 1000}).json()
    assert found["count"] == found["total"] == len(found["items"]) > 20
    graves = [("error", "warning", "info").index(one["severity"]) for one in found["items"]]
    assert graves == sorted(graves)
    (opened,) = [one for one in found["items"] if one["rule"] == "carried_over"]
    assert opened["between_reports"]
    assert (opened["department"], opened["fiscal_year"], opened["status"]) == ("青岭区水利局", 2024, "open")
    for place in opened["evidence"]:
        text = client.get(f"/api/v1/reports/{place['report']}/text").text
        assert text[place["start"] : place["end"]] == place["quote"]
    assert client.get(f"{ALL}/{opened['key'][:8]}").json() == opened


@pytest.mark.parametrize(
    ("filters", "field", "value"),
    [
        ({"severity": "warning"}, "severity", "warning"),
        ({"rule": "two_values"}, "rule", "two_values"),
        ({"type": "over-budget"}, "type", "over-budget"),
        ({"department": "水利局"}, "department", "青岭区水利局"),
        ({"year": "2023"}, "fiscal_year", 2023),
        ({"status": "open"}, "status", "open"),
    ],
)
def test_filters_take_just_what_fits(client: httpx.Client, filters: dict[str, str], field: str, value: object) -> None:
    every = client.get(ALL, params={"limit": 1000}).json()["items"]
    assert client.get(ALL, params={"limit": 1000, **filters}).json()["items"] == [o for o in every if o[field] == value]


def test_pages_follow_each_other_and_miss_nothing(client: httpx.Client) -> None:
    every = client.get(ALL, params={"limit": 1000, "severity": "error"}).json()["items"]
    seen, address = [], f"{ALL}?severity=error&limit=5"
    while address:
        page = client.get(address).json()
        assert page["total"] == len(every)
        assert page["truncated"] == bool(page["next"])
        seen += page["items"]
        address = page["next"]
    assert seen == every


def test_findings_can_be_taken_away_with_links_to_the_words(client: httpx.Client) -> None:
    table = client.get(ALL, params={"rule": "carried_over", "format": "xlsx"})
    sheet = load_workbook(BytesIO(table.content)).worksheets[0]
    (link,) = [cell.hyperlink.target for cell in sheet[2] if cell.hyperlink]
    page = client.get(link.split("#")[0])
    assert page.status_code == 200
    assert "12,684.30" in page.text
    lines = client.get(ALL, params={"rule": "carried_over", "format": "jsonl"}).text.splitlines()
    assert len(lines) == 1


@pytest.mark.parametrize("asked", [{"severity": "grave"}, {"status": "done"}, {"format": "doc"}])
def test_what_cannot_be_asked_is_said(client: httpx.Client, asked: dict[str, str]) -> None:
    answer = client.get(ALL, params=asked)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_was_checked_is_told_with_its_outcome_and_its_places(client: httpx.Client) -> None:
    name = "青岭区水利局2024年自评.md"
    text = client.get(f"/api/v1/reports/{name}/text").text
    told = client.get("/api/v1/checks", params={"report": name}).json()
    assert told["count"] == told["total"] == sum(told["counts"].values())
    assert {"holds", "contradicts"} <= set(told["counts"])
    for check in told["items"]:
        for place in check["places"]:
            assert place["report"] != name or text[place["start"] : place["end"]] == place["quote"]
    held = client.get("/api/v1/checks", params={"report": name, "rule": "prior_year", "outcome": "holds"}).json()
    assert [check["recomputation"] for check in held["items"]] == [
        "4032.60万元 － 448.50万元 ＝ 3584.10万元；3584.10万元"
    ]
    assert client.get("/api/v1/checks", params={"report": "没有.txt"}).status_code == 404


def test_nobody_decides_without_a_key_that_may(service: TestClient, own: Path) -> None:
    key = service.get(ALL).json()["items"][0]["key"]
    address, given = f"{ALL}/{key}/decisions", {"status": "confirmed"}
    assert service.post(address, json=given).status_code == 401
    assert service.post(address, json=given, headers=key_for(own, "read")).status_code == 403
    assert service.get("/api/v1/decisions").json()["count"] == 0


def test_a_decision_is_seen_by_the_next_request_and_in_the_graph(service: TestClient, own: Path) -> None:
    who = key_for(own, "write")
    key = service.get(ALL, params={"rule": "carried_over"}).json()["items"][0]["key"]
    given = {"status": "dismissed", "reason": "口径不同"}
    taken = service.post(f"{ALL}/{key[:10]}/decisions", json=given, headers=who)
    assert taken.status_code == 201
    assert taken.json()["in_graph"]
    (found,) = service.get(ALL, params={"status": "dismissed"}).json()["items"]
    assert found["key"] == key
    assert (found["decision"]["by"], found["decision"]["reason"]) == ("张三", "口径不同")
    rows = open_collection(own).query('SELECT ?rule { ?f jx:status "dismissed" ; jx:rule ?rule }')
    assert [str(rule) for (rule,) in rows] == ["carried_over"]
    service.post(f"{ALL}/{key}/decisions", json={"status": "open"}, headers=who)
    assert service.get(ALL, params={"status": "dismissed"}).json()["items"] == []
    history = service.get("/api/v1/decisions", params={"finding": key}).json()["items"]
    assert [one["status"] for one in history] == ["dismissed", "open"]
    assert verify(existing(own), SearchIndexer()) == []


@pytest.mark.parametrize(
    ("key", "given", "status", "code"),
    [
        ("", {"status": "dismissed"}, 400, "no-reason"),
        ("", {"status": "stale"}, 400, "unknown-status"),
        ("", {"status": "confirmed", "reason": "长" * 3000}, 400, "too-large"),
        ("0" * 16, {"status": "confirmed"}, 404, "no-such-finding"),
    ],
)
def test_what_is_no_decision_is_refused(
    service: TestClient, own: Path, key: str, given: dict[str, str], status: int, code: str
) -> None:
    key = key or service.get(ALL).json()["items"][0]["key"]
    answer = service.post(f"{ALL}/{key}/decisions", json=given, headers=key_for(own, "write"))
    assert (answer.status_code, answer.json()["code"]) == (status if code != "too-large" else 413, code)
