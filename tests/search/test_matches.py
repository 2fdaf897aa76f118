"""Which words matched, and where."""

from __future__ import annotations

from kg.text import Span
from search.matches import highlights, matched
from search.passage import Passage

TEXT = "负责受理群众投诉\n和信访，加强养老服 务。"


def passage(**fields: object) -> Passage:
    sentence = "负责受理群众投诉和信访,加强养老服务。"
    record = {"report": "甲", "sha256": "甲", "span": Span(100, 100 + len(TEXT)), "text": TEXT, "sentence": sentence}
    return Passage(**record, kind="duty", **fields)  # type: ignore[arg-type]


def test_words_of_the_query_and_other_words_for_them_are_named() -> None:
    assert matched("信访找谁", passage())[0] == "信访"
    assert "养老服务" in matched("敬老院", passage())


def test_a_word_within_another_is_not_named_again() -> None:
    found = matched("群众投诉", passage(headings=("群众投诉处理",)))
    assert "投诉" not in found or "群众投诉" not in found


def test_highlights_are_spans_of_the_source_across_its_line_breaks() -> None:
    spans = highlights(passage(), ("信访", "投诉和信访", "养老服务"))
    quotes = [TEXT[s.start - 100 : s.end - 100] for s in spans]
    assert quotes == ["投诉\n和信访", "养老服 务"]


def test_traditional_words_of_the_source_are_highlighted_where_they_stand() -> None:
    text = "受理羣眾\n投訴（ＡＢ１２）"
    sentence = "受理羣眾投訴(AB12)"
    found = Passage(report="甲", sha256="乙", span=Span(7, 7 + len(text)), text=text, sentence=sentence, kind="duty")
    words = matched("群众投诉 ab12", found)
    assert [text[s.start - 7 : s.end - 7] for s in highlights(found, words)] == ["羣眾", "投訴", "ＡＢ１２"]
