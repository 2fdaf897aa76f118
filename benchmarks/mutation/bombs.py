"""Files that are small to send and dear to read: each is to be refused by name, or read, and to cost nothing else."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from generator import compose, draw, generate

from mutation.paper import written

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TITLE = "青禾县水务局2024年度部门整体支出绩效自评报告\n"
_ENTITIES = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
)
BILLION_LAUGHS = f'<?xml version="1.0"?>{_ENTITIES}]>'


def bombs() -> dict[str, bytes]:
    """Every bomb by the name that it is sent under."""
    return {
        "pages.pdf": many_pages(5000),
        "tree.pdf": page_tree(40),
        "deep.pdf": _page(b"q " * 200_000 + b"[" * 200_000),
        "nested.pdf": _swapped(b"/MediaBox", b"/A " + b"[" * 100_000 + b" /MediaBox"),
        "inflated.pdf": _page(b" " * 2**28),
        "twice.pdf": _filtered(zlib.compress(zlib.compress(b" " * 2**27)), b"[/FlateDecode /FlateDecode]"),
        "wide.pdf": _swapped(b"[0 0 595 842]", b"[0 0 2000000000 2000000000]"),
        "picture.pdf": picture(60_000, 14_400),
        "dots.pdf": picture(60_000, 600),
        "laughs.docx": _word("<w:p><w:r><w:t>&m;</w:t></w:r></w:p>", BILLION_LAUGHS),
        "deep.docx": _word(_nested(50_000)),
        "tables.docx": _word(_nested(60) * 2000),
        "bomb.docx": _word("<w:p/>" * 30_000_000),
        "cells.docx": _word(_wide_table(3000, 300)),
        "spans.docx": _word(_spanning(2000)),
        "laughs.xlsx": _book('<row r="1"><c r="A1" t="inlineStr"><is><t>&m;</t></is></c></row>', BILLION_LAUGHS),
        "cells.xlsx": _book("".join(_row(n) for n in range(1, 10_001))),
        "merged.xlsx": _book(_row(1), merged="A1:XFD1048576"),
        "corner.xlsx": _book('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + _row(1)),
        "bomb.xlsx": _book("<row/>" * 30_000_000),
        "ratio.zip": packed({"a.txt": b"0" * 2**28}),
        "entries.zip": packed({f"{n}.txt": b"" for n in range(70_000)}),
        "nested.zip": nested(12),
        "tens.zip": quine(5),
        "overlap.zip": overlapping(20),
        "spans.html": f"<html><body><h1>{_TITLE}</h1><table>{_TD * 3000}".encode(),
        "deep.html": (b"<html><body>" + b"<div>" * 400_000 + _TITLE.encode()),
        "line.txt": (_TITLE + "支出" * (25 * 2**20 // 3)).encode(),
        "brackets.md": (_TITLE + "[" * 3_000_000).encode(),
        "bars.md": (_TITLE + ("|" * 2000 + "\n") * 1500).encode(),
        "tabs.txt": (_TITLE + ("1\t" * 3000 + "\n") * 500).encode(),
        "digits.txt": (_TITLE + "支出" + "9" * 3_000_000 + "万元。").encode(),
    }


_TD = '<tr><td rowspan="200" colspan="200">1</td><td>2</td></tr>'


def many_pages(count: int) -> bytes:
    """A PDF whose list of pages names one page again and again."""
    data = _paper()
    return data.replace(b"/Kids [6 0 R]", b"/Kids [" + b"6 0 R " * count + b"]").replace(
        b"/Count 1 ", b"/Count %d " % count
    )


def page_tree(levels: int) -> bytes:
    """A PDF whose lists of pages name each other: 2 ** levels pages in a few lines."""
    lists = b"".join(
        b"%d 0 obj\n<< /Type /Pages /Count %d /Kids [%d 0 R %d 0 R] >>\nendobj\n"
        % (100 + n, 2 ** (levels - n), 101 + n if n < levels else 6, 101 + n if n < levels else 6)
        for n in range(levels + 1)
    )
    data = _paper().replace(b"/Pages 2 0 R", b"/Pages 100 0 R")
    return data.replace(b"xref\n", lists + b"xref\n", 1)


def picture(side: int, page: int) -> bytes:
    """A page of so many points that is one picture of so many dots a side."""
    image = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray" % (
        side,
        side,
    )
    body = zlib.compress(b"\0" * 2**24)
    held = b"900 0 obj\n%s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        image,
        len(body),
        body,
    )
    data = _page(b"%d 0 0 %d 0 0 cm /Im Do" % (page, page)).replace(b"/Font <<", b"/XObject << /Im 900 0 R >> /Font <<")
    return data.replace(b"[0 0 595 842]", b"[0 0 %d %d]" % (page, page)).replace(b"xref\n", held + b"xref\n", 1)


def overlapping(count: int) -> bytes:
    """A zip whose entries all name the same bytes of the file."""
    data, once = packed({"a.txt": b"1" * 2**20}), io.BytesIO()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    once.write(data[:start])
    for number in range(count):
        entry = data[start:end]
        once.write(entry[:46] + b"%05d" % number + entry[51:])
    size = (end - start) * count
    return once.getvalue() + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, start, 0)


def nested(levels: int) -> bytes:
    """A zip in a zip in a zip …"""
    data = packed({"a.txt": _TITLE.encode()})
    for _ in range(levels):
        data = packed({"b.zip": data})
    return data


def quine(levels: int) -> bytes:
    """Sixteen zips in each zip, and much nothing in the innermost."""
    data = packed({"a.txt": b"\0" * 2**24})
    for _ in range(levels):
        data = packed({f"{n:02}.zip": data for n in range(16)})
    return data


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def _paper() -> bytes:
    return written(compose(draw(1), "goal_form", 1)[:1], compressed=False)


def _page(content: bytes) -> bytes:
    return _filtered(zlib.compress(content), b"/FlateDecode")


def _filtered(packed_: bytes, filters: bytes) -> bytes:
    """A page whose stream is `packed_`."""
    data = _paper()
    start = data.index(b"7 0 obj\n")
    stream = b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(packed_), filters, packed_)
    return data[:start] + b"7 0 obj\n%s" % stream + data[data.index(b"\nendobj", start) :]


def _swapped(old: bytes, new: bytes) -> bytes:
    return _paper().replace(old, new)


def _word(body: str, before: str = "") -> bytes:
    document = f'{before}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def _nested(levels: int) -> str:
    """Tables in tables."""
    return "<w:tbl><w:tr><w:tc>" * levels + "<w:p><w:r><w:t>1</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * levels


def _wide_table(rows: int, columns: int) -> str:
    cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
    return "<w:tbl>" + ("<w:tr>" + cell * columns + "</w:tr>") * rows + "</w:tbl>"


def _spanning(rows: int) -> str:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="200"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>'
    return "<w:tbl>" + ("<w:tr>" + cell * 20 + "</w:tr>") * rows + "</w:tbl>"


def _row(number: int) -> str:
    return f'<row r="{number}">' + "<c><v>1</v></c>" * 100 + "</row>"


def _book(rows: str, before: str = "", merged: str = "") -> bytes:
    """The workbook of a short report with other rows in its sheet."""
    with zipfile.ZipFile(io.BytesIO(generate(1, "goal_form", "xlsx").data)) as package:
        files = {entry.filename: package.read(entry) for entry in package.infolist()}
    held = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    sheet = f'{before}<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData>{held}</worksheet>'
    return packed({**files, "xl/worksheets/sheet1.xml": sheet.encode()})
