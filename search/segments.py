"""An index that grows at its end: segments that are written once and never changed.

    segments.json    what the index was made with, and the names of its segments, in order
    removed.npy      the ordinals taken out since their segment was written
    000007/          one segment: ordinals.npy, ascending, and whatever its owner puts there

What is new becomes a segment, together with the last ones where these hold no more than comes
behind them. So there are never more segments than the size has binary digits, adding costs what
is new (and now and then a merge), and the next generation shares all the rest by hard links.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import WorkspaceError

Ordinals = NDArray[np.int64]
SMALL = 1024
"""Rows up to which a segment is merged with whatever comes: rewriting them costs less than searching one more."""

_NAMES, _REMOVED, _ORDINALS = "segments.json", "removed.npy", "ordinals.npy"


@dataclass(frozen=True)
class Segment:
    """Rows of an index, by ordinal. `removed` are those of its ordinals that are no more."""

    folder: Path
    ordinals: Ordinals
    removed: Ordinals

    def __len__(self) -> int:
        return len(self.ordinals) - len(self.removed)

    @cached_property
    def living(self) -> NDArray[np.int64]:
        """The rows that are not removed."""
        if not len(self.removed):
            return np.arange(len(self.ordinals))
        return np.flatnonzero(~np.isin(self.ordinals, self.removed, assume_unique=True))

    def rows(self, wanted: Ordinals) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which of `wanted`, ascending, are living rows here: their places in `wanted`, and the rows."""
        first, last = self._ends
        begin, end = wanted.searchsorted((first, last + 1)).tolist()
        mine, places = wanted[begin:end], np.arange(begin, end)
        if self._is_gapless:
            rows = mine - first
        else:
            rows = self.ordinals.searchsorted(mine)
            known = self.ordinals[rows] == mine
            mine, places, rows = mine[known], places[known], rows[known]
        if len(self.removed):
            living = ~np.isin(mine, self.removed)
            places, rows = places[living], rows[living]
        return places, rows

    @cached_property
    def _ends(self) -> tuple[int, int]:
        return int(self.ordinals[0]), int(self.ordinals[-1])

    @cached_property
    def _is_gapless(self) -> bool:
        """Whether a row is found by counting, as in every segment that was not merged after a removal."""
        first, last = self._ends
        return last - first + 1 == len(self.ordinals)


@dataclass(frozen=True, slots=True)
class Segments:
    """All that a folder holds. `about` says what the index was made with."""

    about: Mapping[str, Any]
    parts: tuple[Segment, ...]

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def rows(self, wanted: Ordinals) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
        """Where `wanted`, ascending, stand: number of the segment, places in `wanted`, rows there."""
        for number, part in enumerate(self.parts):
            places, rows = part.rows(wanted)
            if len(rows):
                yield number, places, rows


def opened(folder: Path) -> Segments:
    """The segments in `folder`, none where it has none yet. WorkspaceError `damaged`."""
    if not (folder / _NAMES).exists():
        return Segments({}, ())
    try:
        said = json.loads((folder / _NAMES).read_bytes())
        removed = np.load(folder / _REMOVED)
        return Segments(said["about"], tuple(_segment(folder / name, removed) for name in said["segments"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorkspaceError("damaged", "索引已损坏，请重建", file=str(folder)) from error


def _segment(folder: Path, removed: Ordinals) -> Segment:
    # As a plain array: slices of a memmap cost five times as much.
    ordinals = np.asarray(np.load(folder / _ORDINALS, "r"))
    first, last = np.searchsorted(removed, [ordinals[0], ordinals[-1] + 1])
    return Segment(folder, ordinals, removed[first:last])


Write = Callable[[Path, Sequence[Segment]], None]
"""Writes into an empty folder the living rows of these segments, in order, and then what is new."""


def save(folder: Path, about: Mapping[str, Any], fresh: Ordinals, gone: Ordinals, write: Write) -> None:
    """Bring the segments in `folder` up to date: `gone` are taken out, `fresh` (ascending, above all
    that are there) put in."""
    before = opened(folder)
    removed = np.union1d(_all_removed(before), np.intersect1d(gone, _reach(before, gone)))
    parts = [_segment(part.folder, removed) for part in before.parts]
    kept = _kept([(len(part.ordinals), len(part)) for part in parts], len(fresh))
    merged = parts[kept:]
    names = [part.folder.name for part in parts[:kept]]
    ordinals = np.concatenate([*(part.ordinals[part.living] for part in merged), fresh])
    if len(ordinals):
        name = f"{1 + max((int(part.folder.name) for part in parts), default=0):06}"
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
        np.save(folder / name / _ORDINALS, ordinals.astype(np.int64))
        write(folder / name, merged)
        names.append(name)
    left = [part.removed for part in parts[:kept]]
    np.save(folder / "removed.new.npy", np.concatenate([*left, np.zeros(0, np.int64)]))
    (folder / "removed.new.npy").replace(folder / _REMOVED)
    said = {"about": about, "segments": names}
    (folder / (_NAMES + ".new")).write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    (folder / (_NAMES + ".new")).replace(folder / _NAMES)
    for part in merged:
        shutil.rmtree(part.folder)


def _all_removed(before: Segments) -> Ordinals:
    return np.concatenate([*(part.removed for part in before.parts), np.zeros(0, np.int64)])


def _reach(before: Segments, wanted: Ordinals) -> Ordinals:
    """Those of `wanted` that the segments hold."""
    wanted = np.unique(wanted)
    return np.concatenate([*(wanted[places] for _, places, _ in before.rows(wanted)), np.zeros(0, np.int64)])


def _kept(sizes: Sequence[tuple[int, int]], fresh: int) -> int:
    """How many of the segments, each with its rows and its living rows, stay as they are."""
    behind = fresh + sum(living for _, living in sizes)
    for number, (rows, living) in enumerate(sizes):
        behind -= living
        if behind >= living or 2 * living < rows or (fresh and living < SMALL):
            return number
    return len(sizes)
