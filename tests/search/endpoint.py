"""A SPARQL 1.1 server that knows nothing of search: `python endpoint.py DATA.nq` says its address."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Store


class Handler(BaseHTTPRequestHandler):
    store = Store()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        is_form = self.headers["Content-Type"].startswith("application/x-www-form-urlencoded")
        said = parse_qs(urlsplit(self.path).query) | (parse_qs(body) if is_form else {"query": [body]})
        chosen = [NamedNode(iri) for iri in said.get("default-graph-uri", [])]
        try:
            result = self.store.query(
                said["query"][0], default_graph=chosen or None, use_default_graph_as_union=not chosen
            )
        except SyntaxError as error:
            self._answer(400, str(error).encode(), "text/plain")
            return
        if type(result).__name__ == "QueryTriples":
            self._answer(200, result.serialize(format=RdfFormat.N_TRIPLES) or b"", "application/n-triples")
        else:
            self._answer(
                200, result.serialize(format=QueryResultsFormat.JSON) or b"", "application/sparql-results+json"
            )

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


if __name__ == "__main__":
    Handler.store.load(Path(sys.argv[1]).read_bytes(), format=RdfFormat.N_QUADS)
    server = HTTPServer(("127.0.0.1", 0), Handler)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}/query\n")
    sys.stdout.flush()
    server.serve_forever()
