"""A report cut into passages."""

from __future__ import annotations

from kg.document import Cell, Document, Paragraph, Part, Section, Table
from kg.facts import Duty, Evidence, Fact, Indicator, Person, Quantity
from kg.reading import Header, Reading
from kg.text import Source, Span
from search.passage import KINDS, Passage, passages

DUTIES = "负责全县校车安全管理；\n指导学校食堂建设。承办其他事项。"
LONG = (
    "本年度我局认真组织自评。" + "各股室收集资料并逐项核对，" * 9 + "形成报告。主要做法如下：一是抓培训，二是抓检查。"
)
TABLE = "一级指标\t三级指标\t目标值\t实际值\n产出指标\t新建校舍\t≥3栋\t4栋\n产出指标\t购置课桌\t≥200套\t200套"
TEXT = "\n".join(["一、主要职责", DUTIES, "二、工作开展情况", LONG, "承办其他 事项。", "三、自评表", TABLE, "四、签字"])


def span(words: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


def table(text: str) -> Table:
    rows = []
    start = TEXT.index(text)
    for line in text.split("\n"):
        cells = []
        for words in line.split("\t"):
            cells.append(Cell(Span(start, start + len(words))))
            start += len(words) + 1
        rows.append(tuple(cells))
    return Table(span(text), tuple(rows))


def section(title: str, *blocks: Paragraph | Table) -> Section:
    heading = next(span(line) for line in TEXT.split("\n") if line.endswith(title))
    end = max([heading.end, *(b.span.end for b in blocks)])
    return Section(
        Span(heading.start, end), heading, heading and TEXT[heading.start : heading.start + 2], title, 1, blocks
    )


SOURCE = Source("报告.txt", TEXT, "0" * 64)
PART = Part(
    Span(0, len(TEXT)),
    (
        section("主要职责", Paragraph(span(DUTIES))),
        section("工作开展情况", Paragraph(span(LONG)), Paragraph(span("承办其他 事项。"))),
        section("自评表", table(TABLE)),
        section("签字"),
    ),
)
READING = Reading(
    Document(SOURCE, (PART,)),
    PART,
    Header("自评报告", Span(0, 4), "青川县教育局", region="青川县", fiscal_year=2024),
    "",
    {},
)


def evidence(place: Span) -> Evidence:
    return Evidence("报告.txt", place.start, place.end, TEXT[place.start : place.end])


def duty(words: str, ordinal: int) -> Duty:
    return Duty(evidence=evidence(span(words)), subject="青川县教育局", text=words, ordinal=ordinal)


ROW = "产出指标\t新建校舍\t≥3栋\t4栋"
FACTS: list[Fact] = [
    duty("负责全县校车安全管理", 1),
    duty("指导学校食堂建设", 2),
    duty("承办其他事项", 3),
    Indicator(
        evidence=evidence(span(ROW)), subject="青川县教育局", level1="产出指标", level3="新建校舍",
        operator="≥", target=3, target_unit="栋", actual=4, actual_unit="栋",
    ),
    Quantity(evidence=evidence(span("200套", TEXT.index("购置"))), subject="青川县教育局", name="课桌", value=200),
]  # fmt: skip


def found(facts: list[Fact] = FACTS) -> list[Passage]:
    return list(passages([READING], facts))


def test_every_duty_is_a_passage_with_just_its_span_under_its_heading() -> None:
    duties = [p for p in found() if p.kind == "duty"]
    assert [p.text for p in duties] == ["负责全县校车安全管理", "指导学校食堂建设", "承办其他事项"]
    assert {p.headings for p in duties} == {("主要职责",)}
    assert not any(p.kind == "paragraph" and "校车" in p.text for p in found())


def test_what_is_shown_is_the_source_and_what_is_indexed_is_joined_under_its_headings() -> None:
    for passage in found():
        assert TEXT[passage.span.start : passage.span.end] == passage.text
        assert "\n" not in passage.sentence
        assert passage.indexed.startswith("\n".join(passage.headings))


def test_every_passage_says_whose_it_is() -> None:
    for p in found():
        assert (p.report, p.department, p.region, p.fiscal_year) == ("报告.txt", "青川县教育局", "青川县", 2024)
        assert p.kind in KINDS


def test_a_long_paragraph_is_cut_into_sentences_and_a_short_lead_joins_the_next() -> None:
    texts = [p.text for p in found() if p.headings == ("工作开展情况",)]
    assert texts[0] == "本年度我局认真组织自评。"
    assert texts[-1] == "主要做法如下：一是抓培训，二是抓检查。"
    assert "".join(texts) == LONG


def test_the_same_words_twice_in_a_report_are_one_passage_with_two_places() -> None:
    (same,) = [p for p in found() if "其他" in p.text]
    assert same.kind == "duty"
    assert [TEXT[s.start : s.end] for s in same.places] == ["承办其他 事项。"]


def test_rows_of_a_table_are_readable_lines() -> None:
    rows = {p.sentence: p.kind for p in found() if p.headings == ("自评表",)}
    assert rows == {
        "产出指标·新建校舍：目标≥3栋，实际4栋": "indicator",
        "一级指标：产出指标，三级指标：购置课桌，目标值：≥200套，实际值：200套": "table-row",
    }


def test_a_heading_with_nothing_under_it_is_a_passage() -> None:
    assert "四、签字" in [p.text for p in found()]


def test_a_passage_knows_the_facts_whose_evidence_it_overlaps() -> None:
    by_text = {p.text: p.facts for p in found()}
    assert by_text["负责全县校车安全管理"] == (0,)
    assert by_text["承办其他事项"] == (2,)
    assert by_text[ROW] == (3,)
    assert by_text["产出指标\t购置课桌\t≥200套\t200套"] == (4,)


def test_a_sentence_that_names_a_person_is_of_that_kind() -> None:
    person = Person(evidence=evidence(span("承办其他 事项。")), name="某")
    assert next(p for p in found([person]) if p.text == "承办其他 事项。").kind == "person"


def test_a_sentence_without_end_is_cut_at_commas_and_never_longer_than_a_screen() -> None:
    text = "，".join(["全面推进各项工作" * 3] * 100) + "啊" * 1000
    source = Source("长.txt", text, "1" * 64)
    whole = Span(0, len(text))
    part = Part(whole, (Section(whole, blocks=(Paragraph(whole),)),))
    pieces = passages([Reading(Document(source, (part,)), part, Header("题", Span(0, 1)), "", {})], [])
    assert max(len(p.text) for p in pieces) <= 400
    assert {p.text[-1] for p in pieces} <= {"，", "啊"}


def test_no_facts_and_no_text_make_no_passages() -> None:
    source = Source("空.txt", " ", "2" * 64)
    part = Part(Span(0, 1), (Section(Span(0, 1), blocks=(Paragraph(Span(0, 1)),)),))
    assert passages([Reading(Document(source, (part,)), part, Header("题", Span(0, 1)), "", {})], []) == ()
    assert passages([], []) == ()
