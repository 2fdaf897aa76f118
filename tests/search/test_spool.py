"""Numbers put down on disk: what went in comes out, and nothing of it is left in the folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import spool
from search.spool import Spool


@settings(max_examples=40, deadline=None)
@given(
    batches=st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=6), max_size=6),
    at_once=st.integers(1, 5),
)
def test_all_that_was_put_in_comes_out_in_order(
    batches: list[list[int]], at_once: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("spool")
    numbers = Spool(folder, np.uint32)
    expected: list[int] = []
    for batch in batches:
        numbers.add(np.array(batch, np.int64))
        expected += batch
        assert numbers.rows().tolist() == expected
    assert list(folder.iterdir()) == []
    before, spool._AT_ONCE = spool._AT_ONCE, at_once
    try:
        spool.save(folder / "all.npy", np.uint32, [np.array([7, 8], np.uint32), numbers.rows()])
    finally:
        spool._AT_ONCE = before
    kept = np.load(folder / "all.npy", "r")
    assert (kept.dtype, kept.tolist()) == (np.uint32, [7, 8, *expected])


def test_rows_keep_their_width_also_where_there_are_none(tmp_path: Path) -> None:
    rows = Spool(tmp_path, np.float16, 3)
    assert rows.rows().shape == (0, 3)
    rows.add(np.array([[0.5, 1, 2], [3, 4, 5]], np.float32))
    assert rows.rows().tolist() == [[0.5, 1, 2], [3, 4, 5]]
