"""Boxes over the pages of a PDF: each fact where it stands, the smaller above the larger."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from api.pages.marked import Mark
from api.pages.report import marks_of
from api.pages.sheets import page_of, sheet
from kg.examine import examine
from kg.imprint import Imprint, Line
from kg.text import Source, Span

TEXT = "年初预算一百万元\n实际支出八十万元"


def line(start: int, page: int, size: int) -> Line:
    return Line(start, page, 100.0, 112.0, tuple(72.0 + 12 * n for n in range(size + 1)))


SOURCE = Source(
    "a.pdf", TEXT, "0" * 64, imprint=Imprint(((595.0, 842.0), (842.0, 595.0)), (line(0, 1, 8), line(9, 2, 8)))
)
MARKS = [
    Mark(Span(0, 8), "w0", 0, "amount"),
    Mark(Span(4, 8), "w1", 1, "amount"),
    Mark(Span(9, 17), "w2", 2, "amount"),
    Mark(Span(0, 17), "w3", 3, "finding"),
]


def test_a_page_has_the_boxes_of_its_own_facts_each_named_once() -> None:
    first, second = (sheet(SOURCE, MARKS, number) for number in (1, 2))
    assert (first.width, second.width) == (595.0, 842.0)
    assert sorted(boxed.mark.of for boxed in first.boxes) == [0, 1, 3]
    assert sorted(boxed.mark.of for boxed in second.boxes) == [2, 3]
    assert sorted(boxed.name for boxed in first.boxes) == ["w0", "w1", "w3"]
    assert first.reach == Span(0, 8)


def test_a_smaller_box_lies_above_a_larger_one() -> None:
    assert [boxed.mark.of for boxed in sheet(SOURCE, MARKS, 1).boxes][-1] == 1


def test_a_page_that_there_is_not_is_the_nearest_one() -> None:
    assert sheet(SOURCE, MARKS, 0).number == 1
    assert sheet(SOURCE, MARKS, 9).number == 2


def test_words_of_several_facts_are_tinted_once() -> None:
    twice = [Mark(Span(0, 8), "w0", 0, "amount"), Mark(Span(0, 8), "w1", 1, "amount")]
    assert [boxed.again for boxed in sheet(SOURCE, twice, 1).boxes] == [False, True]


def test_the_boxes_of_a_real_report_lie_over_the_words_of_its_facts(shared: Path) -> None:
    """pdfium itself is asked what is written under each box."""
    path = min((shared / "reports").glob("*.pdf"), key=lambda each: each.stat().st_size)
    examined = examine(path.read_bytes(), path.name)
    source, marks = examined.document.source, list(marks_of(examined.facts))
    pdf = pypdfium2.PdfDocument(path)
    looked = 0
    for number in range(1, len(pdf) + 1):
        page = sheet(source, marks, number)
        text = pdf[number - 1].get_textpage()
        for boxed in page.boxes:
            box = boxed.box
            assert 0 <= box.left < box.left + box.width <= page.width
            assert 0 <= box.top < box.top + box.height <= page.height
            bottom = page.height - box.top - box.height
            under = text.get_text_bounded(box.left - 1, bottom - 1, box.left + box.width + 1, page.height - box.top + 1)
            said = source.quote(boxed.mark.span)
            shared_characters = [character for character in under if character in said and not character.isspace()]
            assert len(shared_characters) >= 0.8 * len("".join(under.split()))
            looked += 1
    assert looked


def test_words_lead_to_their_page() -> None:
    assert page_of(SOURCE, Span(9, 12)) == 2
    assert page_of(SOURCE, Span(4, 6)) == 1
