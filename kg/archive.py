"""Zips of reports: their entries are read in memory and never written, their names are only names."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO

from kg.errors import UnreadableFile

Way = tuple[str, ...]  # the entries that lead to a file, outermost first

_SIGNATURE = b"PK\x03\x04"
_MOST = 2000  # entries of all levels together
_LARGEST = 64 * 2**20  # bytes of one entry, unpacked
_ALL = 512 * 2**20  # bytes of all entries, unpacked
_RATIO = 200  # times that an entry may grow; text grows ten times, a bomb a thousand
_SMALL = 2**20  # bytes below which growing does no harm
_DEEPEST = 2  # zips in zips
_OFFICE = "[content_types].xml"
_UTF8 = 0x800  # the flag that an entry's name is UTF-8
_ENCRYPTED = 0x1
DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError)
"""What reading a damaged zip, or a document that is one, may raise."""


def is_archive(path: Path) -> bool:
    """Whether the file is a zip that is no document itself (docx, xlsx and their like are zips too)."""
    try:
        with path.open("rb") as file:
            if file.read(len(_SIGNATURE)) != _SIGNATURE:
                return False
            return _holds_reports(file)
    except OSError:
        return False


def _holds_reports(file: IO[bytes]) -> bool:
    try:
        with zipfile.ZipFile(file) as package:
            names = {name.lower() for name in package.namelist()[:_MOST]}
    except DAMAGE:
        return False  # the readers say what is wrong with it
    return _OFFICE not in names and "mimetype" not in names and bool(names)


def members(path: Path, name: str) -> list[Way]:
    """The way to each file in the zip at `path`: an entry, or an entry of a zip among its entries.

    UnreadableFile `empty-file`, `too-many-files`, `too-large` where it would unpack beyond measure,
    `too-deep`, `encrypted-file`, `damaged-file`."""
    found: list[Way] = []
    entries = spent = 0
    try:
        with zipfile.ZipFile(path) as package:
            for way, size in _walk(package, (), name):
                entries += 1
                spent += size
                if entries > _MOST:
                    raise _too_many(name)
                if spent > _ALL:
                    raise _too_large(name)
                if not _is_zip(way[-1]):
                    found.append(way)
    except DAMAGE as error:
        raise _damaged(name) from error
    if not found:
        raise UnreadableFile("empty-file", "压缩包里没有文件。The archive holds no file.", file=name)
    return found


def load(path: Path, way: Way, name: str) -> bytes:
    """The bytes of the entry that `way` leads to. UnreadableFile as for `members`."""
    try:
        if len(way) == 1:
            with zipfile.ZipFile(path) as package:
                return _bytes(package, _entries(package)[way[0]], name)
        with zipfile.ZipFile(io.BytesIO(_inner(path, path.stat().st_mtime_ns, way[:-1], name))) as package:
            return _bytes(package, _entries(package)[way[-1]], name)
    except (*DAMAGE, KeyError) as error:
        raise _damaged(name) from error


@lru_cache(maxsize=1)
def _inner(path: Path, changed: int, way: Way, name: str) -> bytes:
    """A zip in a zip, kept while its entries are read one after the other."""
    return load(path, way, name)


def _walk(package: zipfile.ZipFile, above: Way, name: str) -> Iterator[tuple[Way, int]]:
    """The way to each file and each zip and its size unpacked, in order of names, none twice."""
    if len(package.infolist()) > _MOST:
        raise _too_many(name)
    for called, entry in sorted(_entries(package).items()):
        if any(part.startswith((".", "~$", "__MACOSX")) for part in called.split("/")):
            continue
        way = (*above, called)
        yield way, entry.file_size
        if _is_zip(called):
            if len(way) > _DEEPEST:
                raise UnreadableFile("too-deep", "压缩包套得太深，没有读。Archives nested too deeply.", file=name)
            with zipfile.ZipFile(io.BytesIO(_bytes(package, entry, name))) as inner:
                yield from _walk(inner, way, name)


def _entries(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries = package.infolist()
    if not all(entry.filename for entry in entries):
        raise zipfile.BadZipFile("an entry without a name")  # the library trips over it
    return {_name(entry): entry for entry in entries if not entry.is_dir()}


def _is_zip(called: str) -> bool:
    return called.lower().endswith(".zip")


def _name(entry: zipfile.ZipInfo) -> str:
    """The path of an entry, without what would lead out of the archive. Windows writes names in GBK."""
    called = entry.filename
    if not entry.flag_bits & _UTF8:
        raw = called.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                called = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = PurePosixPath(called.replace("\\", "/")).parts
    clean = ("".join(char for char in part if char.isprintable()) for part in parts if part not in ("/", ".", ".."))
    return "/".join(part for part in clean if part) or "?"


def _bytes(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """The entry unpacked, no further than its limit whatever its header says."""
    if entry.flag_bits & _ENCRYPTED:
        message = "压缩包加了密，请解压后再导入。The archive is encrypted: unpack it first."
        raise UnreadableFile("encrypted-file", message, file=name)
    limit = min(_LARGEST, max(_SMALL, entry.compress_size * _RATIO))
    with package.open(entry) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _too_large(name)
    return data


def _too_large(name: str) -> UnreadableFile:
    return UnreadableFile("too-large", "压缩包展开后太大，没有读。The archive unpacks beyond measure.", file=name)


def _too_many(name: str) -> UnreadableFile:
    message = f"压缩包里超过 {_MOST} 个文件，没有读。More than {_MOST} files in the archive."
    return UnreadableFile("too-many-files", message, file=name)


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile("damaged-file", "压缩包损坏，打不开。The archive is damaged.", file=name)
