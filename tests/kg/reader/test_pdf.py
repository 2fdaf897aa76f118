"""PDF files, written here byte by byte, and broken ones."""

import io
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from pdfs import HIGH, WIDE, made, rule, table, words
from PIL import Image
from trees import blocks, grids, paragraphs, sections

from kg import pictures, reader, workspace
from kg.build import build
from kg.document import Document, Table
from kg.errors import JixiaoError, UnreadableFile
from kg.imprint import Box
from kg.reader import pdf
from kg.text import Span
from kg.verify import verify
from search.collection import open_collection
from search.indexer import SearchIndexer


def read(*pages: str) -> Document:
    return reader.read(made(pages), "报告.pdf")


def prose(*lines: str, top: float = 100, left: float = 72) -> str:
    """Lines of a justified paragraph, the first two characters further in."""
    return "".join(words(left + (24 if at == 0 else 0), top + at * 20, line) for at, line in enumerate(lines))


FULL = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛壬癸子"


def test_a_paragraph_is_one_line_of_the_text_layer() -> None:
    document = read(prose(FULL, FULL + "丑寅", "全年支出12.5万元。", top=100) + prose("第二段。", top=160))
    assert paragraphs(document) == [f"{FULL}{FULL}丑寅全年支出12.5万元。", "第二段。"]


def test_stops_and_points_stand_on_their_baseline() -> None:
    document = read(words(72, 100, "办公费、印刷费12.50万元。") + words(72, 118, "邮电费、差旅费8.00万元。"))
    assert paragraphs(document) == ["办公费、印刷费12.50万元。", "邮电费、差旅费8.00万元。"]


def test_a_sentence_that_a_page_breaks_is_whole_and_page_numbers_are_gone() -> None:
    first = prose(FULL, FULL + "丑寅", top=720) + words(290, 800, "- 3 -")
    second = words(72, 80, "全年完成。") + words(290, 800, "- 4 -")
    assert paragraphs(read(first, second)) == [f"{FULL}{FULL}丑寅全年完成。"]


@pytest.mark.parametrize("mark", ["，", "；", "、"])
def test_marks_that_hang_over_the_margin_do_not_widen_the_page(mark: str) -> None:
    hanging = FULL + "丑寅卯" + mark
    document = read(prose(hanging[2:], FULL + "丑寅", "卯" + FULL + "辰" + mark, "全年完成。", top=100))
    assert len(paragraphs(document)) == 1


def test_a_last_line_of_figures_alone_goes_on_with_its_sentence() -> None:
    assert paragraphs(read(prose(FULL, FULL + "支占", "46.91%。"))) == [f"{FULL}{FULL}支占46.91%。"]


def test_what_a_colon_at_the_end_of_a_full_line_announces_follows_it() -> None:
    lines = (FULL + "丑寅", FULL + "丑：", "甲站、乙站。")
    document = read("".join(words(72, 100 + 20 * at, line) for at, line in enumerate(lines)))
    assert paragraphs(document) == ["".join(lines)]


def test_headers_of_even_and_odd_pages_are_left_out() -> None:
    heads = ("云溪县水务局", "部门决算")
    pages = [words(200, 40, heads[n % 2]) + words(72, 200, f"本页说的第{n}件事完成。") for n in range(8)]
    assert paragraphs(read(*pages)) == [f"本页说的第{n}件事完成。" for n in range(8)]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_header_of_a_short_report_is_told_by_its_small_letters(count: int) -> None:
    title = words(200, 80, "云溪县水务局部门决算", size=16)
    pages = [
        words(200, 40, "云溪县水务局部门决算", size=9) + (title if n == 0 else "") + words(72, 200, f"第{n}件事完成。")
        for n in range(count)
    ]
    assert read(*pages).source.text.split() == ["云溪县水务局部门决算", *(f"第{n}件事完成。" for n in range(count))]


def test_small_print_at_the_foot_of_a_form_stays() -> None:
    page = (
        words(72, 100, "项目支出绩效自评表") + words(72, 130, "负责水利工作。") + words(72, 800, "填报人：罗婷", size=9)
    )
    assert "填报人：罗婷" in read(page).source.text


def test_a_header_on_every_page_is_left_out() -> None:
    pages = [words(200, 40, "云溪县水务局部门决算") + words(72, 200, f"本页说的第{n}件事完成。") for n in range(5)]
    assert paragraphs(read(*pages)) == [f"本页说的第{n}件事完成。" for n in range(5)]


def test_kangxi_radicals_and_symbols_of_fonts_become_the_characters_they_show() -> None:
    assert paragraphs(read(words(72, 100, "\uf0b7 ⽔利⼯程、⻓江⺠⽣。"))) == ["• 水利工程、长江民生。"]


def test_a_ruled_table_is_read_cell_by_cell() -> None:
    drawn = table([["项目", "预算数", "决算数"], ["基本支出", "1,200.50", ""], ["项目支出", "", "80.00"]], 200)
    document = read(words(250, 150, "支出决算表") + words(400, 190, "单位：万元") + drawn)
    assert grids(document) == [[["项目", "预算数", "决算数"], ["基本支出", "1,200.50", ""], ["项目支出", "", "80.00"]]]
    (found,) = [block for block in blocks(document) if isinstance(block, Table)]
    assert found.unit == "万元"


def test_a_cell_without_a_line_inside_is_one_in_every_place() -> None:
    document = read(table([["项目", "本年支出", "<"], ["^", "基本支出", "项目支出"], ["合计", "9.00", "1.00"]], 200))
    assert grids(document) == [
        [["项目", "本年支出", "本年支出"], ["项目", "基本支出", "项目支出"], ["合计", "9.00", "1.00"]]
    ]


def test_lines_drawn_as_thin_areas_rule_a_table_too() -> None:
    areas = "".join(f"90 {HIGH - 200 - 20 * n} 240 0.5 re f\n" for n in range(3))
    areas += "".join(f"{90 + 120 * n} {HIGH - 240} 0.5 40 re f\n" for n in range(3))
    cells = [
        words(94 + 120 * x, 215 + 20 * y, cell)
        for x, y, cell in ((0, 0, "项目甲"), (1, 0, "1"), (0, 1, "项目乙"), (1, 1, "2"))
    ]
    assert grids(read(areas + "".join(cells))) == [[["项目甲", "1"], ["项目乙", "2"]]]


@pytest.mark.parametrize("head", [[], [["科目", "金额"]]])
def test_a_table_goes_on_over_the_page_with_or_without_its_head(head: list[list[str]]) -> None:
    first = words(400, 690, "单位：元") + table([["科目", "金额"], ["办公费", "1.00"]], 700)
    second = words(400, 90, "单位：元") + table([*head, ["水费", "2.00"]], 100) + words(72, 200, "以上为全部支出。")
    document = read(first, second)
    assert grids(document) == [[["科目", "金额"], ["办公费", "1.00"], ["水费", "2.00"]]]
    assert paragraphs(document)[-1] == "以上为全部支出。"


def form(project: str, *indicators: Sequence[str]) -> list[list[str]]:
    """The upper half of a form in two wide columns, the lower one in four."""
    names = [["项目名称", project, "<", "<"], ["主管部门", "县水利局", "<", "<"], ["实施单位", "县水文站", "<", "<"]]
    return [*names, *map(list, indicators)]


def test_the_lower_half_of_a_form_may_have_columns_of_its_own() -> None:
    upper, lower = form("堤防维修"), [["产出指标", "维修长度", "≥5公里", "6公里"]]
    (rows,) = grids(read(table(upper, 700), table(lower, 100)))
    assert rows[0] == ["项目名称", *["堤防维修"] * 3]
    assert rows[-1] == lower[0]


def test_forms_that_follow_each_other_stay_apart() -> None:
    one, other = form("堤防维修", ["产出指标", "长度", "5", "6"]), form("水库清淤", ["产出指标", "方量", "7", "8"])
    assert [rows[0][1] for rows in grids(read(table(one, 700), table(other, 100)))] == ["堤防维修", "水库清淤"]


def test_a_row_that_a_page_cuts_is_one_row() -> None:
    first = table([["项目", "未完成的原因", "得分"], ["堤防维修", "汛期施工暂停工期顺", "8.5"]], 740)
    second = table([["", "延两个月", ""], ["水库清淤", "如期", "10"]], 100)
    (rows,) = grids(read(first, second))
    assert rows[1:] == [["堤防维修", "汛期施工暂停工期顺延两个月", "8.5"], ["水库清淤", "如期", "10"]]


def test_a_row_of_its_own_is_not_taken_for_the_rest_of_another() -> None:
    first = table([["项目", "内容", "得分"], ["堤防维修", "维修甲河乙河丙河堤", "8.5"]], 740)
    (rows,) = grids(read(first, table([["", "其中甲河", "2.5"], ["水库清淤", "如期", "10"]], 100)))
    assert [row[1] for row in rows[1:]] == ["维修甲河乙河丙河堤", "其中甲河", "如期"]


def test_a_merged_name_that_a_page_cuts_goes_on_below() -> None:
    first = table([["指标", "名称", "目标"], ["产出指标", "完成率", "100%"], ["^", "合格率", "98%"]], 700)
    second = table([["指标", "名称", "目标"], ["", "及时率", "95%"], ["^", "成本率", "90%"]], 100)
    (rows,) = grids(read(first, second))
    assert [row[0] for row in rows] == ["指标", *["产出指标"] * 4]


def test_a_page_printed_the_wrong_way_up_is_read_and_slanted_words_are_left_out() -> None:
    def turned(x: float, y: float, line: str) -> str:
        codes = "".join(f"{ord(char):04x}" for char in line)
        return f"BT /F1 12 Tf -1 0 0 -1 {x} {y} Tm <{codes}> Tj ET\n"

    slanted = "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 100 Tm <6c345370> Tj ET\n"
    page = turned(500, 100, "一、部门概况") + turned(500, 130, "负责水利工作。") + slanted
    assert read(page).source.text == "一、部门概况\n负责水利工作。\n"


@pytest.mark.parametrize("turn", ["0 1 -1 0 100 90", "0 -1 1 0 100 690", "-1 0 0 -1 300 300", "1 0 0 1 100 100"])
def test_lines_of_a_turned_page_come_in_their_order(turn: str) -> None:
    assert read(f"BT /F2 12 Tf {turn} Tm (Ab) Tj 0 -20 Td (Cd) Tj ET\n").source.text == "Ab\nCd\n"


def columned(top: float, *rows: Sequence[str]) -> str:
    """A table without lines, its columns at three places."""
    return "".join(
        words(left, top + 20 * at, cell)
        for at, row in enumerate(rows)
        for left, cell in zip((72, 300, 420), row, strict=True)
        if cell
    )


def test_a_table_without_lines_is_read_by_its_columns() -> None:
    rows = [
        ["项目", "预算数", "决算数"],
        ["办公费", "12.50", "11.00"],
        ["差旅费", "", "7.20"],
        ["合计", "12.50", "18.20"],
    ]
    caption = words(72, 100, "支出决算表") + words(420, 100, "单位：万元")
    document = read(words(72, 80, "一、支出情况") + caption + columned(120, *rows) + words(72, 220, "以上均已公开。"))
    assert grids(document) == [rows]
    assert paragraphs(document)[-1] == "以上均已公开。"
    assert [box.left for box in spot(document, "11.00")] == [420]


def test_words_side_by_side_without_figures_are_no_table() -> None:
    assert grids(read(columned(120, *[["联系人", "电话", "地址"]] * 4))) == []


def test_columns_of_text_are_read_one_after_the_other() -> None:
    left = "".join(words(60, 100 + 20 * n, f"左栏第{n}行写满整整一栏的十七个字") for n in range(10))
    right = "".join(words(320, 100 + 20 * n, f"右栏第{n}行写满整整一栏的十七个字") for n in range(10))
    text = read(left + right).source.text
    assert text.index("左栏第9行") < text.index("右栏第0行")


def test_headings_are_found_and_spans_count_in_the_text_layer() -> None:
    page = words(72, 100, "一、部门概况") + words(96, 130, "负责水利工作。") + words(72, 160, "二、支出情况")
    document = read(page + words(96, 190, "全年支出5万元。"))
    assert [section.title for section in sections(document)] == ["部门概况", "支出情况"]
    assert document.source.media_type == "application/pdf"


def refused(data: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        reader.read(data, "a.pdf")
    assert caught.value.file == "a.pdf"
    return caught.value


@pytest.mark.parametrize("last", [f"（三）公用经费：指{FULL[:24]}。", f"三、预算说明{'…' * 26}"])
def test_a_heading_at_the_top_of_a_page_is_not_drawn_into_the_full_line_above_it(last: str) -> None:
    first = prose(FULL + "丑寅", FULL, top=600) + words(96, 720, last)
    second = words(207, 90, "部门预算编制说明", size=18) + prose("全年收入9万元。", top=132)
    document = read(first, second)
    titles = [section.title for section in sections(document)]
    assert "部门预算编制说明" in titles
    assert paragraphs(document)[-1] == "全年收入9万元。"


def test_a_pdf_without_text_says_that_it_is_a_scan() -> None:
    error = refused(made([rule(10, 10, 500, 500)]))
    assert error.code == "no-text-layer"
    assert "扫描" in error.message
    assert "scanned" in error.message


def numbered(line: str) -> str:
    """What the glyphs of `line` are called in a font that has but these."""
    return "".join(chr(3 + at) for at, _ in enumerate(line))


def without_codes(*pages: str) -> bytes:
    """A PDF whose font does not say what characters its glyphs show."""
    return made(pages).replace(b" /ToUnicode 5 0 R", b"")


@pytest.mark.usefixtures("without_engine")
def test_a_pdf_whose_fonts_say_nothing_is_refused_and_says_why() -> None:
    error = refused(
        without_codes(words(72, 100, numbered("全年支出12.5万元，比上年增加")) + words(72, 130, "\u4a13\u51c2"))
    )
    assert error.code == "unknown-characters"
    assert "编码" in error.message
    assert "Word" in error.message


def test_a_character_that_a_font_does_not_name_is_a_gap_and_no_other_character() -> None:
    strange = "BT /F3 12 Tf 72 642 Td <0014> Tj ET\n"
    data = made([words(72, 100, "一、部门概况") + words(72, 130, "负责全县水利工程的建设和管理。") + strange])
    font = b"/F3 << /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [4 0 R] >> /F2 <<"
    document = reader.read(data.replace(b"/F2 <<", font), "a.pdf")
    assert "\ufffd" in document.source.text
    assert "\ufffd" in document.gaps[0].reason


def test_a_pdf_without_pages_is_refused() -> None:
    assert refused(made([])).code == "damaged-file"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n" + bytes(range(256)), b"%PDF-1.4\n%%EOF", b"%PDF-1.7 " + b"<<" * 5000])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    assert refused(data).code == "damaged-file"


def test_a_pdf_cut_off_in_the_middle_is_refused_or_read() -> None:
    data = made([words(72, 100, "一、部门概况"), words(72, 100, "二、支出情况")])
    for size in range(400, len(data), 97):
        try:
            reader.read(data[:size], "a.pdf")
        except UnreadableFile as error:
            assert error.code in ("damaged-file", "no-text-layer")  # noqa: PT017


_TOGETHER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from kg import pictures, reader

data = Path(sys.argv[1]).read_bytes()
work = [reader.read, lambda data, name: pictures.page(data, name, 1)] * 40
with ThreadPoolExecutor(8) as threads:
    list(threads.map(lambda act: act(data, "报告.pdf"), work))
"""


def test_threads_may_read_and_draw_at_once(tmp_path: Path) -> None:
    """In a process of its own, for PDFium crashes the one where two threads are in it."""
    path = tmp_path / "报告.pdf"
    path.write_bytes(made(prose(*[FULL] * 30) for _ in range(8)))
    subprocess.run([sys.executable, "-c", _TOGETHER, str(path)], check=True, cwd=Path(pdf.__file__).parents[2])


def test_an_encrypted_pdf_says_so() -> None:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>] " % (
        b"11" * 32,
        b"22" * 32,
    )
    data = made([words(72, 100, "一、部门概况")]).replace(b"/Root 1 0 R", b"/Root 1 0 R " + lock)
    assert refused(data).code == "encrypted-file"


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_MOST_PAGES", 2)
    assert refused(made([words(72, 100, "一页")] * 3)).code == "too-large"


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_MOST_CHARACTERS", 30)
    assert refused(made([words(72, 100, "甲乙丙丁" * 4)] * 3)).code == "too-large"


@pytest.mark.timeout(20)
def test_a_page_full_of_lines_takes_no_time_to_speak_of() -> None:
    lines = "".join(rule(0, n / 4, 500, n / 4) + rule(n / 6, 0, n / 6, 800) for n in range(3000))
    assert read(lines + words(72, 100, "一、部门概况")).source.text


def spot(document: Document, said: str) -> tuple[Box, ...]:
    start = document.source.text.index(said)
    return document.source.boxes(Span(start, start + len(said)))


def test_words_are_shown_where_they_are_printed() -> None:
    document = read(words(72, 100, "全年支出12.5万元。", size=10))
    assert document.source.imprint.pages == ((WIDE, HIGH),)
    (box,) = spot(document, "支出")
    assert (box.page, box.left, box.width) == (1, 92, 20)
    assert box.top < 100 < box.top + box.height  # the baseline runs through it
    (box,) = spot(document, "12.5")
    assert (box.left, box.width) == (112, 20)


def test_words_that_a_page_breaks_are_shown_on_both() -> None:
    document = read(prose(FULL, FULL + "丑寅", top=720), words(72, 80, "全年完成。"))
    first, second = spot(document, "丑寅全年")
    assert (first.page, first.left, first.width) == (1, 72 + 12 * len(FULL), 24)
    assert (second.page, second.left, second.width) == (2, 72, 24)


def test_cells_of_a_table_over_two_pages_are_shown_on_their_own() -> None:
    head = ["科目", "合计"]
    document = read(table([head, ["甲支出", "1.20"]], 700), table([head, ["乙支出", "3.40"]], 100))
    assert [(box.page, box.left) for box in spot(document, "乙支出\t3.40")] == [(2, 94), (2, 214)]


@pytest.mark.parametrize("turn", ["0 1 -1 0 100 90", "0 -1 1 0 100 690", "-1 0 0 -1 300 300", "1 0 0 1 100 100"])
def test_the_picture_of_a_page_is_upright_and_has_ink_where_the_boxes_are(turn: str) -> None:
    data = made([f"BT /F2 12 Tf {turn} Tm (Ab) Tj 0 -20 Td (Cd) Tj ET\n"])
    document = reader.read(data, "a.pdf")
    picture = Image.open(io.BytesIO(pictures.page(data, "a.pdf", 1, scale=3))).convert("L")
    assert picture.size == tuple(3 * side for side in document.source.imprint.pages[0])
    for said in ("Ab", "Cd"):
        (box,) = spot(document, said)
        left, top, width, height = (round(3 * side) for side in box[1:])
        frame = (left, top, left + width, top + height)
        assert min(picture.crop(frame).tobytes()) < 128
        picture.paste(255, frame)
    assert set(picture.tobytes()) == {255}  # and nowhere else


def test_a_page_that_is_not_there_has_no_picture() -> None:
    with pytest.raises(JixiaoError) as caught:
        pictures.page(made([words(72, 100, "一页")]), "a.pdf", 2)
    assert caught.value.code == "no-such-page"


def test_facts_keep_their_boxes_in_the_graph(tmp_path: Path) -> None:
    report = words(72, 80, "云溪县水务局2024年度部门整体支出绩效自评报告", 16) + words(72, 120, "一、部门概况")
    report += words(72, 150, "负责全县水利工程的建设管理。") + words(72, 180, "二、预算执行")
    (tmp_path / "自评.pdf").write_bytes(made([report + words(72, 210, "全年支出合计512.30万元。")]))
    place = workspace.create(tmp_path / "workspace")
    build(place, [tmp_path / "自评.pdf"], SearchIndexer())
    collection = open_collection(place.folder)
    facts = list(collection.facts())
    source = collection.source("自评.pdf")
    assert {box.page for fact in facts for box in fact.evidence.boxes} == {1}
    assert all(fact.evidence.boxes == source.boxes(fact.evidence.span) for fact in facts)
    assert not verify(place, SearchIndexer())
    (kept,) = (place.folder / "imprints").iterdir()
    kept.write_bytes(b"")
    assert {damage.code for damage in verify(place, SearchIndexer())} == {"damaged"}
