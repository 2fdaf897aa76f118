"""An Excel workbook with a sheet for each kind of fact, heads in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from kg.exports._table import Value, columns, row
from kg.exports._told import Told, address
from kg.graph.statements import TERMS
from ontology import loader
from ontology.loader import NAMESPACE

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSION = ".xlsx"
ROWS = 1_000_000  # a sheet of Excel has 48 576 more


def write(facts: Iterable[Told], out: BinaryIO, site: str = "") -> None:
    """Text stays text, also where it begins with =; a sheet that is full goes on in the next. The words of
    each fact lead to their place in the report, on the pages of the service at `site`."""
    book = Workbook(write_only=True)
    sheets: dict[str, Any] = {}
    counts: dict[str, int] = {}
    for fact in facts:
        names = columns(fact.kind)
        count = counts[fact.kind] = counts.get(fact.kind, 0) + 1
        if count % ROWS == 1:
            sheets[fact.kind] = _sheet(book, fact.kind, count // ROWS, names)
        sheet = sheets[fact.kind]
        cells = [_cell(sheet, value) for value in row(fact, names)]
        if site:
            _link(cells[names.index("quote")], f"{site.rstrip('/')}{address(fact)}")
        sheet.append(cells)
    if not sheets:  # a workbook has at least one sheet
        book.create_sheet("facts")
    book.save(out)


def _sheet(book: Workbook, kind: str, earlier: int, names: Sequence[str]) -> Any:
    labels = {concept.notation: label for label, concept in loader.scheme("fact-kinds").items()}
    sheet = book.create_sheet(f"{labels[kind]} {kind}" + (f" {earlier + 1}" if earlier else ""))
    sheet.freeze_panes = "A2"
    sheet.append([f"{_label(name)} {name}" for name in names])
    return sheet


def _link(cell: Any, address: str) -> None:
    cell.hyperlink = address
    cell.style = "Hyperlink"


def _label(name: str) -> str:
    term = str(TERMS[name]).removeprefix(NAMESPACE) if name in TERMS else _PLACES.get(name, name)
    return _DECIDED.get(name) or loader.labels().get(term, "")


_PLACES = {"report": "fileName", "key": "evidenceKey"}
_DECIDED = {"decided_by": "决定人", "decided_at": "决定时间", "decision_reason": "决定理由"}


def _cell(sheet: Any, value: Value) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", value))
    cell.data_type = "s"
    return cell
