"""PDF files written byte by byte, so that a test says what stands where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WIDE, HIGH = 595, 842


def words(left: float, top: float, line: str, size: float = 12) -> str:
    codes = "".join(f"{ord(char):04x}" for char in line)
    return f"BT /F1 {size} Tf {left} {HIGH - top} Td <{codes}> Tj ET\n"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {HIGH - y0} m {x1} {HIGH - y1} l S\n"


def table(rows: Sequence[Sequence[str]], top: float, left: float = 90, width: float = 120) -> str:
    """A ruled table, rows 20 points high. A cell `<` belongs to the one before it, `^` to the one above."""
    drawn = []
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            x, y = left + column * width, top + at * 20
            if cell not in ("<", "^"):
                drawn.append(words(x + 4, y + 15, cell))
            if cell != "^":
                drawn.append(rule(x, y, x + width, y))
            if cell != "<":
                drawn.append(rule(x, y, x, y + 20))
    right, bottom = left + len(rows[0]) * width, top + len(rows) * 20
    return "".join([*drawn, rule(left, bottom, right, bottom), rule(right, top, right, bottom)])


def made(pages: Iterable[str]) -> bytes:
    """A PDF of A4 pages with one font, whose codes are Unicode and whose Latin characters are half as wide."""
    contents = [page.encode("ascii") for page in pages]
    codes = sorted({part[i : i + 4] for page in contents for part in hexes(page) for i in range(0, len(part), 4)})
    mapping = b"".join(b"<%s> <%s>\n" % (code, code) for code in codes)
    unicode = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    unicode += b"%d beginbfchar\n%sendbfchar endcmap end" % (len(codes), mapping)
    kids = b" ".join(b"%d 0 R" % (6 + 2 * i) for i in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(contents), kids),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /DW 1000 /W [32 126 500] /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor"
        b" /FontName /Test /Flags 4 /Ascent 880 /Descent -120 /FontBBox [0 -120 1000 880] >> >>",
        stream(unicode),
    ]
    for index, content in enumerate(contents):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << /F1 3 0 R"
            b" /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
            b" /Contents %d 0 R >>" % (WIDE, HIGH, 7 + 2 * index),
            stream(content),
        ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def hexes(page: bytes) -> list[bytes]:
    return [part.split(b">")[0] for part in page.split(b"<")[1:]]


def stream(body: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)
