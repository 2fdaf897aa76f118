"""Segments: what is added, taken out and merged, and what stays untouched on disk."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import WorkspaceError
from search import segments
from search.segments import Segment


def save(folder: Path, fresh: Sequence[int], gone: Sequence[int] = ()) -> None:
    """Rows whose payload is ten times their ordinal."""

    def write(place: Path, merged: Sequence[Segment]) -> None:
        old = [np.load(part.folder / "payload.npy")[part.living] for part in merged]
        np.save(place / "payload.npy", np.concatenate([*old, 10 * np.array(fresh, np.int64)]))

    folder.mkdir(exist_ok=True)
    segments.save(folder, {"made": "so"}, np.array(fresh, np.int64), np.array(gone, np.int64), write)


def held(folder: Path) -> list[int]:
    """The living rows, each of which must bring its own payload."""
    rows: list[int] = []
    for part in segments.opened(folder).parts:
        payload = np.load(part.folder / "payload.npy")
        assert (payload == 10 * part.ordinals).all()
        rows += part.ordinals[part.living].tolist()
    return rows


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(0, 40), st.sets(st.integers(0, 200), max_size=30)), max_size=15))
def test_it_holds_what_was_added_and_not_taken_out(
    steps: list[tuple[int, set[int]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, expected, following = tmp_path_factory.mktemp("segments"), set[int](), 0
    small, segments.SMALL = segments.SMALL, 4
    try:
        for size, gone in steps:
            save(folder, range(following, following + size), sorted(gone))
            expected = (expected - gone) | set(range(following, following + size))
            following += size
            assert held(folder) == sorted(expected)
            found = segments.opened(folder)
            assert len(found) == len(expected)
            assert len(found.parts) <= 1 + max(1, following).bit_length()
            wanted = np.arange(0, following + 3, 2)
            places = np.concatenate([np.zeros(0, int), *(places for _, places, _ in found.rows(wanted))])
            assert wanted[places].tolist() == sorted(o for o in expected if o % 2 == 0)
    finally:
        segments.SMALL = small


def test_a_large_segment_is_neither_rewritten_nor_touched(tmp_path: Path) -> None:
    save(tmp_path / "one", range(5000))
    shutil.copytree(tmp_path / "one", tmp_path / "two", copy_function=lambda old, new: Path(new).hardlink_to(old))
    before = {path: path.stat().st_ino for path in (tmp_path / "one").rglob("*.npy")}
    save(tmp_path / "two", range(5000, 5060), gone=[3, 4, 5])
    shared = [p for p, inode in before.items() if (tmp_path / "two" / p.relative_to(tmp_path / "one")).exists()
              and (tmp_path / "two" / p.relative_to(tmp_path / "one")).stat().st_ino == inode]  # fmt: skip
    assert {path.name for path in shared} == {"payload.npy", "ordinals.npy"}
    assert held(tmp_path / "one") == list(range(5000))
    assert held(tmp_path / "two") == [0, 1, 2, *range(6, 5060)]


def test_a_segment_that_is_mostly_gone_is_written_anew(tmp_path: Path) -> None:
    save(tmp_path, range(5000))
    save(tmp_path, [], gone=range(4000))
    (part,) = segments.opened(tmp_path).parts
    assert (len(part.ordinals), len(part.removed)) == (1000, 0)
    save(tmp_path, [], gone=range(4000, 5000))
    assert segments.opened(tmp_path).parts == ()


@pytest.mark.parametrize("name", ["segments.json", "removed.npy", "000001/ordinals.npy"])
def test_damage_is_an_error_of_ours(tmp_path: Path, name: str) -> None:
    save(tmp_path, range(10))
    (tmp_path / name).write_bytes(b"\x80\x04N.")
    with pytest.raises(WorkspaceError):
        segments.opened(tmp_path)


def test_an_empty_folder_has_no_segments(tmp_path: Path) -> None:
    assert len(segments.opened(tmp_path)) == 0
