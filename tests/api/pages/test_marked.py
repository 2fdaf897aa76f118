"""The report's text cut at its marks: nothing lost, nothing twice, every mark findable."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages import marked
from api.pages.marked import Block, Leaf, Mark, Piece
from api.pages.report import marks_of
from kg.text import Source, Span
from search.collection import Collection

TEXT = "一、收入情况\n全年收入100万元，支出80万元。\n二、问题\n执行偏慢。"
SOURCE = Source("a.txt", TEXT, "0" * 64)
spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 12)).map(
    lambda pair: Span(pair[0], min(len(TEXT), pair[0] + pair[1]))
)


def pieces(blocks: list[Block]) -> list[Piece]:
    cells = (cell for block in blocks for row in block.grid for cell in row)
    return [piece for block in blocks for piece in block.pieces] + [piece for cell in cells for piece in cell.pieces]


@given(st.lists(spans, max_size=12))
def test_text_cut_at_marks_is_the_same_text_and_each_mark_is_named_once(found: list[Span]) -> None:
    marks = [Mark(span, f"w{n}", n, "amount") for n, span in enumerate(found)]
    whole = [Leaf(Span(0, len(TEXT)))]
    cut = pieces(marked.blocks(SOURCE, whole, marks))
    assert "".join(piece.text for piece in cut).replace("\n", "") == TEXT.replace("\n", "")
    assert sorted(name for piece in cut for name in piece.names) == sorted(mark.name for mark in marks)
    for mark in marks:
        said = "".join(piece.text for piece in cut if mark.of in piece.facts)
        assert said.replace("\n", "") == SOURCE.quote(mark.span).replace("\n", "")


@pytest.mark.parametrize("suffix", [".md", ".txt", ".html", ".docx"])
def test_every_word_of_every_fact_is_on_the_page(collection: Collection, suffix: str) -> None:
    name = next(name for name in sorted(collection.generation.entries) if Path(name).suffix == suffix)
    entry, source = collection.entry(name), collection.source(name)
    facts = list(collection.facts(name))
    marks = list(marks_of(facts))
    leaves = marked.leaves(collection.place, entry, source)
    cut = pieces(marked.blocks(source, leaves, marks))
    assert {piece_name for piece in cut for piece_name in piece.names} == {mark.name for mark in marks}
    letters = {character for character in source.text if character.isalnum()}
    assert letters == {character for piece in cut for character in piece.text if character.isalnum()}


def test_a_long_report_is_shown_in_pages_that_hold_all_of_it() -> None:
    leaves = [Leaf(Span(at, at + 1000)) for at in range(0, 200_000, 1000)]
    pages = marked.pages(leaves, [])
    assert len(pages) > 1
    assert [leaf for page in pages for leaf in page] == leaves


def test_an_empty_report_has_one_empty_page() -> None:
    assert marked.pages([], []) == [[]]


def test_what_cannot_be_read_again_is_shown_line_by_line(collection: Collection, tmp_path: Path) -> None:
    gone = marked._leaves(tmp_path / "gone", "a.txt", SOURCE)
    assert [SOURCE.quote(leaf.span) for leaf in gone] == TEXT.split("\n")
