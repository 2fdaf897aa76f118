"""The queries that the documentation shows run on the examples and find something."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.collection import Collection

QUERIES = sorted((Path(__file__).parents[2] / "examples" / "queries").glob("*.rq"))


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_finds_something_in_the_examples(collection: Collection, path: Path) -> None:
    text = path.read_text("utf-8")
    assert [line[:2] for line in text.splitlines()[:2]] == ["# ", "# "], "what it asks, in Chinese and English"
    rows = list(collection.query(text))
    assert rows
    assert len(rows) == len({tuple(row) for row in rows}), "no row twice"
