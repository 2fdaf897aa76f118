"""Results come in order, whatever becomes of the processes that make them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kg import workers
from kg.workers import Crew, WorkerLost, ahead


def doubled(text: str) -> str:
    """What the processes do in these tests: some things are their end."""
    if text == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "hangs":
        time.sleep(60)
    if text == "raises":
        raise ValueError("not this one")
    if text == "large":
        return text * 1_000_000
    return text * 2


def kept(crew: Crew[str, str], things: list[str]) -> list[str]:
    """The result for each, or the name of what it raised."""
    found = []
    for ended in ahead((crew.begin(thing) for thing in things), 4):
        try:
            found.append(ended())
        except (WorkerLost, ValueError, RuntimeError) as error:
            found.append(getattr(error, "code", type(error).__name__))
    return found


@pytest.mark.parametrize("count", [1, 3])
def test_results_come_in_the_order_of_the_things(count: int) -> None:
    things = [str(n) for n in range(20)]
    with Crew(doubled, count) as crew:
        assert kept(crew, things) == [thing * 2 for thing in things]


def test_a_process_that_dies_costs_its_own_thing_only() -> None:
    with Crew(doubled, 2) as crew:
        assert kept(crew, ["a", "dies", "b", "dies", "c", "d"]) == ["aa", "crashed", "bb", "crashed", "cc", "dd"]


def test_a_process_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with Crew(doubled, 2) as crew:
        assert kept(crew, ["a", "b"]) == ["aa", "bb"]  # both processes are there, and need no time to start
        monkeypatch.setattr(workers, "SECONDS", 5.0)
        assert kept(crew, ["hangs", "c"]) == ["too-slow", "cc"]
        monkeypatch.undo()
        assert kept(crew, ["d", "e"]) == ["dd", "ee"]


def test_what_hangs_is_given_up_in_one_process_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SECONDS", 0.2)
    handler, clock = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)[0]
    with Crew(doubled, 1) as crew:
        assert kept(crew, ["a", "hangs", "raises", "b"]) == ["aa", "too-slow", "ValueError", "bb"]
    assert signal.getsignal(signal.SIGALRM) is handler
    assert (signal.getitimer(signal.ITIMER_REAL)[0] > 0) is (clock > 0)  # what another had set goes on


def test_what_the_work_raises_is_raised_where_its_result_is_asked_for() -> None:
    with Crew(doubled, 2) as crew:
        assert kept(crew, ["raises", "a"]) == ["ValueError", "aa"]


def test_things_larger_than_a_pipe_holds_do_not_stand_in_each_others_way() -> None:
    with Crew(doubled, 2) as crew:
        large = "字" * 1_000_000
        assert kept(crew, ["large", large, "large", large]) == ["large" * 1_000_000, large * 2] * 2


def test_leaving_ends_the_processes_though_they_are_busy() -> None:
    started = time.monotonic()
    with suppress(KeyboardInterrupt), Crew(doubled, 2) as crew:
        for thing in ["a", "hangs", "hangs", "b"]:
            crew.begin(thing)
        raise KeyboardInterrupt
    assert time.monotonic() - started < 30
    assert crew._living == set()


def test_few_things_start_no_process() -> None:
    with Crew(doubled) as crew:
        assert [crew.begin(thing)() for thing in "abc"] == ["aa", "bb", "cc"]
        assert crew._living == set()


ORPHANS = """
import os, sys, time
sys.path.insert(0, {tests!r})
from test_workers import doubled
from kg.workers import Crew
crew = Crew(doubled, 2)
print(crew.begin("a")(), *(worker.process.pid for worker in crew._living), flush=True)
time.sleep(60)
"""


def test_no_process_outlives_the_one_that_started_it(tmp_path: Path) -> None:
    script = ORPHANS.format(tests=str(Path(__file__).parent))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        result, *children = parent.stdout.readline().split()
        assert result == "aa"
        parent.kill()
    deadline = time.monotonic() + 30
    while children and time.monotonic() < deadline:
        children = [child for child in children if _lives(int(child))]
        time.sleep(0.05)
    assert not children


def _lives(process: int) -> bool:
    """Whether the process is there and no mere entry that nobody has read yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
