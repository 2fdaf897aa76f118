"""What stands on a PDF page: glyphs on their baselines and ruling lines, upright and measured from the
top left corner in points."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

_QUARTER = math.pi / 2
_SLANT = 0.1  # radians; what is turned further from upright is a watermark
_DEEPEST = 5  # drawings inside drawings
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)  # the halves of UTF-16
_UNKNOWN = 0xFFFD
_THIN = 3.0  # points; a filled area that is thinner is a line
_MOST_DRAWN = 50_000  # things on one page; a table of a thousand cells has a tenth
_MOST_POINTS = 200  # of one path; a longer one is a picture or a seal
# Radicals and symbols that fonts put for characters and bullets; NFKC knows the Kangxi ones.
_RADICALS = dict(
    zip(
        "⺌⺍⺝⺟⺠⺼⻁⻄⻅⻆⻉⻋⻐⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "小小月母民月虎西见角贝车金長長长门青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
_SYMBOLS = {
    "\uf06c": "●", "\uf0b7": "•", "\uf06e": "■", "\uf075": "◆", "\uf0a7": "▪", "\uf0d8": "➢", "\uf076": "❖",
    "\uf0fc": "√", "\uf052": "☑", "\uf0fe": "☑", "\uf0a3": "□", "\uf0a8": "□", "\uf06f": "□", "\uf0b3": "≥",
    "\uf02d": "-", "\uf02e": ".", "\uf025": "%",
}  # fmt: skip


class Glyph(NamedTuple):
    """`size` is what the type measures: the width of a Chinese character, the height of another."""

    char: str
    left: float
    right: float
    base: float
    size: float


class Rule(NamedTuple):
    """A straight line: where it stands across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """`number` counts from 1; `across` are the level lines, `down` the upright ones; `picture` says that
    one is on the page."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    across: list[Rule]
    down: list[Rule]
    picture: bool


class Frame(NamedTuple):
    """Where a point of the file is on the upright page: x' = a·x + b·y - left, y' = c·x + d·y - top."""

    a: float
    b: float
    c: float
    d: float
    left: float = 0.0
    top: float = 0.0

    def place(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.b * y - self.left, self.c * x + self.d * y - self.top


# Text to the right, down, to the left, up: the library counts the turns clockwise.
_TURNS = (Frame(1, 0, 0, -1), Frame(0, -1, -1, 0), Frame(-1, 0, 0, 1), Frame(0, 1, 1, 0))


def pages(document: pdfium.PdfDocument, most: int) -> Iterator[Page]:
    """Every page in order, each let go before the next is read; an OverflowError once they hold more
    than `most` characters together."""
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        most -= text.count_chars()
        if most < 0:
            raise OverflowError("more characters than are read")
        yield _page(page, text, number + 1)
        text.close()
        page.close()


def _page(page: pdfium.PdfPage, text: pdfium.PdfTextPage, number: int) -> Page:
    left, bottom, right, top = page.get_bbox()
    printed = list(_printed(text.raw))
    turned = _commonest(printed, page)
    turn = _TURNS[turned]
    xs, ys = zip(turn.place(left, bottom), turn.place(right, top), strict=True)
    frame = turn._replace(left=min(xs), top=min(ys))
    glyphs = [_glyph(glyph, frame) for glyph in printed if glyph.quarter == turned]
    rules = _Rules([], [], frame)
    rules.gather(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0)
    return Page(number, max(xs) - min(xs), max(ys) - min(ys), glyphs, rules.across, rules.down, rules.picture)


def quarter(page: pdfium.PdfPage) -> int:
    """How many quarter turns clockwise the text of `page` makes in the file."""
    with closing(page.get_textpage()) as text:
        return _commonest(list(_printed(text.raw)), page)


def _commonest(printed: Sequence[_Printed], page: pdfium.PdfPage) -> int:
    """A page without text is upright as it is shown."""
    shown = -page.get_rotation() // 90 % 4
    return Counter(glyph.quarter for glyph in printed).most_common(1)[0][0] if printed else shown


class _Printed(NamedTuple):
    """A glyph as the file places it; `quarter` says how many quarter turns its line makes."""

    quarter: int
    char: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float


def _printed(text: object) -> Iterator[_Printed]:
    """The glyphs of a page but blanks and slanted ones."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    codes = [raw.FPDFText_GetUnicode(text, index) for index in range(raw.FPDFText_CountChars(text))]
    for index, code in enumerate(_joined(codes)):
        if code <= ord(" ") or code > 0x10FFFF or (char := chr(code)).isspace():
            continue
        turned = raw.FPDFText_GetCharAngle(text, index) / _QUARTER
        quarter = round(turned)
        if abs(turned - quarter) > _SLANT:
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        yield _Printed(quarter % 4, _mapped(char), box.left, box.bottom, box.right, box.top, x.value, y.value)


def _joined(codes: Sequence[int]) -> Iterator[int]:
    """The code of each glyph. Rare characters come as two halves of UTF-16: the first gets the whole, the
    second none; a half alone is no character."""
    for code, before, after in zip(codes, (0, *codes), (*codes[1:], 0), strict=False):
        if code in _HIGH and after in _LOW:
            yield 0x10000 + ((code - _HIGH.start) << 10) + (after - _LOW.start)
        elif code in _LOW and before in _HIGH:
            yield 0
        else:
            yield _UNKNOWN if code in _HIGH or code in _LOW else code


def _mapped(char: str) -> str:
    if char < "\u2e80" or "\u4e00" <= char <= "\u9fff":
        return char
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return _RADICALS.get(char) or _SYMBOLS.get(char, char)


def _glyph(printed: _Printed, frame: Frame) -> Glyph:
    _, char, left, bottom, right, top, x, y = printed
    a, b, c, d, at, down = frame
    one, other = a * left + b * bottom - at, a * right + b * top - at
    if one > other:
        one, other = other, one
    size = other - one if char >= "\u2e80" else 0.0
    return Glyph(char, one, other, c * x + d * y - down, size or abs(c * (right - left) + d * (top - bottom)))


Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class _Rules:
    """The straight lines of a page on the way."""

    across: list[Rule]
    down: list[Rule]
    frame: Frame
    picture: bool = False
    seen: int = 0

    def gather(
        self, holder: object, count: Callable[..., int], get: Callable[..., object], matrix: Matrix, depth: int
    ) -> None:
        """Takes in the paths of a page or of a drawing on it."""
        for index in range(count(holder)):
            self.seen += 1
            if self.seen > _MOST_DRAWN:
                return
            item = get(holder, index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, _product(_matrix(item), matrix))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _product(_matrix(item), matrix)
                self.gather(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.picture = True

    def _path(self, path: object, matrix: Matrix) -> None:
        count = raw.FPDFPath_CountSegments(path)
        if count > _MOST_POINTS:
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        for points in _outlines(path, count, matrix):
            shape = [self.frame.place(*point) for point in points]
            if stroke.value:
                for one, other in zip(shape, shape[1:], strict=False):
                    self._line(one, other)
            elif fill.value:
                self._area(shape)

    def _area(self, shape: list[tuple[float, float]]) -> None:
        """A thin filled area is how Word and Excel draw a line."""
        left, right = min(x for x, _ in shape), max(x for x, _ in shape)
        top, bottom = min(y for _, y in shape), max(y for _, y in shape)
        if bottom - top <= _THIN:
            self.across.append(Rule((top + bottom) / 2, left, right))
        if right - left <= _THIN:
            self.down.append(Rule((left + right) / 2, top, bottom))

    def _line(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        if abs(one[1] - other[1]) <= 1:
            self.across.append(Rule((one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0])))
        elif abs(one[0] - other[0]) <= 1:
            self.down.append(Rule((one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1])))


def _outlines(path: object, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each figure in a path; one that is closed ends where it began."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _matrix(item: object) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    k, m, n, o, p, q = outer
    return (
        a * k + b * n, a * m + b * o, c * k + d * n,
        c * m + d * o, e * k + f * n + p, e * m + f * o + q,
    )  # fmt: skip
