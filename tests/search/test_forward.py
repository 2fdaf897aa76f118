"""A forward index: what each passage says, kept through additions and removals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import WorkspaceError
from search.forward import Forward, ForwardWriter

Texts = list[list[int]]


def write(folder: Path, first: int, texts: Sequence[Sequence[int]], gone: Sequence[int] = ()) -> None:
    writer = ForwardWriter(folder, {}, np.uint32)
    writer.remove(np.array(sorted(gone), np.int64))
    writer.add(np.arange(first, first + len(texts)), texts)
    writer.close()


def said(folder: Path, ordinals: Sequence[int]) -> dict[int, list[int]]:
    """What each of these passages says, of those that there are."""
    found: dict[int, list[int]] = {}
    for places, (tokens, firsts) in Forward(folder).of(np.array(ordinals, np.int64)):
        ends = [*firsts[1:], len(tokens)]
        found |= {ordinals[p]: tokens[a:b].tolist() for p, a, b in zip(places, firsts, ends, strict=True)}
    return found


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_passage_says_what_it_said_through_additions_and_removals(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("forward") / "said"
    texts = st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=4), max_size=5)
    there: dict[int, list[int]] = {}
    for batch in data.draw(st.lists(texts, min_size=1, max_size=4)):
        gone = data.draw(st.sets(st.sampled_from(sorted(there)), max_size=3)) if there else set()
        first = max(there, default=-1) + 1
        write(folder, first, batch, sorted(gone))
        there = {o: t for o, t in there.items() if o not in gone} | dict(enumerate(batch, first))
        assert said(folder, sorted(there)) == there
        assert said(folder, sorted(gone)) == {}
        assert len(Forward(folder)) == len(there)


def test_the_mean_length_is_1_where_there_is_nothing(tmp_path: Path) -> None:
    write(tmp_path / "none", 0, [])
    assert Forward(tmp_path / "none").length == 1
    write(tmp_path / "some", 0, [[7, 7, 8], [9]])
    assert Forward(tmp_path / "some").length == 2


def test_damage_is_noticed(tmp_path: Path) -> None:
    write(tmp_path, 0, [[1]])
    (tmp_path / "000001" / "starts.npy").write_bytes(b"")
    with pytest.raises(WorkspaceError, match="damaged"):
        Forward(tmp_path)
