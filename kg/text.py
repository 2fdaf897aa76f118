"""Source text that is never altered, spans into it, and folded views that map back.

A view is what rules read: NFKC characters, no blanks or line breaks inside Chinese
text, no inline markup. Each of its characters knows which source characters it
stands for, so a match in a view is a span of the source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

from kg.imprint import NONE, Box, Imprint


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` up to, not including, `end` of a source."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return min(self.end, other.end) > max(self.start, other.start)


@dataclass(frozen=True, slots=True)
class Source:
    """One file as text: `name` as its users know it, `text` exactly as decoded.

    `sha256` is of the file's bytes; `media_type` and `encoding` say how they were read.
    For formats with a text layer of our own (docx, html, pdf, xlsx) `text` is that layer, and for PDF
    and xlsx `imprint` leads from it to the page or the sheet.
    """

    name: str
    text: str
    sha256: str
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    imprint: Imprint = field(default=NONE, repr=False, compare=False)

    def __hash__(self) -> int:
        """Cheap, for views are looked up by their source."""
        return hash((self.name, self.sha256, len(self.text)))

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """Where `span` is printed, line by line; empty where the file has no pages."""
        return self.imprint.boxes(span.start, span.end)

    def cells(self, span: Span) -> tuple[str, ...]:
        """The cells of the workbook that `span` stands in (收支总表!B3); empty where the file is none."""
        return self.imprint.addresses(span.start, span.end)

    def plain(self, span: Span) -> str:
        """The words of `span` as a name is written: source characters, without line breaks,
        stray blanks and inline markup."""
        return "".join(self.text[i] for i in _kept(self.text, span))

    def trim(self, span: Span) -> Span:
        """`span` without the blanks at its two ends."""
        start, end = span.start, span.end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)


# Markup and the traces of converters: heading marks, bold, breaks, and Word's bookmark and picture
# placeholders, which text exports of docx files leave inside sentences.
_NOISE = re.compile(
    r"(?m)^#{1,6}(?=\s)|\*{2,3}|</?(?:b|strong|em|i|u|sup|sub|span)>|<br ?/?>|\[(?:bookmark|image):[^\]\n]{0,60}\]"
)
_LATIN = re.compile(r"[A-Za-z0-9]")
# NFKC would turn list numbers into plain digits and lose that they were numbers of a list.
_KEEP = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳…")


_LOOSE = re.compile(r"[\s*<\[#]")  # without one of these in it, a piece is kept whole


def _kept(text: str, span: Span) -> Sequence[int]:
    """Source positions in `span` that carry meaning.

    Blanks go, save one between two Latin words: 'GDP growth' stays, '2023 年' closes up."""
    piece = text[span.start : span.end]
    if not _LOOSE.search(piece):
        return range(span.start, span.end)
    hidden = {i for match in _NOISE.finditer(piece) for i in range(match.start(), match.end())}
    solid = [i for i, char in enumerate(piece) if not char.isspace() and i not in hidden]
    kept = solid[:1]
    for before, after in pairwise(solid):
        if after - before > 1 and _LATIN.match(piece[before]) and _LATIN.match(piece[after]):
            blank = next((i for i in range(before + 1, after) if piece[i].isspace()), None)
            # A line break inside a number or a code is the page's, a blank is the writer's.
            if blank is not None and "\n" not in piece[before:after]:
                kept.append(blank)
        kept.append(after)
    return [span.start + i for i in kept]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """`text` folded for reading; character `i` stands for source position `places[i]`. A view equals
    itself alone, so that what was found in it can be remembered."""

    source: Source = field(repr=False)
    text: str
    places: Sequence[int] = field(repr=False)

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int, end: int) -> Span:
        """The source span behind view characters `start` up to `end` (at least one)."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"not in this view: {start}..{end} of {len(self.text)}")
        return Span(self.places[start], self.places[end - 1] + 1)

    def group(self, match: re.Match[str], group: int | str = 0) -> Span:
        """The source span behind a group of a match made on `text`."""
        return self.span(match.start(group), match.end(group))


@cache
def fold(char: str) -> str:
    """One character as rules read it: NFKC, so that （ is (, ％ is %, ２ is 2."""
    return char if char in _KEEP else unicodedata.normalize("NFKC", char)


@lru_cache(maxsize=4096)  # each extractor reads the same paragraphs and cells
def view(source: Source, span: Span) -> View:
    """`span` of `source` folded for reading."""
    kept = _kept(source.text, span)
    folded = [fold(source.text[place]) for place in kept]
    text = "".join(folded)
    if len(text) == len(folded):
        return View(source, text, kept)
    places = [place for place, characters in zip(kept, folded, strict=True) for _ in characters]
    return View(source, text, places)
