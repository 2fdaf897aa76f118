"""Who may ask, how much and how often; what every answer carries, and what no log holds."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.guard import Meter
from api.keys import Keys, opened
from api.settings import Settings
from kg.errors import JixiaoError


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return opened(tmp_path / "workspace")


def service(demo: Path, keys: Keys, **given: object) -> TestClient:
    """The service over the examples, with these settings and keys."""
    settings = Settings.model_validate({"workspace": demo, "log": "json", **given})
    app: FastAPI = create_app(settings=settings)
    for middleware in app.user_middleware:
        if "keys" in middleware.kwargs:
            middleware.kwargs["keys"] = keys
    app.state.journal.audit = keys.path.with_name("audit.jsonl")
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def closed(demo: Path, keys: Keys) -> Iterator[TestClient]:
    with service(demo, keys, reading="key") as client:
        yield client


def test_a_key_is_known_by_its_secret_and_by_nothing_else(keys: Keys) -> None:
    token = keys.add("统计科", "read")
    known = keys.of(token)
    assert known
    assert (known.name, known.role) == ("统计科", "read")
    wrong = (token[:-1], token + "x", token.upper(), token.replace("jx_", "jy_"), "", "jx__", f"jx_{known.id}_", "键")
    assert [keys.of(other) for other in wrong] == [None] * len(wrong)


def test_the_file_of_keys_holds_no_secret_and_is_for_its_owner_only(keys: Keys) -> None:
    token = keys.add("统计科", "write")
    assert token.split("_", 2)[2] not in keys.path.read_text("utf-8")
    assert keys.path.stat().st_mode & 0o077 == 0


def test_a_key_taken_back_opens_nothing_any_more(keys: Keys) -> None:
    token = keys.add("统计科", "read")
    other = Keys(keys.path)  # as another process sees the file
    known = other.of(token)
    assert known
    keys.remove(known.id)
    assert other.of(token) is None
    with pytest.raises(JixiaoError, match="no-such-key"):
        keys.remove(known.id)


def test_reading_by_key_lets_in_who_has_one(closed: TestClient, keys: Keys) -> None:
    token = keys.add("统计科", "read")
    refused = closed.get("/api/v1/reports")
    assert refused.status_code == 401
    assert "Bearer" in refused.headers["www-authenticate"]
    for given in ({"Authorization": f"Bearer {token}"}, {"X-API-Key": token}):
        assert closed.get("/api/v1/reports", headers=given).status_code == 200
    assert closed.get("/api/v1/reports", auth=("", token)).status_code == 200
    assert closed.get("/api/v1/reports", headers={"X-API-Key": f"{token}x"}).status_code == 401
    assert closed.get("/healthz").status_code == 200


def test_who_asks_too_often_is_told_when_to_come_back(demo: Path, keys: Keys) -> None:
    with service(demo, keys, anonymous_per_minute=3) as client:
        statuses = [client.get("/api/v1/reports").status_code for _ in range(5)]
        assert statuses[:3] == [200] * 3
        late = client.get("/api/v1/reports")
        assert late.status_code == 429
        assert int(late.headers["retry-after"]) >= 1
        token = keys.add("统计科", "read", per_minute=0)
        assert client.get("/api/v1/reports", headers={"X-API-Key": token}).status_code == 200


def test_a_bucket_fills_again_with_time() -> None:
    now = 0.0
    meter = Meter(clock=lambda: now)
    assert [bool(meter.take("a", 60)) for _ in range(61)] == [False] * 60 + [True]
    now = 1.0
    assert not meter.take("a", 60)
    assert meter.take("a", 60)
    assert not meter.take("b", 60)


def test_what_is_too_large_goes_no_further(demo: Path, keys: Keys) -> None:
    with service(demo, keys, url_bytes=2048, header_bytes=4096, body_bytes=1024) as client:
        assert client.get("/api/v1/search", params={"q": "x" * 3000}).status_code == 414
        assert client.get("/healthz", headers={"X-Long": "x" * 5000}).status_code == 431
        form = {"Content-Type": "application/sparql-query"}
        assert client.post("/sparql", content=b"x" * 2000, headers=form).status_code == 413

        def dribbled() -> Iterator[bytes]:
            for _ in range(20):
                yield b"x" * 100

        told = client.post("/sparql", content=dribbled(), headers=form)
        assert told.status_code == 413
        assert told.json()["code"] == "too-large"


def test_another_site_cannot_write_in_a_readers_name(demo: Path, keys: Keys) -> None:
    with service(demo, keys) as client:
        ask = {"query": "ASK {}"}
        assert client.post("/sparql", data=ask, headers={"Origin": "https://evil.example"}).status_code == 403
        assert client.post("/sparql", data=ask, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert client.post("/sparql", data=ask, headers={"Origin": "http://testserver"}).status_code == 200
        assert "access-control-allow-origin" not in client.get("/healthz", headers={"Origin": "https://a.b"}).headers


def test_sites_that_are_named_may_read_across(demo: Path, keys: Keys) -> None:
    with service(demo, keys, origins="https://data.example", reading="key") as client:
        preflight = {"Origin": "https://data.example", "Access-Control-Request-Method": "GET"}
        allowed = client.options("/api/v1/reports", headers=preflight)
        assert allowed.headers["access-control-allow-origin"] == "https://data.example"
        stranger = client.options("/api/v1/reports", headers=preflight | {"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in stranger.headers


def test_every_answer_has_an_id_and_keeps_the_browser_strict(demo: Path, keys: Keys) -> None:
    with service(demo, keys) as client:
        for path in ("/healthz", "/api/v1/reports", "/", "/docs", "/nowhere", "/static/jixiao.css"):
            headers = client.get(path).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-request-id"]
        assert client.get("/healthz", headers={"X-Request-ID": "mine-1"}).headers["x-request-id"] == "mine-1"
        forged = client.get("/healthz", headers={"X-Request-ID": 'a" level="error'})
        assert '"' not in forged.headers["x-request-id"]


def test_the_log_tells_of_requests_and_of_no_secret(
    closed: TestClient, keys: Keys, caplog: pytest.LogCaptureFixture
) -> None:
    token = keys.add("统计科", "write")
    with caplog.at_level(logging.INFO, "jixiao.requests"):
        closed.get("/api/v1/search?q=秘密的问题", headers={"X-API-Key": token})
        closed.get("/api/v1/search?q=x", headers={"Authorization": f"Bearer {token}x"})
    lines = [json.loads(record.message) for record in caplog.records]
    assert [line["status"] for line in lines] == [200, 401]
    assert lines[0]["path"] == "/api/v1/search"
    assert token.split("_", 2)[2] not in caplog.text
    assert "秘密" not in caplog.text


def test_requests_are_counted_for_prometheus(demo: Path, keys: Keys) -> None:
    with service(demo, keys) as client:
        client.get("/api/v1/reports")
        client.get("/api/v1/reports/没有.txt")
        told = client.get("/metrics").text
        assert 'jixiao_requests_total{method="GET",route="/api/v1/reports",status="200"} 1.0' in told
        assert "jixiao_reports 13.0" in told
        assert "没有" not in told  # what readers ask for makes no label
