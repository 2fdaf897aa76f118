"""Which words make a passage a hit, and where they stand in the source."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.text import Source, Span, view
from search.paraphrase import paraphrases
from search.passage import Passage
from search.words import cut, folded, simplified


def matched(query: str, passage: Passage) -> tuple[str, ...]:
    """The words of `query`, then other words for them, that stand in the passage or its headings;
    none that is part of another."""
    text = folded("\n".join((*passage.headings, passage.sentence)))
    found = [word for word in _sought(query) if word in text]
    return tuple(word for word in found if not any(word != longer and word in longer for longer in found))


@lru_cache(maxsize=64)
def _sought(query: str) -> tuple[str, ...]:
    """The words of `query`, then other words for them."""
    own = [word for word in cut(query).words if len(word) > 1]
    others = [other for paraphrase in paraphrases(query) for other in paraphrase.others]
    return tuple(dict.fromkeys((*own, *others)))


def highlights(passage: Passage, words: tuple[str, ...]) -> tuple[Span, ...]:
    """Where `words` (as `matched` gives them) stand in the passage: spans of the report, in order,
    none overlapping another."""
    piece = view(Source(passage.report, passage.text, passage.sha256), Span(0, len(passage.text)))
    text = simplified(piece.text).lower()
    marked: list[Span] = []
    for span in sorted({s for word in words for s in _places(text, word)}):
        if not marked or span.start >= marked[-1].end:
            marked.append(span)
    start = passage.span.start
    spans = (piece.span(span.start, span.end) for span in marked)
    return tuple(Span(start + span.start, start + span.end) for span in spans)


def _places(text: str, word: str) -> Iterator[Span]:
    at = text.find(word)
    while at >= 0:
        yield Span(at, at + len(word))
        at = text.find(word, at + len(word))
