"""Running text that the page broke: lines of a text made from print, joined to the paragraphs they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import numbering
from kg.document import Paragraph
from kg.once import once
from kg.reading import Reading
from kg.text import Source, Span, view

_STOPS = "。；;：:！!？?"
_FULL = 0.85  # of the page's width: a line that reaches so far was broken by the page, not by the writer


def joined(source: Source, spans: Iterable[Span], width: int) -> Iterator[Span]:
    """`spans` with those made one that only the end of a line parts: 建成污水处理设施 / 15座. `width` is
    that of the page (`page_width`)."""
    whole: Span | None = None
    for span in spans:
        if whole and _runs_on(source, whole, span, width):
            whole = Span(whole.start, span.end)
            continue
        if whole:
            yield whole
        whole = span
    if whole:
        yield whole


@once
def page_width(reading: Reading) -> int:
    """The width of the longest line of running text; without broken lines that is a paragraph's."""
    texts = (reading.source.quote(block.span) for _, block in reading.blocks() if isinstance(block, Paragraph))
    lines = sorted((line for text in texts for line in text.splitlines()), key=len, reverse=True)
    return max((_wide(line) for line in lines if 2 * len(line) >= len(lines[0])), default=0)


def _runs_on(source: Source, first: Span, second: Span, width: int) -> bool:
    if source.text[first.end : second.start].replace("\r", "") != "\n" or source.text[first.end - 1] in _STOPS:
        return False
    line = source.text[source.text.rfind("\n", 0, first.end) + 1 : first.end]
    return _wide(line) >= width * _FULL and numbering.strip(view(source, second).text) == 0


def _wide(line: str) -> int:
    """The width of `line` in print: a Chinese character is as wide as two Latin ones."""
    return 2 * len(line) - len(line.encode("ascii", "ignore"))
