"""Kill whoever writes a workspace, at random points, and look at what is left.

    python benchmarks/killing.py [--kills 200] [--seed 0] [--acts build upload remove decide compact backup restore]

One workspace of a few tiny reports goes through everything. Each act runs in a process of its own that is
killed with SIGKILL: every other time after a random part of the time that the act takes, else as it reaches
a random one of its steps on the disk (opening for writing, renaming, linking, removing). Then the
workspace must verify clean and hold what it held before or what it would hold after, whole; what was
acknowledged must be there: a decision once it was promised, an upload once it was accepted, which is gone
on with as after a restart. The same workspace goes on into the next act. Ends with status 1 at any failure.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import search.embedding
from api.carrying import Carrier
from api.jobs import Jobs
from kg import workspace
from kg.backup import backup, compact, restore
from kg.build import build, remove
from kg.decisions import decision, decisions
from kg.review import decide
from kg.verify import verify
from kg.workspace import Workspace
from search.collection import open_collection
from search.indexer import SearchIndexer

assert search.embedding  # imported before the first fork, so that no act waits for it
log = logging.getLogger(__name__)
REPORT = """青禾县{name}局2024年度部门整体支出绩效自评报告
一、部门职责
1、负责{name}工作的规划和监督管理。
二、收支情况
2024年本部门收入总计{income}.50万元。年初预算500.00万元，预算执行数450.00万元，预算执行率98%。
"""
NAMES = ("水务", "林业", "档案", "气象", "统计")
ACTS = ("build", "upload", "remove", "decide", "compact", "backup", "restore")
PATIENCE = 300.0  # seconds for what must end
_STEPS = frozenset({"os.rename", "os.mkdir", "os.link", "os.remove", "os.rmdir", "os.truncate", "shutil.copyfile"})
State = dict[str, int]  # report → its income in units of 10 000 yuan, without the half


@dataclass(slots=True)
class Trials:
    """The workspace in `folder` with what it should hold. `kept` is what the backup holds, `promised` who was
    told that a decision is there."""

    folder: Path
    dice: random.Random
    state: State = field(default_factory=dict)
    kept: State = field(default_factory=dict)
    promised: set[str] = field(default_factory=set)
    lengths: dict[str, tuple[float, int]] = field(default_factory=dict)
    ends: Counter[str] = field(default_factory=Counter)
    made: int = 0

    @property
    def place(self) -> Workspace:
        return Workspace(self.folder / "workspace")

    @property
    def tar(self) -> Path:
        return self.folder / "backup.tar"

    def begin(self) -> None:
        """A workspace with every report, a decision and a backup, and how long every act takes when it is let be."""
        workspace.create(self.place.folder)
        (self.folder / "inbox").mkdir()
        for act in ("build", "backup", *ACTS):
            what, after = self.prepared(act, everything=not self.state)
            said, seconds, steps = _run(what)
            _must(said is not None and said != "failed", f"{act} does not end: {said}")
            self.settle(act, after, said, killed=False)
            self.lengths[act] = seconds, steps

    def kill(self, act: str, number: int) -> str:
        """One act killed on its way; how it ended. AssertionError where something is wrong afterwards."""
        what, after = self.prepared(act)
        seconds, steps = self.lengths[act]
        if number % 2:
            said, _, _ = _run(what, step=self.dice.randint(1, max(1, steps)))
        else:
            said, _, _ = _run(what, seconds=self.dice.uniform(0.0, 1.05) * seconds)
        return self.settle(act, after, said, killed=True)

    def prepared(self, act: str, everything: bool = False) -> tuple[Callable[[Connection], None], State]:
        """What a process is to do, and what the workspace holds once it is done."""
        self.made += 1
        if act in ("build", "upload"):
            names = NAMES if everything else self.dice.sample(NAMES, 2)
            changed = {name: 100 + self.made * 10 + place for place, name in enumerate(names)}
            for name, income in changed.items():
                path = self.folder / "inbox" / f"{name}.txt"
                path.write_text(REPORT.format(name=name, income=income), "utf-8")
            paths = [self.folder / "inbox" / f"{name}.txt" for name in changed]
            return (_building if act == "build" else _uploading)(self.place, paths), self.state | changed
        if act == "remove":
            gone = self.dice.choice(sorted(self.state))
            return _removing(self.place, f"{gone}.txt"), {n: v for n, v in self.state.items() if n != gone}
        if act == "decide":
            return _deciding(self.place, f"{self.made}"), self.state
        if act == "compact":
            return lambda pipe: _then(pipe, compact(self.place)), self.state
        if act == "backup":
            return lambda pipe: _then(pipe, backup(self.place, self.tar)), self.state
        return lambda pipe: _then(pipe, restore(self.place, self.tar).number), self.kept

    def settle(self, act: str, after: State, said: Any, *, killed: bool) -> str:
        """Look at what is left, in a process of its own, and hold it against what must be."""
        if act == "upload" and said is not None:
            _must(_run(lambda pipe: _then(pipe, _resumed(self.place)))[0] == "done", "the accepted upload is lost")
        if act == "decide" and said is not None:
            self.promised.add(f"{said}")
        seen, _, _ = _run(lambda pipe: _then(pipe, _seen(self.place)))
        _must(isinstance(seen, dict), f"cannot be read: {seen}")
        damage, found, by = seen["damage"], seen["state"], seen["by"]
        _must(not damage, f"damaged: {damage}")
        _must(found in (self.state, after), f"a mixture: {found}, neither {self.state} nor {after}")
        _must(killed and said is None or found == after, f"acknowledged and lost: {found} instead of {after}")
        _must(self.promised <= set(by), f"decisions lost: {self.promised - set(by)}")
        _must(len(by) == len(set(by)), "decisions doubled")
        ended = "after" if found == after != self.state else "before" if after != self.state else "same"
        if act == "backup" and said is not None:
            self.kept = dict(self.state)
        elif act == "backup" and killed:  # the old file or the new one, whole: bring it back elsewhere
            self.kept = _run(lambda pipe: _then(pipe, _restored(self.folder, self.tar)))[0]
            _must(isinstance(self.kept, dict), f"the backup is not whole: {self.kept}")
        self.state = found
        if not self.state:  # so that there is always something to take out
            self.begin_again()
        self.ends[f"{act}: {ended}"] += 1
        return ended

    def begin_again(self) -> None:
        what, after = self.prepared("build", everything=True)
        said, _, _ = _run(what)
        _must(said is not None, "nothing can be built any more")
        self.settle("build", after, said, killed=False)


def _building(place: Workspace, paths: list[Path]) -> Callable[[Connection], None]:
    return lambda pipe: _then(pipe, len(build(place, paths, SearchIndexer()).outcomes))


def _removing(place: Workspace, name: str) -> Callable[[Connection], None]:
    return lambda pipe: _then(pipe, len(remove(place, [name], SearchIndexer()).outcomes))


def _deciding(place: Workspace, who: str) -> Callable[[Connection], None]:
    def what(pipe: Connection) -> None:
        found = open_collection(place.folder).findings()[0].finding
        decide(place, [decision(found, "confirmed", who)])
        pipe.send(who)

    return what


def _uploading(place: Workspace, paths: list[Path]) -> Callable[[Connection], None]:
    """As the service takes reports in: it says yes once the job is noted, then carries it out."""

    async def pieces(path: Path) -> AsyncIterator[bytes]:
        yield path.read_bytes()

    def what(pipe: Connection) -> None:
        jobs = Jobs(place.folder / "service")
        files = tuple(asyncio.run(jobs.receive(path.name, pieces(path))) for path in paths)
        job = jobs.add("add", "k", files=files)
        pipe.send(job.id)
        carrier = Carrier(place.folder, jobs)
        carrier.begin(job)
        _wait(jobs, job.id)
        carrier.stop()

    return what


def _resumed(place: Workspace) -> str:
    """The state of the newest job once a new service has gone on with what was left."""
    jobs = Jobs(place.folder / "service")
    carrier = Carrier(place.folder, jobs)
    carrier.resume()
    states = {_wait(jobs, job.id) for job in jobs.all()}
    carrier.stop()
    return "done" if states == {"done"} else f"{states}"


def _wait(jobs: Jobs, name: str) -> str:
    late = time.monotonic() + PATIENCE
    while not (job := jobs.get(name)).ended and time.monotonic() < late:
        time.sleep(0.02)
    return job.state


def _restored(folder: Path, tar: Path) -> State:
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        other = workspace.create(Path(scratch) / "other")
        restore(other, tar)
        seen = _seen(other)
    _must(not seen["damage"], f"{seen['damage']}")
    found: State = seen["state"]
    return found


def _seen(place: Workspace) -> dict[str, Any]:
    """What is wrong with the workspace, what a reader of it sees, and who decided."""
    damage = [str(found) for found in verify(place, SearchIndexer())]
    collection = open_collection(place.folder)
    rows = collection.query("SELECT ?n ?v { ?d a jx:Department ; jx:name ?n ; jx:totalIncome ?v }")
    state = {str(name).removeprefix("青禾县").removesuffix("局"): int(value) // 10_000 for name, value in rows}
    listed = {name.removesuffix(".txt") for name in collection.generation.entries}
    _must(listed == state.keys(), f"listed {listed}, in the graph {state.keys()}")
    return {"damage": damage, "state": state, "by": [one.by for one in decisions(place)]}


def _then(pipe: Connection, said: Any) -> None:
    pipe.send(said)


def _run(what: Callable[[Connection], None], seconds: float | None = None, step: int = 0) -> tuple[Any, float, int]:
    """Do `what` in a process of its own, killed after `seconds` or at its `step`; what it said, how long it took,
    and how many steps on the disk it made where it was let be. A process group dies together."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    counted, telling = multiprocessing.Pipe(duplex=False)
    sys.stdout.flush()
    began = time.monotonic()
    child = os.fork()
    if not child:
        _live(what, theirs, telling, step)
    theirs.close()
    telling.close()
    timer = threading.Timer(PATIENCE if seconds is None else seconds, _end, [child])
    timer.start()
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    timer.cancel()
    taken = time.monotonic() - began
    _end(child)  # what it has started goes with it
    os.waitpid(child, 0)
    said, steps = None, 0
    with suppress(EOFError):
        while True:
            said = ours.recv()
    with suppress(EOFError):
        steps = counted.recv()
    ours.close()
    counted.close()
    return said, taken, steps


def _live(what: Callable[[Connection], None], pipe: Connection, telling: Connection, step: int) -> None:
    """The life of a process that is to be killed, from its first line."""
    os.setpgid(0, 0)
    made = 0

    def count(event: str, given: tuple[Any, ...]) -> None:
        nonlocal made
        writes = event == "open" and isinstance(given[1], str) and given[1][:1] in "wxa"
        if event in _STEPS or writes:
            made += 1
            if made == step:
                os.killpg(0, signal.SIGKILL)

    sys.addaudithook(count)
    try:
        what(pipe)
        telling.send(made)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        pipe.send("failed")
        os._exit(1)


def _end(child: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise AssertionError(otherwise)


def forking() -> None:
    """Let the processes of jobs be forked from this one, which has everything loaded, in place of new ones."""
    fork = multiprocessing.get_context("fork")
    multiprocessing.get_context = lambda method=None: fork  # type: ignore[assignment]


def run(folder: Path, kills: int, seed: int = 0, acts: tuple[str, ...] = ACTS) -> Trials:
    """`kills` acts in turn, each killed. AssertionError says which kill went wrong, and how."""
    forking()
    trials = Trials(folder, random.Random(seed))
    trials.begin()
    for number in range(kills):
        act = acts[number % len(acts)]
        try:
            trials.kill(act, number // len(acts))
        except AssertionError as error:
            raise AssertionError(f"kill {number} of seed {seed}, {act}: {error}") from error
        if not (number + 1) % 20:
            log.info("%s kills: %s", number + 1, dict(sorted(trials.ends.items())))
    return trials


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--acts", nargs="+", choices=ACTS, default=list(ACTS))
    given = options.parse_args()
    logging.basicConfig(format="%(message)s")
    log.setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        try:
            trials = run(Path(folder), given.kills, given.seed, tuple(given.acts))
        except AssertionError as error:
            print(error)
            return 1
    print(f"{given.kills} kills of seed {given.seed}: every time the state before or after, whole; nothing lost")
    for act, (seconds, steps) in trials.lengths.items():
        ends = ", ".join(f"{e.split(': ')[1]} {n}" for e, n in sorted(trials.ends.items()) if e.startswith(act))
        print(f"  {act:8} {seconds:5.2f} s, {steps:3} steps on the disk; ended {ends}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
