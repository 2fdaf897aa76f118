"""The collection that the service answers from: always the live generation, opened once."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import JixiaoError
from search.collection import Collection, open_collection
from search.language.model import LanguageModel
from search.language.translation import Query

_WARM = "职责"  # a search that opens every retriever


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
        """WorkspaceError `no-workspace` or `empty` where there is nothing to answer from. Who first asks
        after a build opens the new generation; the others go on with the old one until it is open."""
        pointer, opened = self._read(), self._opened
        if opened is not None and pointer == self._pointer:
            return opened
        if not self._lock.acquire(blocking=opened is None) and opened is not None:
            return opened
        try:
            if self._opened is None or pointer != self._pointer:
                fresh = open_collection(self.folder, self.model, self.guarded)
                if opened is not None and "index" in opened.__dict__:
                    with suppress(JixiaoError):
                        fresh.search(_WARM, k=1)  # what was open before is opened before anybody waits for it
                self._opened, self._pointer = fresh, pointer
            return self._opened
        finally:
            self._lock.release()

    def _read(self) -> bytes:
        try:
            return (self.folder / "current").read_bytes()
        except OSError:
            return b""
