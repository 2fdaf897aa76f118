"""Excel files (.xlsx): every sheet that is shown, its title lines and its tables, numbers as they are shown."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter, quote_sheetname, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from kg.archive import DAMAGE
from kg.document import Document, Gap
from kg.errors import UnreadableFile
from kg.imprint import SheetCell
from kg.reader import _files, _outline
from kg.reader._layer import Layer, Slot
from kg.reader._sheet_values import shown
from kg.reader._tables import unit
from kg.text import Span

SUFFIXES = (".xlsx", ".xlsm")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEST = 48 * 2**20  # bytes unpacked; a workbook of all departments of a city has a tenth
_MOST_CELLS = 300_000
_CELL = re.compile(rb"<(?:\w{1,20}:)?c[\s/>]")
_MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?\bref\s*=\s*[\"']([A-Za-z0-9:$]{2,40})[\"']")
_DEFAULT = re.compile(r"(?:Sheet|工作表)\s?\d*", re.IGNORECASE)  # a sheet that nobody has named
_FEW = 2  # values on a line above a table: 编制单位：某局 and 单位：万元
_STRONG = 60  # characters of a title
_DAMAGE = (*DAMAGE, SyntaxError, KeyError, IndexError, TypeError, AttributeError)  # what the library trips over


def fits(head: bytes, name: str) -> float:
    """A zip whose first entries are Excel's, or that is called so."""
    if not head.startswith(b"PK\x03\x04"):
        return 0.0
    return 1.0 if b"xl/" in head else 0.9 * name.lower().endswith(SUFFIXES)


def read(data: bytes, name: str) -> Document:
    """UnreadableFile `damaged-file`, `too-large` where it unpacks beyond measure, `no-text` where no
    sheet that is shown holds anything."""
    layer, gaps = Layer(), []
    for sheet in _sheets(data, name):
        if sheet.sheet_state != "visible":
            gaps.append(
                Gap(Span(layer.size, layer.size), f"隐藏的工作表没有读 · a hidden sheet was not read：{sheet.title}")
            )
            continue
        _write(layer, sheet, name)
    if not layer.items:
        raise UnreadableFile("no-text", "工作簿里没有内容。The workbook is empty.", file=name)
    source = _files.source(data, name, layer.text, MEDIA_TYPE, imprint=layer.imprint())
    return Document(source, _outline.parts(source, layer.items), tuple(gaps))


def _sheets(data: bytes, name: str) -> list[Worksheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
                raise _too_large(name)
            if sum(map(_places, _written(package))) > _MOST_CELLS:
                raise _too_large(name)
        with warnings.catch_warnings():  # about styles and extensions, which are not read
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except _DAMAGE as error:
        message = "文件损坏或加了密，打不开。The file is damaged or encrypted."
        raise UnreadableFile("damaged-file", message, file=name) from error
    return list(book.worksheets)


def _written(package: zipfile.ZipFile) -> Iterator[bytes]:
    """The parts that hold cells."""
    return (package.read(entry) for entry in package.infolist() if entry.filename.startswith("xl/worksheets/"))


def _places(part: bytes) -> int:
    """How many cells a part has, and how many places its merged ones cover: counted before the library makes an
    object of each."""
    covered = 0
    for area in _MERGED.findall(part):
        left, top, right, bottom = range_boundaries(area.decode("ascii"))
        covered += (1 + abs((right or 0) - (left or 0))) * (1 + abs((bottom or 0) - (top or 0)))
    return covered + len(_CELL.findall(part))


def _too_large(name: str) -> UnreadableFile:
    return UnreadableFile("too-large", "工作簿太大，没有读，请拆开。The workbook is too large: split it.", file=name)


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """The slots of a row by column; a slot that covers more than its place comes once."""

    slots: dict[int, Slot]

    @property
    def said(self) -> list[str]:
        return [slot.words for slot in self.slots.values() if slot.words]

    @property
    def line(self) -> Slot:
        """All its words as one line."""
        words, ink = "", []
        for slot in self.slots.values():
            if slot.words:
                words += " " if words else ""
                ink += [mark.moved(len(words)) for mark in slot.ink]
                words += slot.words
        return Slot(words, ink=tuple(ink))


def _write(layer: Layer, sheet: Worksheet, name: str) -> None:
    """A sheet into the text layer. Its heading is its own first line, else what the sheet is called."""
    named = False
    for lines, rows, notes in _blocks(_rows(sheet, name)):
        for line in lines:
            strong = named and len(line.words) <= _STRONG and not unit(line.words)
            layer.line(line.words, 0 if named else 1, strong=strong, ink=line.ink)
            named = True
        if not named and not _DEFAULT.fullmatch(sheet.title):
            layer.line(sheet.title, 1)
        named = True
        layer.table([list(row.slots.values()) for row in rows])
        for note in notes:
            layer.line(note.words, ink=note.ink)


def _rows(sheet: Worksheet, name: str) -> list[_Row]:
    """Every row with words and the one after it; what is hidden and columns without a word are left out."""
    if len(sheet._cells) > _MOST_CELLS:
        raise _too_large(name)
    cells = {
        place: words
        for place, cell in sheet._cells.items()
        if (words := shown(cell.value, cell.number_format)) and not isinstance(cell, MergedCell)
    }
    hidden = _hidden_columns(sheet)
    columns = [at for at in sorted({at for _, at in cells}) if at not in hidden]
    filled = {at for at, _ in cells}
    lines = [at for at in sorted(filled | {at + 1 for at in filled}) if not sheet.row_dimensions[at].hidden]
    if len(lines) * len(columns) > _MOST_CELLS:
        raise _too_large(name)
    merged = _merged(sheet, lines, columns)
    called = sheet.title if sheet.title.isidentifier() else quote_sheetname(sheet.title)
    made: list[_Row] = []
    for line in lines:
        slots: dict[int, Slot] = {}
        for column in columns:
            area = merged.get((line, column), _Area(line, column, 1, 1))
            if area.columns:
                words = cells.get((area.row, area.column), "")
                ink = (
                    (SheetCell(0, len(words), f"{called}!{get_column_letter(area.column)}{area.row}"),) if words else ()
                )
                slots[column] = Slot(words, area.columns, area.rows, ink)
        made.append(_Row(slots))
    return made


def _hidden_columns(sheet: Worksheet) -> set[int]:
    ranges = ((shape.min, shape.max) for shape in sheet.column_dimensions.values() if shape.hidden)
    return {at for first, last in ranges for at in range(first or 1, (last or first or 1) + 1)}


class _Area(NamedTuple):
    """A merged cell: where its words are, and how many columns and rows it covers of those shown."""

    row: int
    column: int
    columns: int
    rows: int


def _merged(sheet: Worksheet, lines: Sequence[int], across: Sequence[int]) -> dict[tuple[int, int], _Area]:
    """The merged cell at its first place, one that covers nothing at its others."""
    made: dict[tuple[int, int], _Area] = {}
    for area in sheet.merged_cells.ranges:
        rows = lines[bisect_left(lines, area.min_row) : bisect_right(lines, area.max_row)]
        columns = across[bisect_left(across, area.min_col) : bisect_right(across, area.max_col)]
        if rows and columns:
            made |= dict.fromkeys(product(rows, columns), _Area(0, 0, 0, 0))
            made[rows[0], columns[0]] = _Area(area.min_row, area.min_col, len(columns), len(rows))
    return made


Block = tuple[list[Slot], list[_Row], list[Slot]]


def _blocks(rows: Sequence[_Row]) -> Iterator[Block]:
    """The tables of a sheet, each with the lines above and the notes below it. A blank row parts two
    tables only where a title follows: forms have blank rows inside."""
    begin = 0
    for at in range(1, len(rows)):
        if len(rows[at].said) == 1 and not rows[at - 1].said and any(row.said for row in rows[begin:at]):
            yield _block(rows[begin:at])
            begin = at
    if any(row.said for row in rows[begin:]):
        yield _block(rows[begin:])


def _block(rows: Sequence[_Row]) -> Block:
    told = [row for row in rows if row.said]
    first = 0
    while first < len(told) and (len(told[first].said) == 1 or _is_caption(told[first])):
        first += 1
    last = len(told)
    while last > first and len(told[last - 1].said) == 1 and next(iter(told[last - 1].slots.values())).words:
        last -= 1
    above, below = ([row.line for row in part] for part in (told[:first], told[last:]))
    return above, told[first:last], below


def _is_caption(row: _Row) -> bool:
    return len(row.said) <= _FEW and bool(unit(" ".join(row.said)))
