"""What people decided about findings: confirmed, dismissed with a reason, fixed; by whom and when.

Kept in `decisions.jsonl` of the workspace, beside the generations and outliving them: one line a
decision, only ever appended. Each line carries the SHA-256 of itself and the line before it, so that
one that was changed or taken out shows. A line cut short by a crash was never promised and is dropped.

A decision is keyed to the evidence: to the rule, the words that prove the finding and the sum, never
to where the words stand or which finding it was. It therefore survives rebuilding; where the words
changed, it is stale.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from kg.errors import JixiaoError, WorkspaceError
from kg.facts import Finding
from kg.workspace import Workspace, digest, sync

DECISIONS = "decisions.jsonl"
OPEN, CONFIRMED, DISMISSED, FIXED, STALE = "open", "confirmed", "dismissed", "fixed", "stale"
STATUSES = (OPEN, CONFIRMED, DISMISSED, FIXED, STALE)
"""What a finding can be. `open` is also how a decision is taken back; nobody decides `stale`."""
LONGEST = 2000  # characters of a reason
_KEY = 16  # hexadecimal digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`key` is the finding's, `kin` that of its words without their numbers; `at` is ISO time in UTC.
    `rule`, `reports` and `explanation` say what was decided on, also when it is no longer there."""

    key: str
    kin: str
    status: str
    by: str
    at: str
    reason: str = ""
    rule: str = ""
    reports: tuple[str, ...] = ()
    explanation: str = ""


def key(finding: Finding) -> str:
    """The name of a finding by what proves it: equal for the same words and the same sum, wherever
    they stand."""
    return _digest(finding.rule, finding.recomputation or "", _words(finding))


def kin(finding: Finding) -> str:
    """The same without the numbers: equal for what a finding became when one of them was changed."""
    return _digest(finding.rule, "", ((report, re.sub(r"[\d.,，%]+", "#", words)) for report, words in _words(finding)))


def _words(finding: Finding) -> Iterator[tuple[str, str]]:
    for place in (finding.evidence, *finding.others):
        yield place.report, "".join(place.quote.split())


def _digest(rule: str, line: str, words: Iterable[tuple[str, str]]) -> str:
    told = json.dumps([rule, line, sorted(set(words))], ensure_ascii=False)
    return digest(told.encode("utf-8", "surrogatepass"))[:_KEY]


def decision(finding: Finding, status: str, by: str, reason: str = "", at: datetime | None = None) -> Decision:
    """What `by` decides about `finding`, now where `at` is not given. JixiaoError `unknown-status`,
    `no-name`, `no-reason` (a dismissal needs one) or `too-long`."""
    by, reason = (" ".join(_clean(words).split()) for words in (by, reason))
    if status not in STATUSES or status == STALE:
        raise JixiaoError("unknown-status", f"没有这种决定：{status}；可用的有 confirmed、dismissed、fixed、open")
    if not by:
        raise JixiaoError("no-name", "谁决定的？要写明姓名")
    if status == DISMISSED and not reason:
        raise JixiaoError("no-reason", "不予采纳要写明理由")
    if max(len(by), len(reason)) > LONGEST:
        raise JixiaoError("too-long", f"理由和姓名不超过 {LONGEST} 字")
    places = (finding.evidence, *finding.others)
    return Decision(
        key=key(finding),
        kin=kin(finding),
        status=status,
        by=by,
        at=(at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds"),
        reason=reason,
        rule=finding.rule,
        reports=tuple(dict.fromkeys(place.report for place in places)),
        explanation=finding.explanation,
    )


def _clean(words: str) -> str:
    """What can be written down: a terminal may hand over bytes that are no text."""
    return words.encode("utf-8", "replace").decode("utf-8")


def decisions(place: Workspace) -> tuple[Decision, ...]:
    """Every decision ever taken, in the order of their taking. WorkspaceError `damaged-decisions`."""
    path = _path(place)
    try:
        return tuple(_read(path.read_bytes(), path)) if path.exists() else ()
    except OSError as error:
        raise WorkspaceError("damaged-decisions", f"决定读不出来：{error.strerror}", file=str(path)) from error


def append(place: Workspace, new: Sequence[Decision]) -> None:
    """Write decisions down for good: when this returns they are on the disk, all of them or, where
    the process is killed before, a whole number of them. WorkspaceError `disk`, `damaged-decisions`."""
    if not new:
        return
    path = _path(place)
    try:
        with _held(path) as file:
            data = file.read()
            whole = data[: data.rfind(b"\n") + 1]
            for _ in _read(whole, path):
                pass  # nothing is added to a file that is not whole
            file.truncate(len(whole))
            file.write(b"".join(_lines(new, _last(whole))))
            file.flush()
            os.fsync(file.fileno())
        sync(path.parent)
    except OSError as error:
        raise WorkspaceError("disk", f"决定没有写下（{error.strerror}）", file=str(path)) from error


def set_aside(place: Workspace) -> None:
    """Put a record that is damaged out of the way, where it can be looked at; nothing of it is lost."""
    try:
        decisions(place)
    except WorkspaceError:
        path = _path(place)
        path.rename(path.with_name(f"decisions.damaged-{digest(path.read_bytes())[:8]}.jsonl"))


def add_missing(place: Workspace, others: Iterable[Decision]) -> tuple[Decision, ...]:
    """Take over decisions from elsewhere (a backup), none twice; all that there are then."""
    known = set(decisions(place))
    append(place, [other for other in others if other not in known])
    return decisions(place)


def read_from(path: Path) -> tuple[Decision, ...]:
    """The decisions in a file, as of a backup. WorkspaceError `damaged-decisions`."""
    return tuple(_read(path.read_bytes(), path)) if path.exists() else ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds of all decisions: the last of each finding, by its key and by its kin."""

    by_key: Mapping[str, Decision]
    by_kin: Mapping[str, tuple[Decision, ...]]

    def of(self, finding: Finding, present: Collection[str]) -> tuple[str, Decision | None]:
        """The status of `finding` and the decision that gives it. It is stale where a decision was
        taken on the same words with other numbers, and those are no longer among the `present` keys."""
        name = key(finding)
        if found := self.by_key.get(name):
            return found.status, found
        gone = [d for d in self.by_kin.get(kin(finding), ()) if d.status != OPEN and d.key not in present]
        return (STALE, gone[-1]) if gone else (OPEN, None)


def standing(taken: Iterable[Decision]) -> Standing:
    """The last decision of each finding, by the time it was taken."""
    by_key: dict[str, Decision] = {}
    for one in sorted(taken, key=lambda decision: decision.at):
        by_key[one.key] = one
    by_kin: dict[str, list[Decision]] = defaultdict(list)
    for one in by_key.values():
        by_kin[one.kin].append(one)
    return Standing(by_key, {name: tuple(sorted(found, key=lambda d: d.at)) for name, found in by_kin.items()})


def _path(place: Workspace) -> Path:
    return place.folder / DECISIONS


@contextmanager
def _held(path: Path) -> Iterator[IO[bytes]]:
    """The file for writing, read from its beginning; another writer waits."""
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        yield file


def _lines(new: Iterable[Decision], previous: str) -> Iterator[bytes]:
    for one in new:
        told = asdict(one)
        previous = _sum(told, previous)
        yield json.dumps(told | {"sum": previous}, ensure_ascii=False).encode() + b"\n"


def _sum(told: Mapping[str, Any], previous: str) -> str:
    """The SHA-256 of one decision and, by that of the one before, of all before it."""
    return digest(json.dumps([previous, told], sort_keys=True).encode())


def _last(data: bytes) -> str:
    """The sum of the last line of a file that is whole, '' where there is none."""
    lines = data.splitlines()
    return str(json.loads(lines[-1])["sum"]) if lines else ""


def _read(data: bytes, path: Path) -> Iterator[Decision]:
    previous = ""
    for number, line in enumerate(data.split(b"\n")[:-1], 1):  # what follows the last newline was cut short
        try:
            told: dict[str, Any] = json.loads(line)
            stated = told.pop("sum")
            previous = _sum(told, previous)
            told["reports"] = tuple(told["reports"])
            one = Decision(**told)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _damaged(path, number) from error
        if stated != previous:
            raise _damaged(path, number)
        yield one


def _damaged(path: Path, number: int) -> WorkspaceError:
    message = "决定的记录被改动或缺了一行"
    return WorkspaceError("damaged-decisions", message, file=str(path), place=f"第 {number} 行")
