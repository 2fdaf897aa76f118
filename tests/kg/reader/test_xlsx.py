"""Excel files, made here with openpyxl, and broken ones."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from trees import grids, sections, tables

from kg import reader
from kg.document import Document
from kg.errors import UnreadableFile
from kg.reader import xlsx
from kg.reader._sheet_values import shown
from kg.text import Span


def made(write: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    write(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(write: Callable[[Any], None]) -> Document:
    return reader.read(made(write), "表.xlsx")


def account(book: Any) -> None:
    sheet = book.active
    sheet.append(["支出决算表"])
    sheet.merge_cells("A1:C1")
    sheet.append(["编制单位：云溪县水务局", None, "金额单位：万元"])
    sheet.append(["项目", "本年支出", None])
    sheet.append([None, "基本支出", "项目支出"])
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:C3")
    sheet.append(["水利支出", 1200.5, 0.1 + 0.2])
    sheet["B5"].number_format = "#,##0.00"
    sheet.append(["合计", 1200.5, None])
    sheet.append(["注：本表反映支出情况。"])


def test_a_sheet_is_a_table_with_its_title_its_unit_and_its_merged_cells() -> None:
    document = read(account)
    assert grids(document) == [
        [
            ["项目", "本年支出", "本年支出"],
            ["项目", "基本支出", "项目支出"],
            ["水利支出", "1,200.50", "0.3"],
            ["合计", "1200.5", ""],
        ]
    ]
    assert tables(document)[0].unit == "万元"
    assert document.source.text.splitlines()[:2] == ["支出决算表", "编制单位：云溪县水务局 金额单位：万元"]
    assert document.source.text.splitlines()[-1] == "注：本表反映支出情况。"


def test_sheets_head_what_stands_on_them_and_hidden_ones_are_a_gap() -> None:
    def write(book: Any) -> None:
        book.active.title = "收入表"
        book.active.append(["科目", "金额"])
        book.active.append(["事业收入", 5])
        other = book.create_sheet("支出表")
        other.append(["科目", "金额"])
        other.append(["基本支出", 6])
        hidden = book.create_sheet("代码")
        hidden.append(["不该读", 7])
        hidden.sheet_state = "hidden"

    document = read(write)
    titles = [section.title for section in sections(document)]
    assert titles == ["收入表", "支出表"]
    assert [len(rows) for rows in grids(document)] == [2, 2]
    assert "不该读" not in document.source.text
    assert ["代码" in gap.reason for gap in document.gaps] == [True]


def test_two_tables_on_one_sheet_are_two() -> None:
    def write(book: Any) -> None:
        for title in ("表一收入", "表二支出"):
            book.active.append([title])
            book.active.append(["科目", "金额"])
            book.active.append(["合计", 5])
            book.active.append([])

    assert grids(read(write)) == [[["科目", "金额"], ["合计", "5"]]] * 2


def test_a_form_with_a_blank_row_inside_stays_one_table() -> None:
    def write(book: Any) -> None:
        for row in (["指标", "目标值"], ["数量", 3], [], ["质量", 4]):
            book.active.append(row)

    assert len(grids(read(write))) == 1


def test_hidden_rows_and_columns_are_not_read() -> None:
    def write(book: Any) -> None:
        sheet = book.active
        for row in (["科目", "内码", "金额"], ["基本支出", 991, 5], ["旧行", 992, 6]):
            sheet.append(row)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[3].hidden = True

    assert grids(read(write)) == [[["科目", "金额"], ["基本支出", "5"]]]


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (1202.95, "General", "1202.95"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "General", "0.0000001"),
        (12000000, "General", "12000000"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (0.985, "0.00%", "98.50%"),
        (0.985, "0%", "99%"),
        (5.0, "0.##", "5"),
        (-3.456, '#,##0.00_);[Red]\\(#,##0.00\\)', "-3.46"),
        (9.5, '0.0"分"', "9.5"),
        (datetime(2024, 5, 1), "yyyy/m/d", "2024年5月1日"),
        (None, "General", ""),
        ("a\tb", "@", "a b"),
        (float("inf"), "0.00", ""),
    ],
)  # fmt: skip
def test_a_value_is_written_as_the_sheet_shows_it(value: object, code: str, words: str) -> None:
    assert shown(value, code) == words


def refused(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(UnreadableFile) as caught:
        reader.read(data, name)
    return caught.value.code


def test_an_empty_workbook_holds_no_text() -> None:
    assert refused(made(lambda book: None)) == "no-text"


@pytest.mark.parametrize("cut", [300, 1500, 4000])
def test_a_broken_workbook_is_refused(cut: int) -> None:
    assert refused(made(account)[:cut]) == "damaged-file"


def test_a_workbook_that_unpacks_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_LARGEST", 1000)
    assert refused(made(account)) == "too-large"


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing() -> None:
    def write(book: Any) -> None:
        book.active["A1"], book.active["B1"] = "科目", "金额"
        book.active["A1048576"], book.active["XFD1048576"] = "合计", 5

    assert grids(read(write)) == [[["科目", "金额", ""], ["合计", "", "5"]]]


def test_words_lead_to_their_cells() -> None:
    source = read(account).source

    def cells(said: str) -> tuple[str, ...]:
        start = source.text.index(said)
        return source.cells(Span(start, start + len(said)))

    assert cells("支出决算表") == ("Sheet!A1",)
    assert cells("金额单位") == ("Sheet!C2",)
    assert cells("基本支出") == ("Sheet!B4",)
    assert cells("水利支出\t1,200.50") == ("Sheet!A5", "Sheet!B5")
    assert cells("注：本表") == ("Sheet!A7",)
