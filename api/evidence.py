"""Words of a report in their context, what rests on them, and whether the file still says so."""

from __future__ import annotations

from dataclasses import dataclass

from api.apart import apart
from kg import reader
from kg.errors import BadQuery, JixiaoError
from kg.facts import Fact
from kg.graph.record import places
from kg.imprint import Box
from kg.text import Span
from search.collection import Collection

LONGEST = 20_000  # characters of a span
LONGEST_READ = 30.0  # seconds for a file to be read again


@dataclass(frozen=True, slots=True)
class Shown:
    """A span of a report with what stands before and after it, where it is on the pages or in the
    sheets of the file, and the facts that overlap it."""

    report: str
    span: Span
    before: str
    quote: str
    after: str
    boxes: tuple[Box, ...]
    cells: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the words stand where they are said to: in the text that is kept, and in what the
    reader makes of the file again."""

    in_text: bool
    in_file: bool
    reason: str = ""


def shown(collection: Collection, report: str, start: int, end: int, context: int = 80) -> Shown:
    """The words at `start` to `end` of a report, with `context` characters on both sides. BadQuery
    `bad-span` where the report has no such span."""
    source = collection.source(report)
    text = source.text
    if not 0 <= start < end <= len(text) or end - start > LONGEST:
        raise BadQuery(
            "bad-span", f"这份报告的原文有 {len(text)} 个字符，没有这一段", file=report, place=f"{start}–{end}"
        )
    span = Span(start, end)
    resting = (f for f in collection.facts(report) if any(e.span.overlaps(span) for e in places(f)))
    before, after = text[max(0, start - context) : start], text[end : end + context]
    return Shown(report, span, before, text[start:end], after, source.boxes(span), source.cells(span), tuple(resting))


def verified(collection: Collection, report: str, start: int, end: int, quote: str) -> Verdict:
    """Whether `quote` stands at `start` to `end`, in the text that is kept and in the file read anew. The file
    came from somebody else: it is read in a process that can be killed. BadQuery `timeout`, `crashed`, `busy`."""
    entry = collection.entry(report)
    file = collection.place.folder / "files" / entry.sha256
    try:
        in_text = collection.source(report).text[start:end] == quote
        digest, said = apart(_said, str(file), report, start, end, seconds=LONGEST_READ)
    except BadQuery:
        raise
    except JixiaoError as error:
        return Verdict(in_text=False, in_file=False, reason=str(error))
    same = digest == entry.sha256
    return Verdict(in_text, same and said == quote, "" if same else "原件已被改动")


def _said(file: str, report: str, start: int, end: int) -> tuple[str, str]:
    """The digest of a file, and what its reader finds at a place. JixiaoError where it cannot be read."""
    source = reader.read_file(file, report).source
    return source.sha256, source.text[start:end]
