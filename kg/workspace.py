"""The folder on disk: reports as they came, their texts, and generations of graph and index.

    jixiao.json            which format this is
    lock                   held by the one writer
    current                the number of the live generation: the only thing that ever changes
    files/<sha256>         the bytes of every report
    texts/<sha256>         the text that offsets count in, UTF-8, newlines as they were
    imprints/<sha256>      where that text stands on pages and in sheets, for files that have them
    decisions.jsonl        what people decided about findings (kg.decisions), only ever appended to
    generations/000007/    manifest.json, graph/, search/: complete and never changed again

A writer builds the next generation beside the live one, syncs it, renames it into place and
swaps `current`. A reader therefore sees one whole generation, also after kill -9.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from kg.errors import WorkspaceError
from kg.imprint import NONE, from_bytes, to_bytes
from kg.text import Source

FORMAT = 2
KEPT = 2  # the live generation and the one before it, which a reader may just have opened


@dataclass(frozen=True, slots=True)
class Entry:
    """What a generation holds of one report. `sha256` is of the file, `text` of its text, `imprint`
    of where that stands in the file, empty where the file has neither pages nor sheets;
    `facts` and `findings` count; `gaps` are (start, end, reason)."""

    name: str
    sha256: str
    text: str
    media_type: str
    encoding: str
    version: str
    iri: str
    title: str = ""
    department: str = ""
    fiscal_year: int | None = None
    report_type: str = ""
    facts: int = 0
    findings: int = 0
    gaps: tuple[tuple[int, int, str], ...] = ()
    imprint: str = ""

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """The folder and the name of every file that is kept of it."""
        kept = (("files", self.sha256), ("texts", self.text), ("imprints", self.imprint))
        return tuple((folder, name) for folder, name in kept if name)


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete state: `folder` holds `graph/` and `search/`, `entries` its reports by name,
    `checksums` the SHA-256 of every file in it."""

    number: int
    folder: Path
    entries: Mapping[str, Entry]
    checksums: Mapping[str, str] = field(repr=False)

    @property
    def graph(self) -> Path:
        return self.folder / "graph"

    @property
    def search(self) -> Path:
        return self.folder / "search"


@dataclass(frozen=True, slots=True)
class Workspace:
    folder: Path

    @property
    def generations(self) -> Path:
        return self.folder / "generations"


def create(folder: Path) -> Workspace:
    """The workspace in `folder`, made where there is none. WorkspaceError `not-a-workspace`
    where the folder holds something else."""
    mark = folder / "jixiao.json"
    if not mark.exists():
        if folder.is_dir() and any(folder.iterdir()):
            raise WorkspaceError("not-a-workspace", "这个文件夹不是空的，也不是绩效工作区", file=str(folder))
        for name in ("files", "texts", "imprints", "generations"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        write_synced(mark, json.dumps({"format": FORMAT}).encode())
    return existing(folder)


def existing(folder: Path) -> Workspace:
    """The workspace in `folder`. WorkspaceError `no-workspace` or `other-format` where there is none to use."""
    mark = folder / "jixiao.json"
    if not mark.is_file():
        raise WorkspaceError("no-workspace", "这里没有绩效工作区；先运行 jixiao build", file=str(folder))
    try:
        found = json.loads(mark.read_bytes())["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise WorkspaceError("damaged", "jixiao.json 已损坏", file=str(mark)) from error
    if found != FORMAT:
        raise WorkspaceError("other-format", f"工作区格式为 {found}，本程序读写格式 {FORMAT}", file=str(folder))
    return Workspace(folder)


def live(workspace: Workspace) -> Generation | None:
    """The generation that `current` names; None before the first build."""
    for _ in range(3):  # a writer may swap and clean up between our two reads
        try:
            number = int((workspace.folder / "current").read_text("ascii"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise WorkspaceError("damaged", "current 不是一个编号", file=str(workspace.folder)) from error
        folder = workspace.generations / f"{number:06}"
        if folder.is_dir():
            return _open(folder, number)
    raise WorkspaceError("damaged", f"找不到第 {number} 代", file=str(workspace.folder))


def numbered(workspace: Workspace, number: int) -> Generation:
    """The generation with this number. WorkspaceError `damaged` where it is gone."""
    return _open(workspace.generations / f"{number:06}", number)


def _open(folder: Path, number: int) -> Generation:
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        entries = {e["name"]: Entry(**e | {"gaps": tuple(map(tuple, e["gaps"]))}) for e in manifest["reports"]}
        return Generation(number, folder, entries, manifest["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorkspaceError("damaged", "清单已损坏", file=str(folder / "manifest.json")) from error


def source(workspace: Workspace, entry: Entry) -> Source:
    """The text of a report, exactly as its offsets count it, with its imprint. WorkspaceError `damaged`
    where either is missing or changed."""
    text = _content(workspace, entry, "texts", entry.text).decode("utf-8")
    imprint = from_bytes(_content(workspace, entry, "imprints", entry.imprint)) if entry.imprint else NONE
    return Source(entry.name, text, entry.sha256, entry.media_type, entry.encoding, imprint)


def original(workspace: Workspace, entry: Entry) -> bytes:
    """The file as it came. WorkspaceError `damaged` where it is missing or changed."""
    return _content(workspace, entry, "files", entry.sha256)


def _content(workspace: Workspace, entry: Entry, folder: str, name: str) -> bytes:
    try:
        data = (workspace.folder / folder / name).read_bytes()
    except OSError as error:
        raise WorkspaceError("damaged", "报告原文缺失", file=entry.name) from error
    if digest(data) != name:
        raise WorkspaceError("damaged", "报告原文已被改动", file=entry.name)
    return data


def keep(workspace: Workspace, data: bytes, source: Source) -> tuple[str, str, str]:
    """Store a report's bytes, its text and its imprint by content; their SHA-256, the last empty
    where there is none."""
    imprint = to_bytes(source.imprint) if source.imprint else b""
    kept = []
    for folder, content in (("files", data), ("texts", source.text.encode("utf-8")), ("imprints", imprint)):
        name = digest(content) if content else ""
        path = workspace.folder / folder / name
        if name and not path.exists():
            path.parent.mkdir(exist_ok=True)
            write_synced(path, content)
        kept.append(name)
    return kept[0], kept[1], kept[2]


@contextmanager
def writing(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace for writing. WorkspaceError `locked` at once where another process does, `disk`
    where the system refuses to write: what was there is there still."""
    try:
        with (workspace.folder / "lock").open("a+") as lock:
            _take(workspace, lock)
            yield
    except OSError as error:
        message = f"写不进工作区（{_reason(error)}）；原有内容没有变"
        raise WorkspaceError("disk", message, file=str(workspace.folder)) from error


def _take(workspace: Workspace, lock: IO[str]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.seek(0)
        holder = lock.read().strip() or "?"
        message = f"另一个进程（{holder}）正在写这个工作区，请稍后再试"
        raise WorkspaceError("locked", message, file=str(workspace.folder)) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()


def _reason(error: OSError) -> str:
    """What the system says; of a folder that could not be copied, what it says of the last file."""
    return error.strerror or str(error.args[0][-1][-1] if isinstance(error, shutil.Error) else error)


def draft(workspace: Workspace) -> Path:
    """An empty folder for the next generation; what an interrupted writer left is dropped. It has a name of its
    own: the engine of a draft that failed, on a full disk say, may hold its folder a while longer."""
    for left in workspace.generations.glob("draft*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = workspace.generations / f"draft-{secrets.token_hex(4)}"
    folder.mkdir()
    return folder


# Files that nobody changes once written: RocksDB's tables, Tantivy's segments and our own.
IMMUTABLE = frozenset({".sst", ".store", ".term", ".idx", ".pos", ".fast", ".fieldnorm", ".npy", ".faiss", ".sqlite"})


def branch(workspace: Workspace, generation: Generation | None) -> Path:
    """A draft that begins as `generation`: what never changes is linked, the little rest copied,
    so that the next generation costs what is new in it."""
    folder = draft(workspace)
    for part in ("graph", "search"):
        if generation and (generation.folder / part).is_dir():
            shutil.copytree(generation.folder / part, folder / part, copy_function=link_or_copy)
        else:
            (folder / part).mkdir()
    return folder


def link_or_copy(old: str, new: str) -> None:
    if Path(old).suffix in IMMUTABLE:
        os.link(old, new)
    else:
        shutil.copyfile(old, new)


def publish(workspace: Workspace, folder: Path, entries: Mapping[str, Entry]) -> Generation:
    """Make the finished draft the live generation: checksums, sync, rename, swap, clean up."""
    before = live(workspace)
    number = before.number + 1 if before else 1
    checksums = _checksums(folder, before)
    reports = [asdict(entries[name]) for name in sorted(entries)]
    write_synced(folder / "manifest.json", _json({"number": number, "reports": reports, "files": checksums}))
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)
    place = workspace.generations / f"{number:06}"
    shutil.rmtree(place, ignore_errors=True)  # renamed into place by a writer that was killed before the swap
    folder.rename(place)
    sync(workspace.generations)
    write_synced(workspace.folder / "current", b"%d\n" % number)
    for old in workspace.generations.iterdir():
        if old.name.isdigit() and int(old.name) <= number - KEPT:
            shutil.rmtree(old, ignore_errors=True)
    return Generation(number, place, dict(entries), checksums)


def _checksums(folder: Path, before: Generation | None) -> dict[str, str]:
    """SHA-256 of every file; one that is the same file as before (a hard link) is not read again."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        old = before.folder / name if before and name in before.checksums else None
        if before and old and old.exists() and old.samefile(path):
            found[name] = before.checksums[name]
        else:
            found[name] = file_digest(path)
    return found


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_synced(path: Path, data: bytes) -> None:
    """Write `data` so that `path` holds all of it or what it held before, also after a power cut."""
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    beside.rename(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Push a file or a folder's list of names to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")
