"""Which files a build is to read: paths, folders and zips in, named bytes out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import archive
from kg.errors import JixiaoError, UnreadableFile

LARGEST = 64 * 2**20  # bytes; the largest real report with pictures is a tenth of it


@dataclass(frozen=True, slots=True)
class Intake:
    """One file to read: `name` is what the report is called from now on. `inside` are the entries
    that lead to it through a zip at `path`."""

    name: str
    path: Path
    inside: tuple[str, ...] = ()


def collect(paths: Sequence[Path | Intake]) -> tuple[list[Intake], list[JixiaoError]]:
    """Every file under `paths`, in order, and an error for each path that is not there, and each folder
    or zip that cannot be opened. A path may come with the name that its file is to have.

    A file is called by its own name, one inside a given folder or zip by its path within it. Hidden
    files and links are passed over: a link could lead out of what the user named."""
    found: list[Intake] = []
    missing: list[JixiaoError] = []
    for path in paths:
        if isinstance(path, Intake):
            files = [path]
        elif path.is_dir():
            files = _inside(path, missing)
        elif path.is_file():
            files = [Intake(path.name, path)]
        else:
            missing.append(_absent(path))
            continue
        for intake in files:
            try:
                found += _unpacked(intake)
            except UnreadableFile as error:
                missing.append(error)
    return found, missing


def _absent(path: Path) -> UnreadableFile:
    if path.exists():
        return UnreadableFile("unreadable", "管道和设备不能当报告读，请先存成文件", file=str(path))
    return UnreadableFile("no-such-file", "没有这个文件或文件夹", file=str(path))


def _inside(folder: Path, missing: list[JixiaoError]) -> list[Intake]:
    """The files below `folder` by their paths; a folder that is shut goes to `missing`."""

    def shut(error: OSError) -> None:
        within = Path(error.filename).relative_to(folder).as_posix()
        name = str(folder) if within == "." else within
        missing.append(UnreadableFile("unreadable", f"文件夹打不开：{error.strerror}", file=name))

    found = []
    for at, folders, files in os.walk(folder, onerror=shut):
        folders[:] = filter(_shown, folders)
        found += [
            path for name in filter(_shown, files) if (path := Path(at, name)).is_file() and not path.is_symlink()
        ]
    return [Intake(path.relative_to(folder).as_posix(), path) for path in sorted(found)]


def _shown(name: str) -> bool:
    return not name.startswith((".", "~$"))


def _unpacked(intake: Intake) -> list[Intake]:
    """The files in a zip of reports, called by the zip and their paths in it; any other file itself."""
    if not archive.is_archive(intake.path):
        return [intake]
    return [
        Intake("/".join((intake.name, *inside)), intake.path, inside)
        for inside in archive.members(intake.path, intake.name)
    ]


def load(intake: Intake) -> bytes:
    """The file's bytes. UnreadableFile `too-large`, or `unreadable` where the system refuses."""
    try:
        if intake.inside:
            return archive.load(intake.path, intake.inside, intake.name)
        if intake.path.stat().st_size > LARGEST:
            raise UnreadableFile("too-large", f"文件超过 {LARGEST // 2**20} MB，没有读", file=intake.name)
        return intake.path.read_bytes()
    except OSError as error:
        raise UnreadableFile("unreadable", f"打不开：{error.strerror}", file=intake.name) from error
