"""Imprints: from spans of a text layer to boxes and cells, and through keeping."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.imprint import Box, Imprint, Line, SheetCell, from_bytes, to_bytes

LINES = (
    Line(0, 1, 70.0, 82.0, (10.0, 20.0, 30.0, 40.0)),
    Line(3, 1, 90.0, 102.0, (10.0, 20.0)),
    Line(6, 2, 70.0, 82.0, (10.0, 15.0, 20.0)),
)
PRINTED = Imprint(((595.0, 842.0), (842.0, 595.0)), LINES)


def test_a_span_inside_a_line_has_the_box_of_its_own_characters() -> None:
    assert PRINTED.boxes(1, 2) == (Box(1, 20.0, 70.0, 10.0, 12.0),)


def test_a_span_over_lines_and_pages_has_a_box_on_each() -> None:
    assert PRINTED.boxes(2, 7) == (
        Box(1, 30.0, 70.0, 10.0, 12.0),
        Box(1, 10.0, 90.0, 10.0, 12.0),
        Box(2, 10.0, 70.0, 5.0, 12.0),
    )


def test_what_the_reader_has_added_is_printed_nowhere() -> None:
    assert PRINTED.boxes(4, 6) == ()
    assert PRINTED.boxes(8, 90) == ()


@given(st.integers(0, 9), st.integers(1, 9))
def test_boxes_of_a_span_are_those_of_its_characters(start: int, size: int) -> None:
    whole = PRINTED.boxes(start, start + size)
    single = [box for at in range(start, start + size) for box in PRINTED.boxes(at, at + 1)]
    assert sum(box.width for box in whole) == sum(box.width for box in single)
    assert {box.page for box in whole} == {box.page for box in single}


@pytest.mark.parametrize(
    "imprint", [PRINTED, Imprint(cells=(SheetCell(0, 4, "收支总表!A1"), SheetCell(5, 9, "收支总表!B1"))), Imprint()]
)
def test_an_imprint_is_kept_as_it_was(imprint: Imprint) -> None:
    assert from_bytes(to_bytes(imprint)) == imprint
    assert to_bytes(imprint) == to_bytes(from_bytes(to_bytes(imprint)))


@pytest.mark.parametrize("data", [b"", b"no gzip", to_bytes(PRINTED)[:-9]])
def test_what_is_no_imprint_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match="not an imprint"):
        from_bytes(data)
