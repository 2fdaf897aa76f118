"""PDF as an office prints it: lines of a page's width, ruled tables with merged cells, page numbers.

Written by hand, so that no font need be at hand: the characters are those of a font that every reader
knows by name, in an encoding that says which characters they are.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.blocks import Block, Grid, Heading, Title
from generator.formats._lines import broken, wide
from generator.formats._spans import spans

EXTENSION = ".pdf"
_WIDTH, _HEIGHT = 595, 842  # of A4 in points
_SMALL, _PAD = 9.0, 4.0  # characters in tables, and what stands around them


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a report is set: margin and size of its characters in points, what stands before a paragraph,
    at the head and at the foot of every page, and whether a page may end between the rows of a merged cell."""

    edge: int
    size: float
    indent: str
    head: str
    foot: str
    splits: bool

    @property
    def step(self) -> float:
        """From line to line."""
        return 1.7 * self.size

    @property
    def across(self) -> int:
        """Characters of a line."""
        return int((_WIDTH - 2 * self.edge) / self.size)


def render(blocks: Iterable[Block], dice: random.Random) -> bytes:
    """One block below the other; a table is broken between rows where the page ends."""
    blocks = list(blocks)
    title = next((block.text for block in blocks if isinstance(block, Title)), "")
    setting = _Setting(
        edge=dice.choice((72, 80, 90)),
        size=dice.choice((10.5, 12.0, 14.0)),
        indent=dice.choice(("", "　　")),
        head=dice.choice(("", "", title[:30])),
        foot=dice.choice(("— {at} —", "{at}", "第{at}页 共{all}页", "{at} / {all}")),
        splits=dice.random() < 0.5,
    )
    pages = _Pages(setting)
    for block in blocks:
        if isinstance(block, Grid):
            _ruled(pages, block)
        elif isinstance(block, Title):
            for line in broken(block.text, setting.across, "").split("\n"):
                pages.write(line, (_WIDTH - wide(line) * setting.size) / 2)
        else:
            text = block.number + block.text if isinstance(block, Heading) else block.text
            for line in broken(text, setting.across, setting.indent).split("\n"):
                pages.write(line, setting.edge)
    return _file(pages.done())


class _Pages:
    """Pages under way: what is drawn on each, and how far down the last one is full."""

    def __init__(self, setting: _Setting) -> None:
        self.setting = setting
        self._drawn: list[list[str]] = [[]]
        self.y = float(_HEIGHT - setting.edge)

    @property
    def left(self) -> float:
        """How high what is left of the page is."""
        return self.y - self.setting.edge

    def room(self, height: float) -> None:
        """Turns the page where less than `height` is left."""
        if self.left < height:
            self._drawn.append([])
            self.y = float(_HEIGHT - self.setting.edge)

    def write(self, line: str, x: float) -> None:
        self.room(self.setting.step)
        self.text(line, x, self.y - self.setting.size, self.setting.size)
        self.y -= self.setting.step

    def text(self, line: str, x: float, y: float, size: float) -> None:
        self._drawn[-1].append(_shown(line, x, y, size))

    def box(self, x: float, y: float, width: float, height: float) -> None:
        self._drawn[-1].append(f"{x:.1f} {y:.1f} {width:.1f} {height:.1f} re S")

    def done(self) -> list[str]:
        for at, drawn in enumerate(self._drawn, 1):
            foot = self.setting.foot.format(at=at, all=len(self._drawn))
            drawn.append(_shown(foot, (_WIDTH - wide(foot) * _SMALL) / 2, 40, _SMALL))
            if self.setting.head:
                drawn.append(_shown(self.setting.head, self.setting.edge, _HEIGHT - 45, _SMALL))
        return ["\n".join(["0.5 w", *drawn]) for drawn in self._drawn]


def _shown(line: str, x: float, y: float, size: float) -> str:
    return f"BT /F {size} Tf 1 0 0 1 {x:.1f} {y:.1f} Tm <{line.encode('utf-16-be').hex()}> Tj ET"


_Box = tuple[int, int, int, int, list[str]]  # row, column, height, width and lines of a cell


def _ruled(pages: _Pages, grid: Grid) -> None:
    """A table as rectangles with words in them."""
    edge = pages.setting.edge
    width = (_WIDTH - 2 * edge) / len(grid.rows[0])
    cells = [(y, x, h, w, _lines(text, w * width)) for y, x, h, w, text in spans(grid.rows)]
    heights = [
        max([1, *(len(lines) for y, _, h, _, lines in cells if (y, h) == (row, 1))]) * (_SMALL + 3) + 2 * _PAD
        for row in range(len(grid.rows))
    ]
    for y, _, h, _, lines in cells:  # words that fill more than their rows make the last one higher
        heights[y + h - 1] += max(0.0, len(lines) * (_SMALL + 3) + 2 * _PAD - sum(heights[y : y + h]))
    for first, last in _runs(pages, cells, heights):
        pages.room(min(sum(heights[first:last]), _HEIGHT - 2.0 * edge))
        top = pages.y
        for y, x, h, w, lines in cells:
            begin, end = max(y, first), min(y + h, last)
            if begin < end:
                upper, tall = top - sum(heights[first:begin]), sum(heights[begin:end])
                pages.box(edge + x * width, upper - tall, w * width, tall)
                for at, line in enumerate(lines if begin == y else ()):
                    pages.text(line, edge + x * width + _PAD, upper - _PAD - _SMALL - at * (_SMALL + 3), _SMALL)
        pages.y = top - sum(heights[first:last])
    pages.y -= pages.setting.step


def _runs(pages: _Pages, cells: list[_Box], heights: list[float]) -> Iterator[tuple[int, int]]:
    """Which rows are drawn together: those that no merged cell reaches across, or all that have room."""
    first, whole = 0, not pages.setting.splits
    for row in range(1, len(heights) + 1):
        held = any(y < row < y + h and (whole or len(lines) > 1) for y, _, h, _, lines in cells)
        full = sum(heights[first : row + 1]) > pages.left
        if row == len(heights) or (not held and (whole or full)):
            yield first, row
            first = row


def _lines(text: str, width: float) -> list[str]:
    return broken(text, max(1, int((width - 2 * _PAD) / _SMALL)), "").split("\n") if text else []


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
