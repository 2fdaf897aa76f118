"""Carrying jobs out: one after another, each in a process of its own that can be killed.

A file that takes too long, or that brings its process down, is refused by name and the job goes on
without it; nothing of a report is ever read in the process that answers requests.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from api.apart import confine
from api.jobs import Job, Jobs
from kg import build as building
from kg import intake, workspace
from kg.build import Outcome
from kg.errors import JixiaoError
from kg.examine import examine
from kg.intake import Intake
from search.indexer import SearchIndexer

log = logging.getLogger(__name__)
TICK = 0.2  # seconds between looks at whether somebody wants it stopped, and between saves
START = 120.0  # seconds for a process to come up and look through what it was given
FINISH = 1800.0  # seconds to compare reports with their neighbours and to publish
PATIENT = 5  # how much the reading of reports stands back for those who ask
PATIENCE = 600.0  # seconds to wait for another writer


@dataclass(slots=True)
class Carrier:
    """Carries out the jobs of one service process; `seconds` and `memory` (bytes) are what the reading
    of one report may take. `published` is called before a job is said to be done: who then asks finds
    what came in."""

    place: Path
    jobs: Jobs
    seconds: float = 120.0
    memory: int = 4 * 2**30
    published: Callable[[], None] = lambda: None
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "jobs"))
    _stopping: threading.Event = field(default_factory=threading.Event)

    def begin(self, job: Job) -> None:
        """Carry the job out as soon as those before it are done."""
        self._thread.submit(self._guarded, job.id)

    def resume(self) -> None:
        """Go on with what a process that is gone had left; what cannot be gone on with is said to be lost."""
        for job in reversed(self.jobs.all()):
            if job.ended:
                continue
            if all((self.jobs.uploads / file.sha256).is_file() for file in job.files):
                self.begin(job)
            else:
                self.jobs.end(job, "lost", code="lost", message="服务重启时上传的文件已不在")

    def stop(self) -> None:
        """Let go at once; what is under way goes on when the service is started again."""
        self._stopping.set()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _guarded(self, name: str) -> None:
        with self.jobs.carrying(name) as ours:
            job = self.jobs.get(name)
            if not ours or job.ended or self._stopping.is_set():
                return
            try:
                _Run(self, job).carry()
            except Exception:
                log.exception("job %s failed", name)
                self.jobs.end(job, "failed", code="internal", message="服务内部出错，已记录")


@dataclass(slots=True)
class _Run:
    """One job under way. `refused` are the files that brought a process down, `told` what became of the
    others so far."""

    carrier: Carrier
    job: Job
    refused: dict[str, Outcome] = field(default_factory=dict)
    told: list[Outcome] = field(default_factory=list)
    saved: float = 0.0

    def carry(self) -> None:
        late = time.monotonic() + PATIENCE
        while True:
            ending = self._attempt()
            if ending == "again":
                continue
            if ending != "locked":
                return
            if self._unwanted():
                self._let_go()
                return
            if time.monotonic() > late:
                self._end("failed", code="locked", message="另一个进程一直在写这个工作区")
                return
            time.sleep(1.0)

    def _attempt(self) -> str:
        """Carry out the whole job in a new process; `again` where a file had to be left out, `locked`
        where another writes, `` where it ended."""
        self.told.clear()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        order = (str(self.carrier.place), self._files(), self.job, frozenset(self.refused), self.carrier.memory)
        process = context.Process(target=_work, args=(*order, theirs), daemon=True)
        process.start()
        theirs.close()
        try:
            return self._follow(ours)
        finally:
            process.kill()
            process.join()
            ours.close()

    def _files(self) -> list[tuple[str, str]]:
        return [(file.name, str(self.carrier.jobs.uploads / file.sha256)) for file in self.job.files]

    def _follow(self, pipe: Connection) -> str:
        names: Sequence[str] = ()
        late = time.monotonic() + START
        while True:
            try:
                if not pipe.poll(TICK):
                    if self._unwanted():
                        return self._let_go()
                    if time.monotonic() > late:
                        return self._without(names, "too-slow", f"读了 {self.carrier.seconds:g} 秒还没有读完，不再读")
                    continue
                kind, said = pipe.recv()
            except (EOFError, ConnectionError):
                return self._without(names, "crashed", "读这个文件耗尽了内存或使程序崩溃，不再读")
            if kind == "names":
                names = said
                self.job = replace(self.job, state="running", total=len(names) + len(self.refused))
            elif kind == "outcome":
                self.told.append(said)
                self._save()
            elif kind == "done":
                with suppress(JixiaoError):  # nothing is there yet
                    self.carrier.published()
                self._end("done", generation=said)
                return ""
            elif said.code == "locked":
                return "locked"
            else:
                self._end("failed", code=said.code, message=said.message)
                return ""
            late = time.monotonic() + (self.carrier.seconds if len(self.told) < len(names) else FINISH)

    def _unwanted(self) -> bool:
        return self.carrier._stopping.is_set() or self.carrier.jobs.cancelled(self.job.id)

    def _let_go(self) -> str:
        if not self.carrier._stopping.is_set():
            self.told.clear()  # the draft is dropped: nothing of it came in
            self._end("cancelled")
        return ""

    def _without(self, names: Sequence[str], code: str, message: str) -> str:
        """Leave out the file that was being read when its process went down."""
        if len(self.told) >= len(names):
            self._end("failed", code=code, message="处理任务的进程没有完成；原有内容没有变")
            return ""
        name = names[len(self.told)]
        self.refused[name] = Outcome(name, "refused", code, message)
        return "again"

    def _outcomes(self) -> tuple[dict[str, Any], ...]:
        return tuple(asdict(outcome) for outcome in (*self.refused.values(), *self.told))

    def _save(self) -> None:
        if time.monotonic() - self.saved > TICK:
            self.carrier.jobs.save(replace(self.job, outcomes=self._outcomes()))
            self.saved = time.monotonic()

    def _end(self, state: str, **more: Any) -> None:
        self.carrier.jobs.end(replace(self.job, outcomes=self._outcomes()), state, **more)


def _work(
    folder: str, files: Sequence[tuple[str, str]], job: Job, skip: frozenset[str], memory: int, pipe: Connection
) -> None:
    """The life of a process that carries a job out: it tells the names of the files, each outcome, and
    how it ended."""
    confine(memory)
    os.nice(PATIENT)

    def tell(outcome: Outcome, total: int) -> None:
        pipe.send(("outcome", outcome))

    try:
        place = workspace.create(Path(folder))
        with suppress(JixiaoError):
            examine(_WARM.encode(), "")  # so that the clock of the first file does not count the words being loaded
        if job.act == "remove":
            pipe.send(("names", job.names))
            summary = building.remove(place, job.names, SearchIndexer(), progress=tell)
        else:
            items = [Intake(name, Path(path)) for name, path in files]
            found, missing = intake.collect(items)
            named = [error.file for error in missing] + [item.name for item in found if item.name not in skip]
            pipe.send(("names", named))
            # One after the other, in this process: so it is known which file brought it down.
            summary = building.build(place, items, SearchIndexer(), again=job.again, skip=skip, jobs=1, progress=tell)
        pipe.send(("done", summary.generation.number if summary.generation else None))
    except JixiaoError as error:
        pipe.send(("error", error))


_WARM = "某县某局2024年度部门整体支出绩效自评报告\n\n一、部门概况\n负责某项工作。年初预算1万元，支出1万元，自评95分。\n"
