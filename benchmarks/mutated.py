"""What becomes of ten thousand damaged files of each format: facts, or a clear refusal.

    python benchmarks/mutated.py [--count 10000] [--seed 0] [--formats txt md html docx pdf xlsx zip]
    python benchmarks/mutated.py --show pdf 1234 [--seed 0] > mutant.pdf

Each file is read whole in a process of its own kind: to facts, checks, ledger and passages. Anything that is
neither facts nor an error of ours fails: an exception of another kind, a process that dies, more memory than
MEMORY, a file that takes longer than CLOCK. Printed are the figures of each format and each failure with its
number, to be made again with --show; the process that watches must have the memory at the end that it had
at the beginning. Ends with status 1 where anything failed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from mutation import FORMATS, mutant

from kg import intake
from kg.errors import JixiaoError
from kg.examine import examine
from kg.facts import to_json
from kg.intake import Intake
from kg.ledger import ledger
from search.indexer import SearchIndexer

CLOCK = 30.0  # seconds of processor time after which a file is said to hang
SLOW = 5.0  # seconds of processor time that one tiny file may take
MEMORY = 2 * 2**30  # bytes of address space
ALLOWED = 8 * 2**20  # bytes that the watching process may hold more at the end


@dataclass(slots=True)
class Tally:
    """What became of the files of one format."""

    format: str
    cases: int = 0
    read: int = 0
    facts: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[int, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    peak: int = 0

    def take(self, number: int, outcome: Outcome) -> None:
        self.cases += 1
        self.read += outcome.read
        self.facts += outcome.facts
        self.refused.update(outcome.refused)
        self.slowest = max(self.slowest, (outcome.seconds, number))
        self.peak = max(self.peak, outcome.peak)
        if outcome.wrong:
            self.failed.append((number, outcome.wrong))
        elif outcome.seconds > SLOW:
            self.failed.append((number, f"slow: {outcome.seconds:.1f} s"))

    def __str__(self) -> str:
        codes = " ".join(f"{code}={count}" for code, count in self.refused.most_common())
        return (
            f"{self.format:5} {self.cases:6} files  read {self.read:6} ({self.facts} facts)  "
            f"refused {sum(self.refused.values())} [{codes}]  failed {len(self.failed)}  "
            f"slowest {self.slowest[0]:.2f} s (#{self.slowest[1]})  peak {self.peak // 2**20} MiB"
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one mutant: how many reports were read from it, why others were refused, and what went `wrong`."""

    read: int = 0
    facts: int = 0
    refused: tuple[str, ...] = ()
    wrong: str = ""
    seconds: float = 0.0
    peak: int = 0


def judged(data: bytes, name: str, folder: Path) -> Outcome:
    """What becomes of one file, as a build would treat it."""
    path = folder / "mutant"
    path.write_bytes(data)
    began = time.process_time()
    read = facts = 0
    refused, wrong = [], ""
    try:
        found, missing = intake.collect([Intake(name, path)])
        refused += [error.code for error in missing]
        for item in found:
            try:
                facts += _read(intake.load(item), item.name)
                read += 1
            except JixiaoError as error:
                refused.append(error.code)
    except Exception as error:
        wrong = f"{type(error).__name__}: {error}"[:300]
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Outcome(read, facts, tuple(refused), wrong, seconds, peak)


def _read(data: bytes, name: str) -> int:
    """How many facts a report states, once everything that a build writes of it could be written."""
    examined = examine(data, name)
    examined.document.source.text.encode()
    told = [to_json(fact) for fact in (*examined.facts, *examined.findings)]
    json.dumps(told, default=str, ensure_ascii=False).encode()
    ledger(examined.readings, examined.facts)
    SearchIndexer().passages(examined.readings, examined.facts)
    return len(examined.facts)


def _work(format: str, seed: int, numbers: Sequence[int], pipe: Connection) -> None:
    """The life of a process that reads mutants, one after another."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            pipe.send((number, judged(*mutant(format, number, seed), Path(folder))))


def run(format: str, count: int, seed: int = 0) -> Tally:
    """Read `count` mutants of a format; a process that dies or hangs is replaced and its file noted."""
    tally, begin = Tally(format), 0
    context = multiprocessing.get_context("spawn")
    while begin < count:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(format, seed, range(begin, count), theirs), daemon=True)
        process.start()
        theirs.close()
        try:
            while begin < count:
                if not _said(ours, process.pid or 0):
                    tally.take(begin, Outcome(wrong=f"hangs: more than {CLOCK:g} s", seconds=CLOCK))
                    begin += 1
                    break
                number, outcome = ours.recv()
                tally.take(number, outcome)
                begin = number + 1
        except EOFError:
            process.join()
            tally.take(begin, Outcome(wrong=f"its process died ({process.exitcode})"))
            begin += 1
        finally:
            process.kill()
            process.join()
            ours.close()
    return tally


def _said(pipe: Connection, process: int) -> bool:
    """Whether the process says something before it has worked for CLOCK seconds, or waits for nothing for long:
    not seconds of a clock, for the machine may have other things to do."""
    begun, looks = _worked(process), 0
    while not pipe.poll(1.0):
        looks += 1
        if _worked(process) - begun > CLOCK or looks > 20 * CLOCK:
            return False
    return True


def _worked(process: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def held() -> int:
    """Bytes that this process holds in memory."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--formats", nargs="+", choices=sorted(FORMATS), default=list(FORMATS))
    options.add_argument("--show", nargs=2, metavar=("FORMAT", "NUMBER"))
    given = options.parse_args()
    if given.show:
        sys.stdout.buffer.write(mutant(given.show[0], int(given.show[1]), given.seed)[0])
        return 0
    before, failed = held(), 0
    print(f"seed {given.seed}, {given.count} files of each format", flush=True)
    for format in given.formats:
        tally = run(format, given.count, given.seed)
        print(tally, flush=True)
        for number, why in tally.failed:
            print(f"      #{number} {why}", flush=True)
        failed += len(tally.failed)
    grown = held() - before
    print(f"the watching process holds {before // 2**20} MiB, {grown / 2**20:+.1f} MiB at the end")
    return int(failed > 0 or grown > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
