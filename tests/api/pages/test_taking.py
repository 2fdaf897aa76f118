"""Tables taken away: what a spreadsheet would run stays text, numbers stay numbers."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from api.pages.taking import table
from kg.errors import BadQuery

COLUMNS = ("部门", "金额（万元）")
ROWS = [("=HYPERLINK(1)", Decimal("1202.95")), ("某局", None)]


def test_csv_opens_with_its_chinese_whole_and_runs_nothing() -> None:
    text = bytes(table("csv", COLUMNS, ROWS).body).decode("utf-8-sig")
    assert text.splitlines() == ["部门,金额（万元）", "'=HYPERLINK(1),1202.95", "某局,"]


def test_excel_keeps_numbers_as_numbers_and_text_as_text() -> None:
    sheet = load_workbook(BytesIO(bytes(table("xlsx", COLUMNS, ROWS).body))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == 1202.95


def test_a_format_that_there_is_not_is_refused() -> None:
    with pytest.raises(BadQuery, match="可用：csv"):
        table("pdf", COLUMNS, ROWS)
