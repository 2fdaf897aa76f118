"""The lines of a part that its header is read from: the first, the last, and those with a label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.document import Document, Part
from kg.text import Source, Span, View, view

TOP = 12  # lines in which a report says what it is
_TAIL = 40  # lines from the end in which it is signed
_SIGNED = 4  # lines before a form in which the report before it is signed
_FORM = re.compile(r"[^，。；：]{2,40}(?:自评表|评分表|情况表|汇总表|基础数据表)")
_MARKUP = frozenset("#*|>")
SAYS = re.compile("[\u4e00-\u9fff]")
_COLON = re.compile("[:：]|[(（](?:公章|盖章|签章)[)）]")


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that say anything, without markdown's marks: the `first` of the part, the `last`, and all that
    may be `labelled` (填报日期：…), each in reading order."""

    first: tuple[View, ...]
    last: tuple[View, ...]
    labelled: tuple[View, ...]


def clean(text: View) -> View:
    """The view without markdown's heading and table marks."""
    if _MARKUP.isdisjoint(text.text):
        return text
    kept = [i for i, char in enumerate(text.text) if char not in _MARKUP]
    return View(text.source, "".join(text.text[i] for i in kept), tuple(text.places[i] for i in kept))


def lines_of(document: Document, part: Part) -> Lines:
    """The lines of `part`; what stands inside it but belongs to another part is left out."""
    source = document.source
    nested = [other.span for other in document.parts if other is not part and part.span.covers(other.span)]
    spans = [span for span in _spans(source, part.span) if not any(_within(source, span, other) for other in nested)]

    def read(chosen: list[Span]) -> tuple[View, ...]:
        return tuple(clean(view(source, span)) for span in chosen)

    return Lines(
        first=read(spans[:TOP]),
        last=read([*_before_forms(source, spans), *spans[-_TAIL:]]),
        labelled=read([span for span in spans if _COLON.search(source.text, span.start, span.end)]),
    )


def _within(source: Source, line: Span, other: Span) -> bool:
    """Whether the words of a line stand in `other`."""
    if other.covers(line) or not other.overlaps(line):
        return other.covers(line)
    text = clean(view(source, line))
    return other.covers(text.span(0, len(text)))


def _before_forms(source: Source, spans: list[Span]) -> list[Span]:
    """The last lines before the first form that stands behind the report: there it is signed."""
    texts = (source.text[span.start : span.end].strip() for span in spans[TOP:])
    at = next((index for index, text in enumerate(texts, start=TOP) if _FORM.fullmatch(text)), 0)
    return spans[max(0, at - _SIGNED) : at]


def _spans(source: Source, span: Span) -> Iterator[Span]:
    """The lines in `span` that say anything."""
    start = span.start
    for line in source.quote(span).splitlines(keepends=True):
        first, words = start + len(line) - len(line.lstrip()), line.strip()
        start += len(line)
        if words:
            here = Span(first, first + len(words))
            if SAYS.search(words) or clean(view(source, here)).text:
                yield here
