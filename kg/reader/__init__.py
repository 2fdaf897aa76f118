"""Readers: file → Source → Document (a drop-in folder, one file per format; shared steps in _*.py).

A file offers `SUFFIXES` (the endings it is known by, for messages), `fits(head: bytes, name: str)
-> float` (0 not at all, 1 surely; by its bytes, the name only as a hint) and
`read(data: bytes, name: str) -> Document`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.document import Document, Table, walk
from kg.dropin import every
from kg.errors import UnreadableFile

HEAD = 4096  # bytes that a reader may look at to know its format
MOST_COLUMNS = 128  # of a table; the widest real one has forty
MOST_CELLS = 300_000  # of all tables


def read(data: bytes, name: str) -> Document:
    """The document in `data`, whatever its name says it is.

    UnreadableFile where it is empty (`empty-file`), of no known format (`unknown-format`,
    `binary-file`) or beyond its reader's limits (`too-large`, …)."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableFile("empty-file", "文件是空的。The file is empty.", file=name)
    head = data[:HEAD]
    readers = every(sys.modules[__name__]).values()
    best = max(readers, key=lambda reader: float(reader.fits(head, name)))
    if best.fits(head, name) <= 0:
        raise UnreadableFile("unknown-format", "认不出这个文件的格式。Unknown file format.", file=name)
    try:
        document: Document = best.read(data, name)
        _bounded(document)
    except UnreadableFile as error:
        error.file = error.file or name
        raise
    return document


def _bounded(document: Document) -> None:
    """No table is wider, and all together no larger, than what can be read in good time. Blank places do
    not count: a page full of ruling lines holds no table."""
    blocks = (block for part in document.parts for path in walk(part.sections) for block in path[-1].blocks)
    rows = (row for block in blocks if isinstance(block, Table) for row in block.rows)
    widths = [sum(len(cell.span) > 0 for cell in row) for row in rows]
    if max(widths, default=0) > MOST_COLUMNS or sum(widths) > MOST_CELLS:
        message = f"表格超过 {MOST_COLUMNS} 栏或共 {MOST_CELLS} 格，没有读，请拆开。Tables too large: split the file."
        raise UnreadableFile("too-large", message)


def read_file(path: Path | str, name: str | None = None) -> Document:
    """The document in the file at `path`, called `name` or by the file's own name.

    UnreadableFile `no-such-file` or `unreadable` where the system does not hand it out."""
    path = Path(path)
    called = name or path.name
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile("no-such-file", "没有这个文件。No such file.", file=called) from None
    except OSError as error:
        message = f"打不开：{error.strerror}。The file cannot be opened."
        raise UnreadableFile("unreadable", message, file=called) from error
    return read(data, called)
