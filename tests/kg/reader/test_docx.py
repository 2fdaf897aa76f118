"""Word files, made here with python-docx, and broken ones."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from trees import headings, tables

from kg import reader
from kg.document import Document
from kg.errors import UnreadableFile
from kg.reader import docx as variant


def made(write: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    write(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(write: Callable[[Any], None], name: str = "报告.docx") -> Document:
    return reader.read(made(write), name)


def report(document: Any) -> None:
    title = document.add_paragraph()
    title.add_run("云溪县水务局2024年度部门整体支出绩效自评报告").bold = True
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading("一、部门概况", 1)
    document.add_paragraph("（一）主要职能。负责全县水资源管理。")
    document.add_heading("二、绩效指标", 1)
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "产出"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "数量"
    table.cell(1, 1).text, table.cell(1, 2).text = "清淤", "12"
    table.cell(2, 0).text, table.cell(2, 2).text = "合计", "98"
    document.add_paragraph("三、存在问题")
    document.add_paragraph("人员不足。")


def test_styles_and_numbers_make_the_tree() -> None:
    document = read(report)
    assert headings(document) == [
        (1, "一、", "部门概况"),
        (2, "（一）", "主要职能"),
        (1, "二、", "绩效指标"),
        (1, "三、", "存在问题"),
    ]
    span = document.parts[0].title
    assert span is not None
    assert document.source.quote(span).endswith("绩效自评报告")


def test_headings_that_only_look_like_headings_make_the_tree() -> None:
    def write(document: Any) -> None:
        for words, large in (
            ("云溪县水务局2024年度部门整体支出绩效自评报告", 22),
            ("部门基本情况", 16),
            ("负责全县水利工程的建设管理，组织实施防汛抗旱。", 0),
            ("存在的问题", 16),
            ("绩效指标设置不够细化，部分指标没有量化。", 0),
        ):
            run = document.add_paragraph().add_run(words)
            run.bold, run.font.size = bool(large), Pt(large or 12)

    assert headings(read(write)) == [(1, "", "部门基本情况"), (1, "", "存在的问题")]


def test_footnotes_are_read() -> None:
    def write(document: Any) -> None:
        document.add_paragraph("全年支出512.30万元").add_run()._r.append(
            parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>')
        )

    words = "<w:p><w:r><w:t>含上年结转8.00万元</w:t></w:r></w:p>"
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2">{words}</w:footnote></w:footnotes>'
    out = io.BytesIO(made(write))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/footnotes.xml", notes)
    assert "含上年结转8.00万元" in reader.read(out.getvalue(), "报告.docx").source.text


def test_merged_cells_are_one_cell() -> None:
    document = read(report)
    (table,) = tables(document)
    words = [[document.source.quote(cell.span) for cell in row] for row in table.rows]
    assert words == [["产出", "数量", "数量"], ["产出", "清淤", "12"], ["合计", "", "98"]]
    assert table.rows[0][0] is table.rows[1][0]


def test_numbers_that_word_counts_are_written_out() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    )

    def write(document: Any) -> None:
        root = document.part.numbering_part.element
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
        for level, words in ((0, "部门概况"), (1, "主要职能"), (1, "机构设置"), (0, "存在问题"), (1, "人员情况")):
            properties = document.add_paragraph(words)._p.get_or_add_pPr()
            listed = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'
            properties.append(parse_xml(listed))
            document.add_paragraph("正文一句。")

    assert headings(read(write)) == [
        (1, "一、", "部门概况"),
        (2, "1.", "主要职能"),
        (2, "2.", "机构设置"),
        (1, "二、", "存在问题"),
        (2, "1.", "人员情况"),
    ]


def test_deleted_and_hidden_words_and_field_codes_are_left_out_and_text_boxes_kept() -> None:
    body = (
        "<w:p {ns}><w:r><w:t>甲</w:t></w:r><w:del w:id='1' w:author='x'><w:r><w:delText>乙</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>丙</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:ins w:id='2' w:author='x'><w:r><w:t>丁</w:t></w:r></w:ins>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )

    def write(document: Any) -> None:
        document.element.body.insert(0, parse_xml(body.format(ns=nsdecls("w"))))

    assert read(write).source.text == "甲丁\n框里的话\n"


def test_a_word_file_is_known_by_its_bytes_not_by_its_name() -> None:
    assert headings(read(report, "报告.txt"))


def refused(data: bytes, name: str = "坏.docx") -> str:
    with pytest.raises(UnreadableFile) as caught:
        reader.read(data, name)
    assert caught.value.file == name
    return caught.value.code


def zipped(entries: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in entries.items():
            archive.writestr(path, content)
    return out.getvalue()


def test_a_cut_off_file_is_refused() -> None:
    assert refused(made(report)[:3000]) == "damaged-file"


def test_broken_xml_is_refused() -> None:
    assert refused(zipped({"word/document.xml": "<w:document>"})) == "damaged-file"


def test_a_zip_of_something_else_is_refused() -> None:
    assert refused(zipped({"说明.txt": "好"}), "包.zip") == "unknown-format"


def test_a_document_without_words_is_refused() -> None:
    assert refused(made(lambda document: None)) == "no-text"


def test_a_zip_bomb_is_refused_before_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(variant, "_LARGEST", 1000)
    assert refused(zipped({"word/document.xml": "<a>" + " " * 100_000 + "</a>"})) == "too-large"


def test_entities_are_not_followed() -> None:
    xml = (
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>一句话&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert reader.read(zipped({"word/document.xml": xml}), "a.docx").source.text == "一句话\n"


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"{\\rtf1\\ansi hello}"])
@pytest.mark.parametrize("name", ["旧.doc", "旧.wps", "旧.txt"])
def test_old_formats_say_how_to_convert(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        reader.read(data, name)
    assert caught.value.code == "legacy-office"
    assert ".docx" in caught.value.message
