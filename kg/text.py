"""Source text that is never altered, spans into it, and folded views that map back.

A view is what rules read: NFKC characters, no blanks or line breaks inside Chinese
text, no inline markup. Each of its characters knows which source characters it
stands for, so a match in a view is a span of the source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NamedTuple, Self, TypeVar

from kg.imprint import NONE, Box, Imprint


class _Ends(NamedTuple):
    start: int
    end: int


class Span(_Ends):
    """Code points `start` up to, not including, `end` of a source. A tuple, as there are more spans than
    anything else. ValueError where the two are out of order."""

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        if not 0 <= start <= end:
            raise ValueError(f"not a span: {start}..{end}")
        return tuple.__new__(cls, (start, end))

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
    # Every extractor reads the same paragraphs and cells: each is folded once, and kept with its source, and so is
    # what `with_source` finds.
    _views: dict[Span, View] = field(default_factory=dict, init=False, repr=False, compare=False)
    _known: dict[object, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )  # what `with_source` keeps

    def __hash__(self) -> int:
        """Cheap: a string remembers its hash."""
        return hash(self.text)

    def __reduce__(self) -> tuple[type[Source], tuple[object, ...]]:
        """For another process, without the views and what else it can make again."""
        return Source, (self.name, self.text, self.sha256, self.media_type, self.encoding, self.imprint)

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
        return _words(self.text, span)[0]

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
_NOISE = r"^#{1,6}(?=\s)|\*{2,3}|</?(?:b|strong|em|i|u|sup|sub|span)>|<br ?/?>|\[(?:bookmark|image):[^\]\n]{0,60}\]"
_GAP = re.compile(rf"(?m)(?:\s|{_NOISE})++")
_BLANK = re.compile(r"\s")
_ASCII = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_LATIN = frozenset(_ASCII + "".join(chr(ord(char) + 0xFEE0) for char in _ASCII))  # full width too: 表１ ２０２５年
# NFKC would turn list numbers into plain digits and lose that they were numbers of a list.
_KEEP = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳…")


_LOOSE = re.compile(r"[\s*<\[#]")  # without one of these in it, a piece is kept whole


def _words(text: str, span: Span) -> tuple[str, Sequence[int]]:
    """What of `span` carries meaning, and where each of its characters stands.

    Blanks go, save one between two Latin words: 'GDP growth' stays, '2023 年' closes up."""
    start, end = span
    piece = text[start:end]
    if not _LOOSE.search(piece):
        return piece, range(start, end)
    kept: list[range] = []
    reached = 0
    for gap in _GAP.finditer(piece):
        first, after = gap.span()
        if first > reached:
            kept.append(range(reached, first))
        reached = after
        # A line break inside a number or a code is the page's, a blank is the writer's.
        if first > 0 and after < len(piece) and piece[first - 1] in _LATIN and piece[after] in _LATIN:
            blank = _BLANK.search(piece, first, after)
            if blank and "\n" not in gap.group():
                kept.append(range(blank.start(), blank.end()))
    kept.append(range(reached, len(piece)))
    words = "".join([piece[stretch.start : stretch.stop] for stretch in kept])
    return words, [start + place for stretch in kept for place in stretch]


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


class _Folds(dict[int, str]):
    """Every character that was met as rules read it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if char in _KEEP else unicodedata.normalize("NFKC", char)
        return self[code]


_FOLDS = _Folds()


def fold(words: str) -> str:
    """Words as rules read them, each character by itself: NFKC, so that （ is (, ％ is %, ２ is 2."""
    return words if words.isascii() else words.translate(_FOLDS)


def view(source: Source, span: Span) -> View:
    """`span` of `source` folded for reading."""
    known = source._views.get(span)
    if known is None:
        known = source._views[span] = _folded(source, *_words(source.text, span))
    return known


def _folded(source: Source, words: str, places: Sequence[int]) -> View:
    text = fold(words)
    if len(text) != len(words):
        places = [place for place, char in zip(places, words, strict=True) for _ in fold(char)]
    return View(source, text, places)


Thing = TypeVar("Thing", bound=Hashable)
Found = TypeVar("Found")


def with_source(read: Callable[[Source, Thing], Found]) -> Callable[[Source, Thing], Found]:
    """`read`, done once for each thing of a source (a table) however many ask: what it found is kept with
    the source."""

    @wraps(read)
    def kept(source: Source, thing: Thing) -> Found:
        known = source._known
        if (read, thing) not in known:
            known[read, thing] = read(source, thing)
        found: Found = known[read, thing]
        return found

    return kept
