"""The collection that the service answers from: always the live generation, opened once."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from search.collection import Collection, open_collection


@dataclass(slots=True)
class Live:
    """`collection()` gives the live generation; after a build the next call gives the new one,
    while requests that began with the old one finish with it."""

    folder: Path
    _opened: Collection | None = None
    _pointer: bytes = b""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def collection(self) -> Collection:
        """WorkspaceError `no-workspace` or `empty` where there is nothing to answer from."""
        pointer = self._read()
        with self._lock:
            if self._opened is None or pointer != self._pointer:
                self._opened, self._pointer = open_collection(self.folder), pointer
            return self._opened

    def _read(self) -> bytes:
        try:
            return (self.folder / "current").read_bytes()
        except OSError:
            return b""
