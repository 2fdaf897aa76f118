"""PDF as an office prints it: lines of a page's width, ruled tables with merged cells, page numbers.

Written by hand, so that no font need be at hand: the characters are those of a font that every reader
knows by name, in an encoding that says which characters they are.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from generator.blocks import Block, Grid, Heading, Title
from generator.formats._lines import broken, wide
from generator.formats._spans import spans

EXTENSION = ".pdf"
_WIDTH, _HEIGHT, _EDGE = 595, 842, 72  # of A4 in points, and its margin
_SIZE, _STEP = 10.5, 18.0  # of a character, and from line to line
_SMALL, _PAD = 9.0, 4.0  # characters in tables, and what stands around them
_ACROSS = int((_WIDTH - 2 * _EDGE) / _SIZE)  # characters of a line


def render(blocks: Iterable[Block], dice: random.Random) -> bytes:
    """One block below the other; a table is broken between rows where the page ends."""
    indent = dice.choice(("", "　　"))
    pages = _Pages()
    for block in blocks:
        if isinstance(block, Grid):
            _ruled(pages, block)
        elif isinstance(block, Title):
            for line in broken(block.text, _ACROSS, "").split("\n"):
                pages.write(line, (_WIDTH - wide(line) * _SIZE) / 2)
        else:
            text = block.number + block.text if isinstance(block, Heading) else block.text
            for line in broken(text, _ACROSS, indent).split("\n"):
                pages.write(line, _EDGE)
    return _file(pages.done())


class _Pages:
    """Pages under way: what is drawn on each, and how far down the last one is full."""

    def __init__(self) -> None:
        self._drawn: list[list[str]] = [[]]
        self.y = float(_HEIGHT - _EDGE)

    def room(self, height: float) -> None:
        """Turns the page where less than `height` is left."""
        if self.y - height < _EDGE:
            self._drawn.append([])
            self.y = float(_HEIGHT - _EDGE)

    def write(self, line: str, x: float) -> None:
        self.room(_STEP)
        self.text(line, x, self.y - _SIZE, _SIZE)
        self.y -= _STEP

    def text(self, line: str, x: float, y: float, size: float) -> None:
        shown = line.encode("utf-16-be").hex()
        self._drawn[-1].append(f"BT /F {size} Tf 1 0 0 1 {x:.1f} {y:.1f} Tm <{shown}> Tj ET")

    def box(self, x: float, y: float, width: float, height: float) -> None:
        self._drawn[-1].append(f"{x:.1f} {y:.1f} {width:.1f} {height:.1f} re S")

    def done(self) -> list[str]:
        for number, drawn in enumerate(self._drawn, 1):
            shown = f"— {number} —".encode("utf-16-be").hex()
            drawn.append(f"BT /F 9 Tf 1 0 0 1 {_WIDTH / 2 - 14} 40 Tm <{shown}> Tj ET")
        return ["\n".join(["0.5 w", *drawn]) for drawn in self._drawn]


def _ruled(pages: _Pages, grid: Grid) -> None:
    """A table as rectangles with words in them. Cells merged over rows are drawn on the page they begin on,
    so such rows are kept together."""
    width = (_WIDTH - 2 * _EDGE) / len(grid.rows[0])
    cells = [(y, x, h, w, _lines(text, w * width)) for y, x, h, w, text in spans(grid.rows)]
    heights = [
        max([1, *(len(lines) for y, _, h, _, lines in cells if (y, h) == (row, 1))]) * (_SMALL + 3) + 2 * _PAD
        for row in range(len(grid.rows))
    ]
    for first, last in _kept_together(cells, len(heights)):
        pages.room(min(sum(heights[first:last]), _HEIGHT - 2.0 * _EDGE))
        top = pages.y
        for y, x, h, w, lines in cells:
            if first <= y < last:
                upper = top - sum(heights[first:y])
                tall = sum(heights[y : y + h])
                pages.box(_EDGE + x * width, upper - tall, w * width, tall)
                for at, line in enumerate(lines):
                    pages.text(line, _EDGE + x * width + _PAD, upper - _PAD - _SMALL - at * (_SMALL + 3), _SMALL)
        pages.y = top - sum(heights[first:last])
    pages.y -= _STEP


def _lines(text: str, width: float) -> list[str]:
    return broken(text, max(1, int((width - 2 * _PAD) / _SMALL)), "").split("\n") if text else []


def _kept_together(cells: list[tuple[int, int, int, int, list[str]]], rows: int) -> Iterator[tuple[int, int]]:
    """Runs of rows that no merged cell reaches across."""
    first = 0
    for row in range(1, rows + 1):
        if row == rows or not any(y < row < y + height for y, _, height, _, _ in cells):
            yield first, row
            first = row


def _file(pages: list[str]) -> bytes:
    """The pages as a PDF file, its objects in order and the table of where each begins."""
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
    ]
    for at, drawn in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {_WIDTH} {_HEIGHT}]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {6 + 2 * at} 0 R>>"
        )
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream")
    out, places = b"%PDF-1.7\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{words}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
