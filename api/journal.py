"""What happened: a line for each request, a line for each change, and counts for Prometheus.

No line holds a key, a header, a query or a body: what people ask is theirs.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.types import Scope

log = logging.getLogger("jixiao.requests")
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_SECRET = re.compile(r"jx_[\w-]{8,}", re.ASCII)  # a key that somebody has put into an address
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10, 30)


class Journal:
    """The log of the service in `form` (json, text or off), the audit file at `audit`, and the counts."""

    def __init__(self, form: str, audit: Path) -> None:
        self.form, self.audit = form, audit
        if form != "off" and not log.handlers:
            log.addHandler(logging.StreamHandler())
            log.setLevel(logging.INFO)
            log.propagate = False
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self.requests = Counter("jixiao_requests", "Requests answered", labels, registry=self.registry)
        self.seconds = Histogram(
            "jixiao_request_seconds", "Time to answer", ("route",), registry=self.registry, buckets=_SECONDS
        )

    def request(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        """Count a request and log it; a change also goes into the audit file."""
        route = getattr(scope.get("route"), "path", "") or "other"
        self.requests.labels(scope["method"], route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)
        key = scope["state"].get("key")
        told = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "id": scope["state"]["request_id"],
            "method": scope["method"],
            "path": _SECRET.sub("jx_…", scope["path"]),
            "status": status,
            "bytes": size,
            "ms": round(seconds * 1000, 1),
            "key": key.id if key else None,
        }
        if self.form == "json":
            log.info(json.dumps(told, ensure_ascii=False))
        elif self.form == "text":
            log.info("%(method)s %(path)r %(status)s %(ms)s ms %(bytes)s bytes id=%(id)s key=%(key)s", told)
        if scope["method"] in _WRITES and key and key.role != "read":
            self.change(told | {"client": (scope.get("client") or ("",))[0], "role": key.role})

    def change(self, told: dict[str, Any]) -> None:
        """A line of the audit file. One write of one line: processes that share the file do not mix."""
        self.audit.parent.mkdir(parents=True, exist_ok=True)
        with self.audit.open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
