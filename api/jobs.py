"""Changes to the collection as jobs: what was asked, how far it is, what became of each file.

service/jobs/<id>.json    the job, rewritten whole at every step
service/jobs/<id>.lock    held by the process that carries it out, as long as it lives
service/jobs/<id>.cancel  there once somebody wants it stopped
service/uploads/<sha256>  the bytes that came in; their names are only in the job
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import secrets
import tempfile
from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from kg.errors import JixiaoError, WorkspaceError
from kg.workspace import sync, write_synced

ENDED = frozenset({"done", "failed", "cancelled", "lost"})
_ID = re.compile(r"[0-9a-f]{16}")
_LONGEST = 200  # characters of a file's name


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in: what it is called, and the SHA-256 under which it is kept."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Job:
    """`act` is add or remove; `state` is waiting, running, done, failed, cancelled or lost. `outcomes`
    say of each file what became of it, `total` how many there are, once that is known."""

    id: str
    act: str
    made: str
    by: str
    state: str = "waiting"
    files: tuple[Upload, ...] = ()
    names: tuple[str, ...] = ()
    again: bool = False
    outcomes: tuple[dict[str, Any], ...] = ()
    total: int | None = None
    generation: int | None = None
    code: str = ""
    message: str = ""

    @property
    def ended(self) -> bool:
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs of the service whose own folder is `folder`."""

    folder: Path

    @property
    def uploads(self) -> Path:
        return self.folder / "uploads"

    def add(self, act: str, by: str, **asked: Any) -> Job:
        """Note a new job. It is on the disk when this returns."""
        job = Job(secrets.token_hex(8), act, datetime.now(UTC).isoformat(timespec="seconds"), by, **asked)
        self.save(job)
        return job

    def save(self, job: Job) -> None:
        path = self._path(job.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_synced(path, json.dumps(asdict(job), ensure_ascii=False).encode())

    def get(self, name: str) -> Job:
        """JixiaoError `no-such-job`."""
        try:
            found = json.loads(self._path(name).read_bytes())
        except FileNotFoundError:
            raise JixiaoError("no-such-job", "没有这个任务", place=name) from None
        lists = {"files": tuple(Upload(**file) for file in found["files"])}
        return Job(**found | lists | {key: tuple(found[key]) for key in ("names", "outcomes")})

    def all(self) -> list[Job]:
        """Every job, the newest first."""
        found = [self.get(path.stem) for path in (self.folder / "jobs").glob("*.json")]
        return sorted(found, key=lambda job: (job.made, job.id), reverse=True)

    def cancel(self, name: str) -> Job:
        """Ask for a job to be stopped; who carries it out sees it within a second."""
        job = self.get(name)
        if not job.ended:
            self._path(name).with_suffix(".cancel").touch()
        return job

    def cancelled(self, name: str) -> bool:
        return self._path(name).with_suffix(".cancel").exists()

    @contextmanager
    def carrying(self, name: str) -> Iterator[bool]:
        """Whether this process is now the one that carries the job out; another may already."""
        with self._path(name).with_suffix(".lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            yield True

    def end(self, job: Job, state: str, **more: Any) -> Job:
        """Note how a job ended, and let go of its files where no other job waits for them."""
        ended = replace(job, state=state, **more)
        self.save(ended)
        wanted = {file.sha256 for other in self.all() if not other.ended for file in other.files}
        for file in job.files:
            if file.sha256 not in wanted:
                (self.uploads / file.sha256).unlink(missing_ok=True)
        for suffix in (".lock", ".cancel"):
            self._path(job.id).with_suffix(suffix).unlink(missing_ok=True)
        return ended

    async def receive(self, name: str, pieces: AsyncIterable[bytes]) -> Upload:
        """Keep the bytes that come in under their SHA-256. WorkspaceError `disk` where they cannot be
        written; then nothing is kept."""
        digest = hashlib.sha256()
        try:
            self.uploads.mkdir(parents=True, exist_ok=True)
            handle, held = tempfile.mkstemp(dir=self.uploads)
            try:
                with os.fdopen(handle, "wb") as file:
                    async for piece in pieces:
                        digest.update(piece)
                        file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
                Path(held).rename(self.uploads / digest.hexdigest())
                sync(self.uploads)
            finally:
                with suppress(FileNotFoundError):
                    Path(held).unlink()
        except OSError as error:
            raise WorkspaceError("disk", f"写不下上传的文件（{error.strerror}）", file=name) from error
        return Upload(name, digest.hexdigest())

    def _path(self, name: str) -> Path:
        if not _ID.fullmatch(name):
            raise JixiaoError("no-such-job", "没有这个任务", place=name)
        return self.folder / "jobs" / f"{name}.json"


def clean(name: str) -> str:
    """What a file is called that somebody sent as `name`: a path that leads nowhere, of characters that
    can be seen. JixiaoError `no-name` where nothing is left."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    kept = ("".join(char for char in part if char.isprintable()).strip() for part in parts)
    called = "/".join(part for part in kept if part and part.strip(".") and part != "/")
    if not called or len(called) > _LONGEST:
        raise JixiaoError("no-name", f"文件名是空的或超过 {_LONGEST} 个字符", file=name[:80])
    return called
