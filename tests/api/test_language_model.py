"""The service asks a language model only where its settings name one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app

QUERY = 'SELECT ?value ?unit ?f { ?f a jx:Amount ; jx:measureName "支出总计" ; jx:value ?value ; jx:unit ?unit }'


@pytest.fixture
def endpoint() -> Iterator[str]:
    """A language model that always writes the same query."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps({"choices": [{"message": {"content": json.dumps({"sparql": QUERY})}}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def _ask(folder: Path, **settings: str) -> Any:
    command = [sys.executable, "-m", "api.cli", "ask", "哪家花得最猛", "--json", "--workspace", str(folder)]
    done = subprocess.run(command, env=os.environ | settings, capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def test_a_question_that_no_form_reads_is_answered_with_the_models_help(demo: Path, endpoint: str) -> None:
    assert not _ask(demo)["answerable"]
    found = _ask(demo, JIXIAO_LLM_URL=endpoint, JIXIAO_LLM_MODEL="stub")
    assert found["answerable"]
    assert found["rows"]
    assert found["evidence"]
    assert found["note"]


def test_the_service_runs_the_models_query_where_it_can_be_killed(demo: Path, endpoint: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIXIAO_LLM_URL", endpoint)
        patch.setenv("JIXIAO_LLM_MODEL", "stub")
        with TestClient(create_app(demo)) as client:
            found = client.get("/api/v1/ask", params={"question": "哪家花得最猛"}).json()
    assert found["answerable"]
    assert {unit for _, unit in found["rows"]} == {"万元"}
