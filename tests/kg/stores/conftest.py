"""A real SPARQL 1.1 server for the tests of stores."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pyoxigraph import Store
from sparql_server import bound


@pytest.fixture
def endpoint() -> Iterator[str]:
    """The address of an empty server, gone after the test."""
    server, address = bound(Store())
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()
