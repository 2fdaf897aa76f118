"""A SPARQL 1.1 server over an engine in memory: the protocol's two operations, and nothing of search.

`python sparql_server.py DATA.nq` serves a file from a process of its own and says its address.
"""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store


class _Handler(BaseHTTPRequestHandler):
    store: Store

    def do_POST(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        is_form = self.headers["Content-Type"].startswith("application/x-www-form-urlencoded")
        said = parse_qs(address.query) | (parse_qs(body) if is_form else {"query": [body], "update": [body]})
        try:
            if address.path == "/query":
                self._answer(200, *self._query(said["query"][0], said.get("default-graph-uri", [])))
            elif address.path == "/update":
                self.store.update(said["update"][0])
                self._answer(204)
            else:
                self._answer(404)
        except SyntaxError as error:
            self._answer(400, str(error).encode())

    def _query(self, text: str, graphs: list[str]) -> tuple[bytes, str]:
        chosen = [NamedNode(iri) for iri in graphs]
        result = self.store.query(text, default_graph=chosen or None, use_default_graph_as_union=not chosen)
        if isinstance(result, QueryTriples):
            return result.serialize(format=RdfFormat.N_TRIPLES) or b"", "application/n-triples"
        return result.serialize(format=QueryResultsFormat.JSON) or b"", "application/sparql-results+json"

    def _answer(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


def bound(store: Store) -> tuple[ThreadingHTTPServer, str]:
    """A server over `store` on a free port, not yet serving, and the address that takes queries."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"store": store}))
    return server, f"http://127.0.0.1:{server.server_port}/query"


if __name__ == "__main__":
    store = Store()
    store.load(Path(sys.argv[1]).read_bytes(), format=RdfFormat.N_QUADS)
    server, address = bound(store)
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    server.serve_forever()
