"""A report as passages: the units of one thought that search finds.

One duty, one problem, one remedy, one indicator row; other paragraphs whole where they are
short, else cut into sentences; other table rows with their column heads. What is shown is the
source's own words; what is searched is the same joined, folded, and put under its headings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby

from kg.document import Paragraph, Section, Table, walk
from kg.facts import Duty, Fact, Improvement, Indicator, Person, Problem, Project, cut
from kg.grammar import heads
from kg.reading import Reading
from kg.text import Source, Span, View, view
from search.words import folded, simplified

KINDS = ("duty", "problem", "improvement", "indicator", "project", "person", "paragraph", "table-row")
"""What a passage can be; of two with the same words in one report, the kind named first here wins."""

_STATED = frozenset({"duty", "problem", "improvement"})
_OWN = (Duty, Problem, Improvement)  # each such fact is a passage with just its span
_NAMING = (Indicator, Project, Person)  # a sentence or row that holds one is a passage of that kind
_WHOLE = 120  # characters up to which a paragraph stays in one piece
_SHORTEST = 12  # a shorter sentence (主要做了以下工作：) belongs to the next
_LONGEST = 400  # no piece is longer; beyond, even a sentence is cut, at a comma where it has one
_SENTENCE = re.compile(r"[^。;!?]+[。;!?]*[”’」)]*|[。;!?]+")
_CLAUSE = re.compile(rf"[^,、]{{1,{_LONGEST}}}[,、]?|[,、]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """`text` is what stands in the source at `span` (code points) of `report`, the source's name;
    `sentence` the same as one readable line, and what is searched together with `headings`,
    outermost first. `part` is the label of the attachment it stands in. `places` are further
    spans of the report with the same words. `facts` are indexes into the facts that it was made
    with: those whose evidence it overlaps."""

    report: str
    sha256: str = field(repr=False)
    span: Span
    text: str
    sentence: str = field(repr=False)
    kind: str
    headings: tuple[str, ...] = ()
    part: str = ""
    department: str = ""
    region: str = ""
    fiscal_year: int | None = None
    places: tuple[Span, ...] = ()
    facts: tuple[int, ...] = ()

    @property
    def indexed(self) -> str:
        """What words are looked for in: the headings, one a line, and the sentence, all in simplified
        characters."""
        return simplified("\n".join((*self.headings, self.sentence)))

    @property
    def saying(self) -> str:
        """Its words, folded, without what ends them: equal where two passages say just the same."""
        return folded(self.sentence).strip("。;,.、 ")

    @property
    def embedded(self) -> str:
        """What is compared by meaning: the sentence, under its nearest heading unless it is of a kind
        that says what the heading says."""
        said = self.sentence if self.kind in _STATED else ",".join((*self.headings[-1:], self.sentence))
        return simplified(said)


@dataclass(frozen=True, slots=True, order=True)
class _Piece:
    span: Span
    kind: str
    sentence: str
    headings: tuple[str, ...]


def passages(readings: Sequence[Reading], facts: Sequence[Fact]) -> tuple[Passage, ...]:
    """The passages of one document in reading order, none twice. `readings` are its parts,
    `facts` all its facts."""
    found: list[Passage] = []
    for reading in readings:
        within = [f for f in facts if reading.part.span.covers(f.evidence.span)]
        pieces = [*_stated(reading, within), *_others(reading, within)]
        found += [_passage(reading, piece) for piece in _one_a_place(pieces)]
    return tuple(_with_facts(_merged(found), facts))


def _one_a_place(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """What is said at one place as one piece: 数量、质量指标均达标 states two indicators in the same words."""
    for span, group in groupby(sorted(pieces), key=lambda piece: piece.span):
        said = list(group)
        first = min(said, key=lambda piece: KINDS.index(piece.kind))
        yield replace(first, span=span, sentence=" ".join(dict.fromkeys(piece.sentence for piece in said)))


def _passage(reading: Reading, piece: _Piece) -> Passage:
    header = reading.header
    evidence = cut(reading.source, piece.span)
    return Passage(
        report=evidence.report,
        sha256=reading.source.sha256,
        span=evidence.span,
        text=evidence.quote,
        sentence=piece.sentence,
        kind=piece.kind,
        headings=piece.headings,
        part=reading.part.label,
        department=header.department or "",
        region=header.region or "",
        fiscal_year=header.fiscal_year,
    )


def _stated(reading: Reading, facts: Sequence[Fact]) -> Iterator[_Piece]:
    """One piece for every fact that is a passage by itself."""
    paths = list(walk(reading.part.sections))
    starts = [path[-1].span.start for path in paths]
    for fact in facts:
        if isinstance(fact, _OWN):
            span = fact.evidence.span
            # Sections come in reading order: the last one that begins before the fact is the innermost.
            above = paths[max(bisect_right(starts, span.start) - 1, 0)] if paths else ()
            yield _Piece(span, fact.kind, view(reading.source, span).text, _titles(above, span))


def _indicator(fact: Indicator) -> str:
    """An indicator as a line to read: 产出指标·数量指标·培训次数：目标≥4次，实际5次，分值10，得分10。"""

    def said(name: str, *values: object) -> str:
        return name + "".join(str(value) for value in values if value is not None) if values[-1] is not None else ""

    levels = "·".join(level for level in (fact.level1, fact.level2, fact.level3) if level)
    values = (
        said("目标", fact.operator, fact.target) + (fact.target_unit or ""),
        said("实际", fact.actual) + (fact.actual_unit or ""),
        said("分值", fact.weight),
        said("得分", fact.score),
        said("偏差原因：", fact.deviation_reason),
    )
    return f"{levels}：{'，'.join(value for value in values if value)}"


def _others(reading: Reading, facts: Sequence[Fact]) -> Iterator[_Piece]:
    """What the report says beside those facts."""
    taken = [f.evidence.span for f in facts if isinstance(f, _OWN)]
    named = [f for f in facts if isinstance(f, _NAMING)]
    for path in walk(reading.part.sections):
        for span, kind, sentence in _units(reading.source, path[-1]):
            if not _is_taken(span, taken):
                held = [f for f in named if f.evidence.span.overlaps(span)]
                if kind == "table-row" and len(held) == 1 and isinstance(held[0], Indicator):
                    sentence = _indicator(held[0])  # noqa: PLW2901
                kind = min((f.kind for f in held), key=KINDS.index, default=kind)  # noqa: PLW2901
                yield _Piece(span, kind, sentence, _titles(path, span))


def _units(source: Source, section: Section) -> Iterator[tuple[Span, str, str]]:
    """Span, kind and readable line of every sentence and row right under `section`."""
    if section.heading and not section.blocks and not section.sections:
        yield section.heading, "paragraph", view(source, section.heading).text
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield from ((span, "paragraph", line) for span, line in _sentences(view(source, block.span)))
        else:
            yield from ((span, "table-row", line) for span, line in _rows(source, block))


def _titles(path: Sequence[Section], span: Span) -> tuple[str, ...]:
    """The headings above a piece; a heading that is the piece itself is none."""
    return tuple(s.title for s in path if s.title and not (s.heading and s.heading.overlaps(span)))


def _is_taken(span: Span, taken: Sequence[Span]) -> bool:
    """Whether facts that are passages themselves already say at least half of it."""
    shared = sum(max(0, min(span.end, t.end) - max(span.start, t.start)) for t in taken)
    return 2 * shared >= len(span)


def _sentences(paragraph: View) -> Iterator[tuple[Span, str]]:
    """A short paragraph whole, a long one sentence by sentence."""
    if 0 < len(paragraph) <= _WHOLE:
        yield paragraph.span(0, len(paragraph)), paragraph.text
        return
    start = end = 0
    for length in (len(piece) for piece in _split(paragraph.text)):
        end += length
        if end - start >= _SHORTEST or end == len(paragraph):
            yield paragraph.span(start, end), paragraph.text[start:end]
            start = end


def _split(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.findall(text):
        if len(sentence) <= _LONGEST:
            yield sentence
        else:
            yield from _CLAUSE.findall(sentence)


def _rows(source: Source, table: Table) -> Iterator[tuple[Span, str]]:
    """Every body row of a table as a line in which each value follows its column's title."""
    caption = [view(source, table.caption).text] if table.caption else []
    for row in heads.rows(source, table):
        span = row.span()
        titles = row.head.titles if row.head else ("",) * len(row.cells)
        # A merged cell is one value, also where it takes several columns.
        values = {cell: (title, heads.text_of(source, cell)) for cell, title in zip(row.cells, titles, strict=True)}
        said = [f"{title}：{words}" if title else words for title, words in values.values() if words]
        if span and said:
            yield span, " ".join((*caption, "，".join(said)))


def _merged(found: Sequence[Passage]) -> list[Passage]:
    """One passage for all that say the same in the same words; the others are its further places."""
    same: dict[str, list[Passage]] = {}
    for passage in found:
        same.setdefault(passage.saying, []).append(passage)
    merged = []
    for group in same.values():
        first = min(group, key=lambda p: (KINDS.index(p.kind), p.span))
        merged.append(replace(first, places=tuple(p.span for p in group if p is not first)))
    return sorted(merged, key=lambda p: p.span)


def _with_facts(found: Sequence[Passage], facts: Sequence[Fact]) -> Iterator[Passage]:
    """`found` with the indexes of the facts whose evidence each overlaps."""
    order = sorted(range(len(facts)), key=lambda i: facts[i].evidence.span)
    starts = [facts[i].evidence.start for i in order]
    # The furthest end among the first n facts: before it stops reaching a span, none of them overlaps.
    reach = list(accumulate((facts[i].evidence.end for i in order), max))
    for passage in found:
        held: set[int] = set()
        for span in (passage.span, *passage.places):
            at = bisect_right(starts, span.end - 1) - 1
            while at >= 0 and reach[at] > span.start:
                if facts[order[at]].evidence.span.overlaps(span):
                    held.add(order[at])
                at -= 1
        yield replace(passage, facts=tuple(sorted(held)))
