"""A language model that says what a test tells it to: a real HTTP server on this machine."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from search.language.model import LanguageModel


@dataclass
class Stub:
    """`says` are its replies, one a request, the last one for ever; `asked` what it was sent."""

    says: list[Any] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    status: int = 200
    raw: bytes | None = None
    pause: float = 0.0
    url: str = ""

    def next(self) -> bytes:
        if self.raw is not None:
            return self.raw
        said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        content = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()

    @property
    def model(self) -> LanguageModel:
        return LanguageModel(self.url, "stub", key="sk-secret", seconds=1.0)


def _handler(stub: Stub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            stub.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            stub.keys.append(self.headers.get("Authorization", ""))
            body = stub.next()
            self.send_response(stub.status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    if stub.pause:
                        self.wfile.flush()
                        time.sleep(stub.pause)
            except (BrokenPipeError, ConnectionResetError):
                pass

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture
def stub() -> Iterator[Stub]:
    made = Stub(says=[{}])
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    made.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()
