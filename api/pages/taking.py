"""A table to take away: CSV that spreadsheets open right, or an Excel workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from fastapi import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from kg.errors import BadQuery
from kg.exports import csv as csv_export
from kg.exports import xlsx as xlsx_export
from kg.exports._table import inert
from kg.values.exact import plain


def table(format: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """The table as a file; text that a spreadsheet would run stays text. BadQuery `unknown-format`."""
    if format == "csv":
        return Response(_csv(columns, rows), media_type=csv_export.MEDIA_TYPE, headers=_attached(csv_export.EXTENSION))
    if format == "xlsx":
        return Response(
            _xlsx(columns, rows), media_type=xlsx_export.MEDIA_TYPE, headers=_attached(xlsx_export.EXTENSION)
        )
    raise BadQuery("unknown-format", f"没有 {format} 格式；可用：csv、xlsx")


def _attached(extension: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="jixiao{extension}"'}


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([inert(column) for column in columns])
    writer.writerows([plain(v) if isinstance(v, Decimal) else inert(v) for v in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("绩效 Jixiao")
    sheet.freeze_panes = "A2"
    for row in (columns, *rows):
        sheet.append([_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | Decimal):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value)))
    cell.data_type = "s"
    return cell
