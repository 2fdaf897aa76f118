"""Tables that OCR leaves as HTML inside Markdown: <table><tr><td rowspan="2">…, cells in the source itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from kg.errors import UnreadableFile
from kg.text import Span

_EDGE = re.compile(r"<table\b|</table\s*+>", re.IGNORECASE)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>table|tr|td|th)\b(?P<attributes>[^<>]{0,300})>", re.IGNORECASE)
_REACH = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?(\d{1,4})", re.IGNORECASE)
_MOST = 200  # columns or rows that one cell covers
MOST_PLACES = 300_000  # of a table once its merged cells are spread; the longest real one has a tenth
Item = TypeVar("Item")


def extents(text: str) -> dict[int, int]:
    """Where every table begins → where it ends; one that is not closed is none."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for mark in _EDGE.finditer(text):
        if not mark.group().startswith("</"):
            opened.append(mark.start())
        elif opened:
            found[opened.pop()] = mark.end()
    return found


def rows(text: str, start: int, end: int) -> list[list[Span | None]]:
    """The cells' spans, a merged cell's in every place it covers, None where no cell is."""
    return spread([[(span, *reach) for span, reach in row] for row in _rows(text, start, end)])


def spread(rows: Sequence[Sequence[tuple[Item, int, int]]]) -> list[list[Item | None]]:
    """Rows of equal length from cells that say how many columns and rows they cover. UnreadableFile
    `too-large` where a few tags would fill more places than any table has."""
    _bounded(rows)
    places: dict[tuple[int, int], Item] = {}
    for at, row in enumerate(rows):
        column = 0
        for item, columns, below in row:
            while (at, column) in places:
                column += 1
            if columns == below == 1:  # as most are
                places[at, column] = item
                column += 1
                continue
            for line in range(at, min(at + max(below, 1), len(rows))):
                for beside in range(column, column + max(columns, 1)):
                    places.setdefault((line, beside), item)
            column += max(columns, 1)
    width = max((column for _, column in places), default=-1) + 1
    return [[places.get((at, column)) for column in range(width)] for at in range(len(rows))]


def _bounded(rows: Sequence[Sequence[tuple[Item, int, int]]]) -> None:
    """Every place that a cell says to cover counts, and so does every one that a shorter row leaves blank."""
    covered = sum(max(columns, 1) * min(max(below, 1), len(rows)) for row in rows for _, columns, below in row)
    widest = max((sum(max(columns, 1) for _, columns, _ in row) for row in rows), default=0)
    if max(covered, widest * len(rows)) > MOST_PLACES:
        message = f"表格超过 {MOST_PLACES} 格，没有读。A table of more than {MOST_PLACES} cells."
        raise UnreadableFile("too-large", message)


def _rows(text: str, start: int, end: int) -> Iterator[list[tuple[Span, tuple[int, int]]]]:
    row: list[tuple[Span, tuple[int, int]]] = []
    opened: re.Match[str] | None = None
    for tag in _TAG.finditer(text, start, end):
        if opened:
            attributes = {name.lower(): min(int(count), _MOST) for name, count in _REACH.findall(opened["attributes"])}
            reach = (attributes.get("colspan", 1), attributes.get("rowspan", 1))
            row.append((_trim(text, opened.end(), tag.start()), reach))
        name = tag["name"].lower()
        opened = tag if name in ("td", "th") and not tag["close"] else None
        if name in ("tr", "table") and row:
            yield row
            row = []
    if row:
        yield row


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
