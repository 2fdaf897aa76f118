"""Clauses of running text, and the organisation that each is about.

A report speaks of itself (我局, 区水务局, nothing at all) until it names another unit as the
subject of a clause: 下属事业单位X中心，规格股级，核定编制15名.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg import numbering, organisations
from kg.document import Paragraph
from kg.grammar.wrapped import joined, page_width
from kg.once import once
from kg.reading import Header, Reading, under_roles
from kg.text import View, view

# The sections in which a report tells what the department is; "" is a section without a role.
ABOUT_ITSELF = ("", "overview", "duties", "organisation", "staffing")

_CLAUSE = re.compile(r"(?:[^,;。!?:]|(?<=\d),(?=\d{3}(?!\d)))+[,;。!?:]?")  # 1,862人 is one number
_SENTENCE = re.compile(r"[^。;]+")
_ARTICLE = re.compile(r"第[一二三四五六七八九十]{1,3}条")
_BEFORE = re.compile(r"(?:其中|截[至止][^,]{0,12}|\d{4}年[末底初]?|其|所属|下属|直属)?(?:[一-鿿]{0,4}单位)?")
# What makes a name at the head of a clause its subject, and not one item of a list.
_SPEAKS = re.compile(
    r"属于|属|是|为|系|现有|现|核定|(?:行政|事业|工勤|后勤服务?|参公)?(?:人员)?编制|在职|在编|规格|实有|共有|共|有|人员|内设|下设|设|年末|截|\d{4}年|:|\((?![^()]{0,40}\)[、和及])|机构|,(?:规格|核定|编制|为|属|是|机构|现有|实有|系)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """`start`..`end` of a view, its stop left out; `subject` is the organisation it is about, and at
    `predicate` begins what is said of it; `after` is the stop before it, '' at the start."""

    start: int
    end: int
    predicate: int
    subject: str
    after: str

    @property
    def opens(self) -> bool:
        """Whether the clause begins a sentence."""
        return self.after in ("", "。", "!", "?")


@once
def passages(reading: Reading) -> tuple[View, ...]:
    """The lines in which the report tells of itself: paragraphs, and headings that have no role of
    their own, as short items of a list often look like headings."""
    found: list[View] = []
    for path, role in under_roles(reading):
        section = path[-1]
        if role in ABOUT_ITSELF:
            spans = [block.span for block in section.blocks if isinstance(block, Paragraph)]
            if section.heading and section not in reading.roles:
                spans.insert(0, section.heading)
            found += (view(reading.source, span) for span in joined(reading.source, spans, page_width(reading)))
    return tuple(found)


def clauses(text: View, header: Header) -> Iterator[Clause]:
    """The clauses of one paragraph, from left to right."""
    department = header.department or header.title
    subject, after = department, ""
    for match in _CLAUSE.finditer(text.text):
        named, predicate = _subject(text.text, match.start(), header.department)
        subject = named or subject
        end = match.end() - (match.group()[-1] in ",;。!?:")
        yield Clause(match.start(), end, min(predicate, end), subject, after)
        after = match.group()[-1]


def _subject(text: str, start: int, department: str | None) -> tuple[str | None, int]:
    """The organisation that the clause at `start` names as its subject, and where its mention ends;
    None and `start` where it names none."""
    start = numbering.strip(text, start)
    if article := _ARTICLE.match(text, start):
        start = article.end()
    if (end := organisations.own(text, department, start)) > start:
        return department, end
    before = _BEFORE.match(text, start)
    at = before.end() if before else start
    names = [n for n in organisations.starting_at(text, at) if _SPEAKS.match(text, at + len(n))]
    if not names or organisations.kind(names[-1]) == organisations.OFFICE:
        return None, start
    if department and organisations.same(names[-1], department):
        return department, at + len(names[-1])
    if organisations.level(names[-1]) or at > start:  # 市青少年活动中心事业编制28名
        return names[-1], at + len(names[-1])
    return None, start


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of folded `text` begin and end, their stops (。；) left out."""
    return (match.span() for match in _SENTENCE.finditer(text))
