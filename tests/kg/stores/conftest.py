"""A real SPARQL 1.1 server for the tests: the protocol's two operations over an engine in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, Store


class _Handler(BaseHTTPRequestHandler):
    store: Store

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        path = self.path.split("?")[0]
        try:
            if path == "/query":
                self._answer(200, *self._query(text))
            elif path == "/update":
                self.store.update(text)
                self._answer(204)
            else:
                self._answer(404)
        except SyntaxError as error:
            self._answer(400, str(error).encode(), "text/plain")

    def _query(self, text: str) -> tuple[bytes, str]:
        result = self.store.query(text, use_default_graph_as_union=True)
        if hasattr(result, "variables") or isinstance(result, bool) or not hasattr(result, "__next__"):
            return result.serialize(format=QueryResultsFormat.JSON) or b"", "application/sparql-results+json"
        return result.serialize(format=RdfFormat.N_TRIPLES) or b"", "application/n-triples"

    def _answer(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    """The address of an empty server, gone after the test."""
    handler = type("Handler", (_Handler,), {"store": Store()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/query"
    server.shutdown()
    thread.join()
    server.server_close()
