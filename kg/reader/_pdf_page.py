"""What stands on a PDF page: glyphs on their baselines and ruling lines, upright and measured from the
top left corner in points."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

_QUARTER = math.pi / 2
_SLANT = 0.1  # radians; what is turned further from upright is a watermark
_DEEPEST = 5  # drawings inside drawings
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)  # the halves of UTF-16
_HALVES = frozenset((*_HIGH, *_LOW))
UNKNOWN = "\ufffd"  # a glyph of which the file does not say what character it is
_SAMPLE = 16  # of so many glyphs one is asked whether it is known
_CONTROLS = frozenset(range(1, 32)) - {2, 9, 10, 13}  # the library's own marks of line ends and broken words
_THIN = 3.0  # points; a filled area that is thinner is a line
_MOST_DRAWN = 50_000  # things on one page; a table of a thousand cells has a tenth
_DRAWN = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_IMAGE
_LINE, _AREA = 2, 5  # points of a line and of a rectangle that is closed
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
    one is on the page, `unknown` how many glyphs are UNKNOWN."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    across: list[Rule]
    down: list[Rule]
    picture: bool
    unknown: int = 0


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
    printed = _printed(text.raw)
    turned = _commonest(printed, page)
    turn = _TURNS[turned]
    xs, ys = zip(turn.place(left, bottom), turn.place(right, top), strict=True)
    frame = turn._replace(left=min(xs), top=min(ys))
    glyphs = list(_glyphs(text.raw, [glyph for glyph in printed if glyph[0] == turned], frame))
    unknown = sum(glyph.char == UNKNOWN for glyph in glyphs)
    rules = _Rules([], [], frame)
    rules.gather(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0)
    return Page(number, max(xs) - min(xs), max(ys) - min(ys), glyphs, rules.across, rules.down, rules.picture, unknown)


def quarter(page: pdfium.PdfPage) -> int:
    """How many quarter turns clockwise the text of `page` makes in the file."""
    with closing(page.get_textpage()) as text:
        return _commonest(_printed(text.raw), page)


def _commonest(printed: Sequence[_Printed], page: pdfium.PdfPage) -> int:
    """A page without text is upright as it is shown."""
    shown = -page.get_rotation() // 90 % 4
    return Counter(turned for turned, *_ in printed).most_common(1)[0][0] if printed else shown


_Printed = tuple[int, int, str, float, float]
"""How many quarter turns the line of a glyph makes, its place in the page's text, its character, and where
it begins on its baseline in the file."""


def _printed(text: object) -> list[_Printed]:
    """The glyphs of a page but blanks and slanted ones. One that stands to the right of another on its
    baseline is turned as that is; asking the library for each would take as long as all the rest."""
    origin, angle, found = raw.FPDFText_GetCharOrigin, raw.FPDFText_GetCharAngle, []
    x, y = ctypes.c_double(), ctypes.c_double()
    across, up = ctypes.byref(x), ctypes.byref(y)
    upright, reached, line = False, 0.0, 0.0
    codes = _codes(text)
    shown = {code: _shown(code) for code in set(codes)}
    for index, code in enumerate(codes):
        char = shown[code]
        if not char:
            continue
        origin(text, index, across, up)
        left, base = x.value, y.value
        if not (upright and base == line and left > reached):
            turned = angle(text, index) / _QUARTER
            upright = not turned
            if not upright and abs(turned - round(turned)) > _SLANT:
                continue
        reached, line = left, base
        found.append((0 if upright else round(turned) % 4, index, char, left, base))
    return found


def _codes(text: object) -> Sequence[int]:
    """What each glyph is in Unicode; all at once where each has one code."""
    count = raw.FPDFText_CountChars(text)
    told = (ctypes.c_ushort * (count + 1))()
    codes: list[int]
    if raw.FPDFText_GetText(text, 0, count, told) == count + 1:
        codes = told[:count]
    else:
        codes = [raw.FPDFText_GetUnicode(text, index) for index in range(count)]
    if _is_garbled(text, codes):
        codes = [ord(UNKNOWN) if _lacks_code(text, index) else code for index, code in enumerate(codes)]
    return codes if _HALVES.isdisjoint(codes) else [*_joined(codes)]


def _is_garbled(text: object, codes: Sequence[int]) -> bool:
    """Whether a font of the page does not say which characters its glyphs are. The library then gives their
    numbers in the font, which look like other characters; those of figures look like none."""
    return not _CONTROLS.isdisjoint(codes) or any(_lacks_code(text, index) for index in range(0, len(codes), _SAMPLE))


def _lacks_code(text: object, index: int) -> bool:
    return bool(raw.FPDFText_HasUnicodeMapError(text, index) == 1)


def _joined(codes: Sequence[int]) -> Iterator[int]:
    """The code of each glyph. Rare characters come as two halves of UTF-16: the first gets the whole, the
    second none; a half alone is no character."""
    for code, before, after in zip(codes, (0, *codes), (*codes[1:], 0), strict=False):
        if code in _HIGH and after in _LOW:
            yield 0x10000 + ((code - _HIGH.start) << 10) + (after - _LOW.start)
        elif code in _LOW and before in _HIGH:
            yield 0
        else:
            yield ord(UNKNOWN) if code in _HIGH or code in _LOW else code


def _shown(code: int) -> str:
    """The character that a glyph of this code shows; none where it is blank."""
    if code <= ord(" ") or code > 0x10FFFF or (char := chr(code)).isspace():
        return ""
    if char < "\u2e80" or "\u4e00" <= char <= "\u9fff":
        return char
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return _RADICALS.get(char) or _SYMBOLS.get(char, char)


def _glyphs(text: object, printed: Sequence[_Printed], frame: Frame) -> Iterator[Glyph]:
    """Where these stand on the upright page. A page has thousands: what can be done once is."""
    box, bounds = raw.FS_RECTF(), raw.FPDFText_GetLooseCharBox
    into = ctypes.byref(box)
    a, b, c, d, at, down = frame
    for _, index, char, x, y in printed:
        bounds(text, index, into)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        one, other = a * left + b * bottom - at, a * right + b * top - at
        if one > other:
            one, other = other, one
        size = other - one if char >= "\u2e80" else 0.0
        height = size or abs(c * (right - left) + d * (top - bottom))
        yield Glyph(char, one, other, c * x + d * y - down, height)


Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class _Rules:
    """The straight lines of a page on the way. Of thousands of paths each takes but a few calls."""

    across: list[Rule]
    down: list[Rule]
    frame: Frame
    picture: bool = False
    seen: int = 0
    _fill: ctypes.c_int = field(default_factory=ctypes.c_int)
    _stroke: ctypes.c_int = field(default_factory=ctypes.c_int)
    _bounds: list[ctypes.c_float] = field(default_factory=lambda: [ctypes.c_float() for _ in range(4)])

    def gather(
        self, holder: object, count: Callable[..., int], get: Callable[..., object], matrix: Matrix, depth: int
    ) -> None:
        """Takes in the paths of a page or of a drawing on it."""
        kind_of, path, form, image = raw.FPDFPageObj_GetType, *_DRAWN
        for index in range(count(holder)):
            self.seen += 1
            if self.seen > _MOST_DRAWN:
                return
            item = get(holder, index)
            kind = kind_of(item)
            if kind == path:
                self._path(item, matrix if depth else None)
            elif kind == form and depth < _DEEPEST:
                inner = _product(_matrix(item), matrix)
                self.gather(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1)
            elif kind == image:
                self.picture = True

    def _path(self, path: object, outer: Matrix | None) -> None:
        """`outer` is where a drawing on the page stands. Its bounds tell all of a line or a filled area."""
        raw.FPDFPath_GetDrawMode(path, self._fill, self._stroke)
        stroke = self._stroke.value
        count = raw.FPDFPath_CountSegments(path)
        if count > _MOST_POINTS or not (stroke or self._fill.value):
            return
        if count == _LINE or (count <= _AREA and not stroke):
            raw.FPDFPageObj_GetBounds(path, *self._bounds)
            left, bottom, right, top = [side.value for side in self._bounds]
            if outer:
                (left, bottom), (right, top) = _moved(outer, left, bottom), _moved(outer, right, top)
            self._box(*self.frame.place(left, bottom), *self.frame.place(right, top))
            return
        inner = _matrix(path)
        for points in _outlines(path, count, _product(inner, outer) if outer else inner):
            shape = [self.frame.place(*point) for point in points]
            if stroke:
                for one, other in zip(shape, shape[1:], strict=False):
                    self._line(one, other)
            else:
                self._area(shape)

    def _area(self, shape: Sequence[tuple[float, float]]) -> None:
        xs, ys = zip(*shape, strict=True)
        self._box(min(xs), min(ys), max(xs), max(ys))

    def _box(self, left: float, top: float, right: float, bottom: float) -> None:
        """A thin filled area is how Word and Excel draw a line."""
        if abs(bottom - top) <= _THIN:
            self.across.append(Rule((top + bottom) / 2, *((left, right) if left < right else (right, left))))
        if abs(right - left) <= _THIN:
            self.down.append(Rule((left + right) / 2, *((top, bottom) if top < bottom else (bottom, top))))

    def _line(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        if abs(one[1] - other[1]) <= 1:
            self.across.append(Rule((one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0])))
        elif abs(one[0] - other[0]) <= 1:
            self.down.append(Rule((one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1])))


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _outlines(path: object, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each figure in a path; one that is closed ends where it began."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    across, up = ctypes.byref(x), ctypes.byref(y)
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, across, up)
        if points and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
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
