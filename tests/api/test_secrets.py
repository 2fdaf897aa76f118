"""No secret is written anywhere, wherever in a request somebody puts it; a key is compared in constant time."""

from __future__ import annotations

import hmac
import logging
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.keys import Keys, opened
from api.settings import Settings

PLACES = ("/api/v1/search", "/api/v1/reports/{}", "/{}", "/sparql", "/id/{}", "/api/v1/jobs/{}", "/healthz")


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return opened(tmp_path / "workspace")


def asked(client: TestClient, token: str) -> set[int]:
    """The key in headers that are right and wrong, in queries, bodies, referers, addresses, names of files."""
    statuses = set()
    headers = (
        {"X-API-Key": token},
        {"X-API-Key": token + "x"},
        {"Authorization": f"Bearer {token}"},
        {"Authorization": f"Basic {token}"},
        {"Authorization": token},
        {"Referer": f"http://localhost/?key={token}", "User-Agent": token, "Cookie": f"key={token}"},
        {"X-Request-ID": f"id {token}", "If-None-Match": token, "Accept": token},
    )
    for place in PLACES:
        path = place.format(token)
        for header in headers:
            statuses.add(client.get(path, headers=header).status_code)
        statuses.add(client.get(path, params={"key": token, "q": token, "query": token, "cursor": token}).status_code)
        statuses.add(client.post(path, data={"query": token, "key": token}).status_code)
        statuses.add(client.post(path, content=b"\xff" + token.encode()).status_code)
        statuses.add(client.put(path, content=token, headers={"X-API-Key": token}).status_code)
        statuses.add(client.request(token, path).status_code)
    files = [("files", (f"{token}.txt", token.encode()))]
    statuses.add(client.post("/api/v1/reports", files=files).status_code)
    return statuses


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_log_holds_a_key_wherever_it_stands(
    demo: Path, keys: Keys, form: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    token = keys.add("统计科", "write", per_minute=0)
    app = create_app(settings=Settings.model_validate({"workspace": demo, "log": form, "reading": "key"}))
    for middleware in app.user_middleware:
        if "keys" in middleware.kwargs:
            middleware.kwargs["keys"] = keys
    audit = app.state.journal.audit = keys.path.with_name("audit.jsonl")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # the asker's own log, not the service's
    with caplog.at_level(logging.DEBUG), TestClient(app, raise_server_exceptions=False) as client:
        statuses = asked(client, token)
        metrics = client.get("/metrics", headers={"X-API-Key": token}).text
    secret = token.split("_", 2)[2]
    assert {200, 401, 404} <= statuses
    assert not {status for status in statuses if status >= 500}
    told = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    written = capfd.readouterr()
    for text in (*told, metrics, written.out, written.err, audit.read_text("utf-8")):
        assert secret not in text


def test_a_wrong_secret_and_an_unknown_name_are_compared_like_a_right_one(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, lengths = keys.add("统计科", "read"), []
    compare = hmac.compare_digest

    def counted(one: str, other: str) -> bool:
        lengths.append((len(one), len(other)))
        return compare(one, other)

    monkeypatch.setattr(hmac, "compare_digest", counted)
    known = [keys.of(given) for given in (token, token[:-1], "jx_00000000_x", "", "键", "jx_" + "x" * 5000)]
    assert [bool(key) for key in known] == [True] + [False] * 5
    assert lengths == [(64, 64)] * 6  # one comparison of two digests each, whatever was given
