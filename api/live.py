"""The collection that the service answers from: always the live generation, opened once."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from search.collection import Collection, open_collection
from search.language.model import LanguageModel
from search.language.translation import Query


@dataclass(slots=True)
class Live:
    """`collection()` gives the live generation; after a build the next call gives the new one,
    while requests that began with the old one finish with it. `model` helps to ask where it is set;
    what it has run runs by `guarded`."""

    folder: Path
    model: LanguageModel | None = None
    guarded: Query | None = None
    _opened: Collection | None = None
    _pointer: bytes = b""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def collection(self) -> Collection:
        """WorkspaceError `no-workspace` or `empty` where there is nothing to answer from."""
        pointer = self._read()
        with self._lock:
            if self._opened is None or pointer != self._pointer:
                self._opened, self._pointer = open_collection(self.folder, self.model, self.guarded), pointer
            return self._opened

    def _read(self) -> bytes:
        try:
            return (self.folder / "current").read_bytes()
        except OSError:
            return b""
