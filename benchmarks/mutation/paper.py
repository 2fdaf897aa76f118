"""PDF files, written here object by object, and damaged object by object."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator, Sequence

from generator import compose, draw
from generator.blocks import ABOVE, BEFORE, Block, Grid, Heading

from mutation.octets import damaged

_WIDE, _HIGH, _LINE = 595, 842, 16
_EACH = 4
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj\n", re.DOTALL)
_STREAM = re.compile(rb"<<([^\0]*?)>>\s*stream\n(.*)\nendstream", re.DOTALL)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_NUMBERS = (b"0", b"-1", b"1e10", b"2147483648", b"999999999999999999999", b"0.00000001", b"-0", b"1.2.3", b"65536")
_STRANGE = (
    b"/Kids [2 0 R]", b"/Parent 1 0 R", b"/Count -1", b"/Count 2147483647", b"/Length 999999999",
    b"/Filter /FlateDecode",
    b"/Filter [/ASCIIHexDecode /FlateDecode]", b"/Filter [" + b"/FlateDecode " * 40 + b"]", b"/MediaBox [0 0 0 0]",
    b"/MediaBox [0 0 1e9 1e9]", b"/MediaBox [nan nan x]", b"/Rotate 91", b"/Rotate 90", b"/UserUnit 1e9",
    b"/Encrypt 1 0 R",
    b"/OpenAction << /S /Launch /F (x) >>", b"/AA << /O << /S /URI /URI (http://127.0.0.1:9) >> >>",
    b"[" * 500, b"<<" * 500,
    b"(" * 500, b"/DecodeParms << /Predictor 15 /Columns 2147483647 >>", b"/W [0 2147483647 1000]", b"/DW -1000000",
    b"/Prev 0", b"/XRefStm 10", b"/Type /ObjStm /N 999999 /First 1", b"/Resources 6 0 R",
    b"/Contents [7 0 R 7 0 R 7 0 R]",
)  # fmt: skip
_OPERATORS = (
    b"q " * 300, b"Q ", b"BT ", b"ET ", b"/F1 0 Tf ", b"/F1 1e9 Tf ", b"/F9 12 Tf ", b"0 0 0 0 0 0 cm ",
    b"1e9 0 0 1e9 0 0 cm ",
    b"0 1 -1 0 0 0 Tm ", b"0.7 0.7 -0.7 0.7 0 0 Tm ", b"<d83ddc00> Tj ", b"<d800> Tj ", b"<0000> Tj ", b"<ffff> Tj ",
    b"-9999999 Tz ", b"1 0 0 re f ", b"0 0 m 1e38 1e38 l S ", b"-1e38 -1e38 3e38 3e38 re S ", b"/X0 Do ", b"3 Tr ",
    b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID x EI ", b"[(a) -1e30 (b)] TJ ", b"100 Ts ",
)  # fmt: skip


def originals() -> Sequence[bytes]:
    """A few short reports as PDF, their streams as they are or compressed."""
    layouts = ("goal_form", "project_form")
    return [written(compose(draw(seed), layout, seed), seed % 2 == 1) for layout in layouts for seed in range(_EACH)]


def written(blocks: Sequence[Block], compressed: bool) -> bytes:
    """Blocks on A4 pages, tables ruled."""
    pages = [b"".join(page) for page in _pages(blocks)]
    codes = sorted(
        {code for page in pages for code in re.findall(rb"[0-9a-f]{4}", b"".join(re.findall(rb"<.*?>", page)))}
    )
    mapping = b"".join(b"<%s> <%s>\n" % (code, code) for code in codes)
    kids = b" ".join(b"%d 0 R" % (6 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /DW 1000 /W [32 126 500] /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor"
        b" /FontName /Test /Flags 4 /Ascent 880 /Descent -120 /FontBBox [0 -120 1000 880] >> >>",
        _stream(
            b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            b"%d beginbfchar\n%sendbfchar endcmap end" % (len(codes), mapping),
            compressed,
        ),
    ]
    for number, page in enumerate(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d]"
            b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (_WIDE, _HIGH, 7 + 2 * number),
            _stream(page, compressed),
        ]
    return _filed(list(enumerate(objects, start=1)))


def mutate(data: bytes, dice: random.Random) -> bytes:
    """An object lost, doubled, exchanged, led in a circle; a number that is none; a stream that says other things."""
    objects = [(int(number), body) for number, body in _OBJECT.findall(data)]
    if not objects:
        return damaged(data, dice)
    at, other = dice.randrange(len(objects)), dice.randrange(len(objects))
    number, body = objects[at]
    match dice.randrange(8):
        case 0:
            del objects[at]
        case 1:
            objects.append((dice.choice((objects[other][0], 0, 999_999)), body))
        case 2:
            objects[at] = (number, objects[other][1])
        case 3:
            objects[at] = (number, re.sub(rb"\d+ 0 R", b"%d 0 R" % objects[other][0], body, count=dice.choice((0, 1))))
        case 4:
            objects[at] = (number, _renumbered(body, dice))
        case 5:
            where = body.find(b"<<") + 2
            objects[at] = (number, body[:where] + b" " + dice.choice(_STRANGE) + b" " + body[where:])
        case _:
            objects[at] = (number, _restreamed(body, dice))
    return _filed(objects, truly=dice.random() < 0.7)


def _renumbered(body: bytes, dice: random.Random) -> bytes:
    found = list(_NUMBER.finditer(body))
    if not found:
        return body
    one = dice.choice(found)
    return body[: one.start()] + dice.choice(_NUMBERS) + body[one.end() :]


def _restreamed(body: bytes, dice: random.Random) -> bytes:
    """The stream with other operators in it, packed as it was."""
    held = _STREAM.search(body)
    if not held:
        return damaged(body, dice)
    packed, content = b"/FlateDecode" in held[1], held[2]
    try:
        content = zlib.decompress(content) if packed else content
    except zlib.error:
        return damaged(body, dice)
    for _ in range(dice.choice((1, 3))):
        tokens = content.split(b" ")
        where = dice.randrange(len(tokens))
        tokens[where:where] = [dice.choice(_OPERATORS)]
        content = b" ".join(tokens) if dice.random() < 0.6 else _renumbered(content, dice)
    return _stream(content, packed)


def _pages(blocks: Sequence[Block]) -> Iterator[list[bytes]]:
    page, top = [], 60
    for block in blocks:
        rows = block.rows if isinstance(block, Grid) else ()
        tall = _LINE * (len(rows) + 1)
        if page and top + tall > _HIGH - 60:
            yield page
            page, top = [], 60
        if rows:
            page += _grid(rows, top)
        else:
            words = block.number + block.text if isinstance(block, Heading) else getattr(block, "text", "")
            page += [
                _words(60, top + _LINE * line, words[at : at + 38]) for line, at in enumerate(range(0, len(words), 38))
            ]
            tall = _LINE * (1 + len(words) // 38)
        top += tall
    yield page


def _grid(rows: Sequence[Sequence[str]], top: int) -> Iterator[bytes]:
    wide = (_WIDE - 80) // len(rows[0])
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            left, above = 40 + x * wide, top + y * _LINE
            yield _words(
                left + 2, above + 12, "" if text in (ABOVE, BEFORE) else text, max(2, min(9, wide // (len(text) + 1)))
            )
            if text != ABOVE:
                yield _rule(left, above, left + wide, above)
            if text != BEFORE:
                yield _rule(left, above, left, above + _LINE)
    right, bottom = 40 + len(rows[0]) * wide, top + len(rows) * _LINE
    yield _rule(40, bottom, right, bottom) + _rule(right, top, right, bottom)


def _words(left: int, top: int, words: str, size: int = 12) -> bytes:
    codes = words.encode("utf-16-be").hex().encode()
    return b"BT /F1 %d Tf %d %d Td <%s> Tj ET\n" % (size, left, _HIGH - top, codes) if codes else b""


def _rule(x0: int, y0: int, x1: int, y1: int) -> bytes:
    return b"%d %d m %d %d l S\n" % (x0, _HIGH - y0, x1, _HIGH - y1)


def _stream(body: bytes, compressed: bool) -> bytes:
    body = zlib.compress(body) if compressed else body
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (
        len(body),
        b" /Filter /FlateDecode" if compressed else b"",
        body,
    )


def _filed(objects: Sequence[tuple[int, bytes]], truly: bool = True) -> bytes:
    """The objects as a file; its list of places is right where `truly`."""
    out, places = b"%PDF-1.7\n", {}
    for number, body in objects:
        places[number] = len(out) if truly else len(out) + 7
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    most = max(places, default=0) if max(places, default=0) < 10_000 else 9
    rows = b"".join(
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(most + 1)
    )
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (most + 1, len(out))
    return out + b"xref\n0 %d\n%s" % (most + 1, rows) + tail
