"""Copy a workspace into one file, bring it back, and tidy it."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path

from pyoxigraph import Store

from kg import workspace
from kg.decisions import DECISIONS, add_missing, read_from, set_aside
from kg.errors import WorkspaceError
from kg.review import take_decisions
from kg.workspace import Entry, Generation, Workspace

_UNFIT = (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError)  # of the backup; not the disk


def backup(place: Workspace, file: Path) -> int:
    """Write the live generation, the reports it was made from and all decisions into the tar `file`; its
    number.

    The file is there whole or not at all. WorkspaceError `empty` where nothing was ever built."""
    generation = workspace.live(place)
    if generation is None:
        raise WorkspaceError("empty", "工作区还没有内容，没有可备份的", file=str(place.folder))
    beside = file.with_name(file.name + ".new")
    try:
        with tarfile.open(beside, "w") as tar:
            tar.add(generation.folder, "generation")
            if (taken := place.folder / DECISIONS).exists():
                tar.add(taken, DECISIONS)
            for entry in generation.entries.values():
                for folder, name in entry.kept:
                    tar.add(place.folder / folder / name, f"{folder}/{name}")
        workspace.sync(beside)
        beside.rename(file)
    except OSError as error:
        raise WorkspaceError("backup-failed", f"备份没有完成：{error.strerror}", file=str(file)) from error
    finally:
        with suppress(OSError):  # a disk that takes no writing
            beside.unlink(missing_ok=True)
    return generation.number


def restore(place: Workspace, file: Path) -> Generation:
    """Make what the tar `file` holds the live generation of `place`. Everything is checked first:
    WorkspaceError `bad-backup` where a file is missing, changed or does not belong there. Decisions of
    the backup are added to those that are here: none is lost."""
    with workspace.writing(place), tempfile.TemporaryDirectory(dir=place.folder) as scratch:
        unpacked = Path(scratch)
        try:
            with tarfile.open(file) as tar:
                tar.extractall(unpacked, filter="data")
            manifest = json.loads((unpacked / "generation" / "manifest.json").read_bytes())
            entries = [Entry(**e | {"gaps": tuple(map(tuple, e["gaps"]))}) for e in manifest["reports"]]
            sums = {f"generation/{name}": sha for name, sha in manifest["files"].items()}
            taken = read_from(unpacked / DECISIONS)
        except (*_UNFIT, tarfile.TarError, ValueError, KeyError, TypeError, WorkspaceError) as error:
            raise WorkspaceError("bad-backup", "这不是完好的备份文件", file=str(file)) from error
        for entry in entries:
            sums |= {f"{folder}/{name}": name for folder, name in entry.kept}
        for name, sha in sums.items():
            if not (unpacked / name).is_file() or workspace.file_digest(unpacked / name) != sha:
                raise WorkspaceError("bad-backup", "备份中的文件缺失或已被改动", file=str(file), place=name)
        for entry in entries:
            for folder, name in entry.kept:
                (place.folder / folder).mkdir(exist_ok=True)
                (unpacked / folder / name).replace(place.folder / folder / name)
        draft = workspace.draft(place)
        for part in ("graph", "search"):
            (unpacked / "generation" / part).rename(draft / part)
        set_aside(place)
        if set(add_missing(place, taken)) != set(taken):  # decisions that the backup does not know
            take_decisions(place, draft)
        return workspace.publish(place, draft, {entry.name: entry for entry in entries})


def compact(place: Workspace) -> int:
    """Rewrite the store without what was deleted, and drop files that no kept report uses; the bytes freed."""
    with workspace.writing(place):
        size = _size(place.folder)
        generation = workspace.live(place)
        if generation is None:
            raise WorkspaceError("empty", "工作区还没有内容", file=str(place.folder))
        draft = workspace.branch(place, generation)
        store = Store(str(draft / "graph"))
        store.optimize()
        store.flush()
        del store
        generation = workspace.publish(place, draft, generation.entries)
        for old in place.generations.iterdir():
            if old != generation.folder:
                shutil.rmtree(old, ignore_errors=True)
        used = {kept for entry in generation.entries.values() for kept in entry.kept}
        for folder in ("files", "texts", "imprints"):
            for path in (place.folder / folder).glob("*"):
                if (folder, path.name) not in used:
                    path.unlink()
        return max(0, size - _size(place.folder))


def _size(folder: Path) -> int:
    files = {(s.st_ino): s.st_size for p in folder.rglob("*") if p.is_file() for s in [p.stat()]}
    return sum(files.values())
