"""A file's reports told apart: the main one and its attachments, each from its title on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg import numbering
from kg.document import Table
from kg.reader._contents import Chapter, chapter
from kg.reader._lines import END, Line
from kg.reader._titles import WHOLE, Title, is_title, is_whole, take_title
from kg.text import Source, Span

_LABEL = re.compile(
    r"[#*\s]*+(?P<label>附\s?[件表录]\s?[0-9０-９一二三四五六七八九十]{0,3}(?:[-－—.][0-9]{1,2})?)[*\s]*+[:：、.．]?[*\s]*+"
)


@dataclass(slots=True)
class Piece:
    """One part in the making."""

    label: str = ""
    title: Title | None = None
    start: int | None = None
    items: list[Line | Table] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """From its label or title to its last word; the main report's may reach over attachments."""
        named = [self.title.span] if self.title else []
        inside = [*named, *(item.span for item in self.items)]
        start = min([span.start for span in inside] + ([] if self.start is None else [self.start]))
        return Span(start, max(span.end for span in inside))


def split(source: Source, items: Sequence[Line | Table], contents: Sequence[Chapter] = ()) -> list[Piece]:
    """The parts in order. What follows an attachment under the main report's own next
    第…部分 belongs to the main report again; what its list of `contents` names is its own."""
    text = source.text
    main = here = Piece()
    pieces = [main]
    chapters = 0  # how many 第…部分 the main report has had
    second = False  # whether the part under way has come to 二、
    for index, item in enumerate(items):
        label = _label(text, items, index)
        if label:
            here = main if not main.items else Piece(label.word)
            here.start = item.span.start
            second = False
            if here is not main:
                pieces.append(here)
            if label.rest:
                here.items.append(Line(label.rest, 1, strong=True))
            continue
        number = numbering.read(text, item.span.start) if isinstance(item, Line) else None
        if number and number.style == "part":
            if chapters and number.value > chapters:
                here = main
            chapters = max(chapters, number.value) if here is main else chapters
        second = second or bool(number and number.style == "han" and number.value in (2, 3))
        if second and number is None and isinstance(item, Line) and _titles_another(text, items, index, contents):
            here = Piece(source.plain(item.span), start=item.span.start)
            pieces.append(here)
            second = False
        here.items.append(item)
    for piece in pieces:
        piece.title = take_title(source, piece.items)
    return [piece for piece in pieces if piece.items or piece.title]


@dataclass(frozen=True, slots=True)
class _Label:
    word: str
    rest: Span | None


def _label(text: str, items: Sequence[Line | Table], index: int) -> _Label | None:
    """The label of an attachment that begins with this line. Not one in a list of attachments."""
    found = _labelled(text, items[index])
    if not found:
        return None
    beside = [items[at] for at in (index - 1, index + 1) if 0 <= at < len(items)]
    others = [other for other in (_labelled(text, item) for item in beside) if other]
    if any(found.rest or not other.rest for other in others):
        return None
    if not found.rest:
        return found
    if numbering.read(text, found.rest.start):
        return None
    tabled = any(isinstance(other, Table) for other in items[index + 1 : index + 4])
    numbered = any(char.isdigit() or char in "一二三四五六七八九十" for char in found.word)
    return found if tabled or numbered or is_title(text, found.rest) else None


def _labelled(text: str, item: Line | Table) -> _Label | None:
    if isinstance(item, Table) or len(item.span) > WHOLE + 10:
        return None
    match = _LABEL.match(text, item.span.start, item.span.end)
    if not match:
        return None
    rest = text[match.end() : item.span.end].rstrip("* \t\u3000")
    if rest and ((END.search(rest) and not rest.endswith(("）", ")"))) or "，" in rest):
        return None  # 附件1所列项目均已完成。 speaks of an attachment
    apart = not rest or text[match.end("label")] in ":：、.． \u3000\t*" or rest[:1] in "（("
    if not apart and not any(char.isdigit() for char in match["label"]):
        return None
    span = Span(match.end(), match.end() + len(rest)) if rest else None
    return _Label("".join(match["label"].split()), span)


def _titles_another(text: str, items: Sequence[Line | Table], index: int, contents: Sequence[Chapter]) -> bool:
    """A title alone on its line, and a new 一、 soon after it: another report begins. A 说明 without year
    and office explains the report that it stands in."""
    item = items[index]
    words = text[item.span.start : item.span.end]
    if not isinstance(item, Line) or not is_title(text, item.span) or chapter(contents, words, strong=item.strong):
        return False
    if words.rstrip("* \t\u3000").endswith("说明") and not is_whole(text, item.span):
        return False
    after = (
        numbering.read(text, other.span.start) for other in items[index + 1 : index + 6] if isinstance(other, Line)
    )
    first = next((number for number in after if number), None)
    return first is not None and (first.style, first.value) == ("han", 1)
