"""Rows of a list as a file: csv, xlsx, jsonl or parquet, written as the rows come."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from api.resource import Column, Row
from kg.errors import JixiaoError
from kg.exports._table import inert
from kg.exports.jsonl import line
from kg.values.exact import plain

CHUNK = 64 * 1024  # bytes handed over at a time
HELD = 8 * 2**20  # bytes of a file that are kept in memory
ROWS = 1_000_000  # rows of a sheet or a batch
Rows = Iterable[Row]


def csv_(columns: Sequence[Column], rows: Rows) -> Iterator[bytes]:
    """UTF-8 with the mark that Excel looks for; what it would run as a formula is inert."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    text.write("\ufeff")
    table.writerow([column.name for column in columns])
    for row in rows:
        table.writerow([_written(row.get(column.name)) for column in columns])
        if text.tell() > CHUNK:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _written(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    return inert("\n".join(value) if isinstance(value, list) else value)


def jsonl(columns: Sequence[Column], rows: Rows) -> Iterator[bytes]:
    """One JSON object a line, numbers exact."""
    for row in rows:
        yield f"{line({column.name: row.get(column.name) for column in columns})}\n".encode()


def xlsx(columns: Sequence[Column], rows: Rows) -> Iterator[bytes]:
    """A workbook with heads in Chinese and by name; text stays text, also where it begins with =."""
    book = Workbook(write_only=True)
    for batch in _batches(_at_least_one_batch(rows), ROWS):
        sheet = book.create_sheet()
        sheet.freeze_panes = "A2"
        sheet.append([f"{column.label} {column.name}".strip() for column in columns])
        for row in batch:
            if row:
                sheet.append([_cell(sheet, row.get(column.name)) for column in columns])
    return _file(book.save)


def _batches(rows: Rows, size: int) -> Iterator[list[Row]]:
    rest = iter(rows)
    while batch := list(islice(rest, size)):
        yield batch


def _at_least_one_batch(rows: Rows) -> Iterator[Row]:
    yield {}  # the first sheet is there also where nothing is in it
    yield from rows


def _cell(sheet: Any, value: Any) -> Any:
    text = "\n".join(value) if isinstance(value, list) else value
    if not isinstance(text, str):
        return text
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))
    cell.data_type = "s"
    return cell


def parquet(columns: Sequence[Column], rows: Rows) -> Iterator[bytes]:
    """A table with numbers as exact decimals of 38 digits. JixiaoError `missing-extra` without pyarrow."""
    if find_spec("pyarrow") is None:
        raise JixiaoError("missing-extra", "导出 Parquet 需要先安装：pip install 'jixiao[parquet]'")
    arrow = import_module("pyarrow")
    types = {"integer": arrow.int64(), "number": arrow.decimal128(38, 12), "boolean": arrow.bool_()}
    schema = arrow.schema([(column.name, types.get(column.kind, arrow.string())) for column in columns])

    def write(out: IO[bytes]) -> None:
        with import_module("pyarrow.parquet").ParquetWriter(out, schema) as writer:
            for batch in _batches(rows, 10_000):
                cells = {c.name: [_typed(c, row.get(c.name)) for row in batch] for c in columns}
                writer.write_table(arrow.table(cells, schema=schema))

    return _file(write)


def _typed(column: Column, value: Any) -> Any:
    if value is None or column.kind in ("integer", "boolean"):
        return int(value) if column.kind == "integer" and value is not None else value
    if column.kind == "number":
        return Decimal(value)
    if isinstance(value, Decimal):
        return plain(value)
    return "\n".join(value) if isinstance(value, list) else value


def _file(write: Callable[[IO[bytes]], None]) -> Iterator[bytes]:
    """What `write` writes, handed over in pieces; a large file waits on the disk."""
    with SpooledTemporaryFile(HELD) as held:
        out = cast(IO[bytes], held)
        write(out)
        out.seek(0)
        while piece := out.read(CHUNK):
            yield piece


Writer = Callable[[Sequence[Column], Rows], Iterator[bytes]]
FORMATS: Mapping[str, tuple[str, Writer]] = {
    "csv": ("text/csv; charset=utf-8", csv_),
    "jsonl": ("application/x-ndjson", jsonl),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
    "parquet": ("application/vnd.apache.parquet", parquet),
}
"""Media type and writer of each format."""
