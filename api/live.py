"""What the service answers from: the live generation, opened once, with the workers that query it.

After a build the next generation is opened and warmed beside the one in use, and then takes its place
at once: nobody waits for it, and nobody sees some of both.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from api.workers import Limits, Workers
from kg.errors import JixiaoError
from search.collection import Collection, open_collection
from search.language.model import LanguageModel

log = logging.getLogger(__name__)
LOOK = 0.5  # seconds between looks at which generation is live
GRACE = 30.0  # seconds in which requests that began with a generation end with it
_WARM = "职责"  # a search that opens every retriever


@dataclass(frozen=True, slots=True)
class Opened:
    """One generation with what answers from it; `pointer` is what named it."""

    pointer: bytes
    collection: Collection
    workers: Workers


@dataclass(slots=True)
class Live:
    """`opened()` gives the generation that is answered from; requests that began with one finish with
    it. `count` workers query it within `limits`; `model` helps to ask where it is set; each of `warming`
    makes ready, before a generation is answered from, what its first reader would wait for."""

    folder: Path
    count: int = 2
    limits: Limits = Limits()
    model: LanguageModel | None = None
    warming: Sequence[Callable[[Collection], object]] = ()
    warm: bool = False
    _opened: Opened | None = None
    _failed: bytes = b""
    _retired: list[tuple[float, Workers]] = field(default_factory=list)
    _opening: threading.Lock = field(default_factory=threading.Lock)
    _renewing: threading.Lock = field(default_factory=threading.Lock)
    _closed: threading.Event = field(default_factory=threading.Event)

    def opened(self) -> Opened:
        """WorkspaceError `no-workspace` or `empty` where there is nothing to answer from."""
        if self._opened:
            return self._opened
        with self._opening:
            self._opened = self._opened or self._open()
            return self._opened

    def collection(self) -> Collection:
        return self.opened().collection

    def workers(self) -> Workers:
        return self.opened().workers

    def renew(self) -> None:
        """Answer from the generation that is live now, once it is warm; nothing changes where it is the one
        already, or cannot be opened."""
        with self._renewing:
            now, pointer = self.opened(), self._read()
            if self.warm and pointer in (now.pointer, self._failed):
                return
            try:
                fresh = now if pointer == now.pointer else self._open()
            except JixiaoError as error:
                log.error("the new generation cannot be opened; the old one goes on: %s", error)
                self._failed = pointer
                return
            self._make_warm(fresh)
            self._opened, self.warm = fresh, True
            if fresh is not now:
                self._retired.append((time.monotonic() + GRACE, now.workers))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Renew whenever a build has published something."""
        watcher = threading.Thread(target=self._watch, name="generations", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            self._closed.set()
            watcher.join()
            self._let_go(everything=True)
            if self._opened:
                self._opened.workers.close()

    def _watch(self) -> None:
        while not self._closed.is_set():
            try:
                self.renew()
            except JixiaoError as error:
                log.debug("nothing to answer from: %s", error)
            except Exception:
                log.exception("a generation could not be made ready")  # whoever watches must go on watching
            self._let_go()
            self._closed.wait(LOOK)

    def _let_go(self, *, everything: bool = False) -> None:
        """Stop the workers of generations that nobody can still be asking."""
        due = [one for one in self._retired if everything or one[0] < time.monotonic()]
        for one in due:
            one[1].close()
            self._retired.remove(one)

    def _open(self) -> Opened:
        pointer = self._read()
        collection = open_collection(self.folder, self.model)
        workers = Workers(self.folder, self.count, self.limits, collection.generation.number)
        return Opened(pointer, replace(collection, guarded=workers), workers)

    def _make_warm(self, opened: Opened) -> None:
        opened.workers.warm()
        for warm in (_search, *self.warming):
            if self._closed.is_set():
                return
            try:
                warm(opened.collection)
            except JixiaoError as error:
                log.error("the generation is not warm; its first readers wait: %s", error)

    def _read(self) -> bytes:
        try:
            return (self.folder / "current").read_bytes()
        except OSError:
            return b""


def _search(collection: Collection) -> None:
    collection.search(_WARM, k=1)
