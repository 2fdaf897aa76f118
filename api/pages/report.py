"""A report: its text in its structure beside its facts, what does not hold together in the margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.pages import marked, sheets
from api.pages.held import book_of, facts_of
from api.pages.language import Language, chosen
from api.pages.marked import Block, Leaf, Mark
from api.pages.rendering import page as rendered
from api.pages.sheets import Sheet
from api.pages.told import Told, told
from api.routes.reports import shown
from api.serving import Live
from kg.facts import Evidence, Fact, Finding
from kg.text import Source, Span
from kg.workspace import Entry
from ontology import loader
from search.collection import Collection

router = APIRouter()
UNREAD = 40  # unread numbers that the ledger lists


@dataclass(frozen=True, slots=True)
class Beside:
    """A fact of the page: `number` counts the facts of the whole report."""

    number: int
    kind: str
    told: Told


@dataclass(frozen=True, slots=True)
class Margin:
    """A finding of the report; `here` where one of its places is on this page."""

    number: int
    fact: Finding
    places: tuple[Evidence, ...]
    here: bool


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Body:
    """What is shown of the report: blocks of text or one sheet; `reach` is the text that they hold."""

    blocks: tuple[Block, ...] = ()
    contents: tuple[Heading, ...] = ()
    sheet: Sheet | None = None
    page: int = 1
    pages: int = 1
    reach: Span = Span(0, 0)


@router.get("/reports/{name:path}")
def report(
    request: Request,
    collection: Live,
    name: str,
    start: int | None = None,
    end: int | None = None,
    page: int = 1,
    view: str = "",
) -> HTMLResponse:
    """As text, or with `view=pages` as pictures of its pages where the file has any."""
    entry, source = collection.entry(name), collection.source(name)
    facts = facts_of(collection, name)
    asked = _asked(source, start, end)
    marks = [*marks_of(facts), *([Mark(asked, "evidence", -1)] if asked else [])]
    if view == "pages" and source.imprint.pages:
        sheet = sheets.sheet(source, marks, sheets.page_of(source, asked) if asked else page)
        body = Body(sheet=sheet, page=sheet.number, pages=sheet.of, reach=sheet.reach)
    else:
        body = _text(source, marked.leaves(collection.place, entry, source), marks, asked, page)
    before, after = neighbours(collection, entry)
    return rendered(
        request,
        "report.html",
        report=shown(entry),
        body=body,
        has_pages=bool(source.imprint.pages),
        asked=asked,
        facts=list(_beside(entry, facts, body.reach, chosen(request))),
        findings=_margin(facts, body.reach),
        before=before,
        after=after,
        characters=len(source.text),
        gaps=entry.gaps,
        book=book_of(collection, name),
        unread_shown=UNREAD,
    )


def _text(source: Source, leaves: Sequence[Leaf], marks: Sequence[Mark], asked: Span | None, page: int) -> Body:
    pages = marked.pages(leaves, marks)
    at = _holding(pages, asked) if asked else min(max(page, 1), len(pages))
    chosen_leaves = pages[at - 1]
    begin = chosen_leaves[0].span.start if chosen_leaves and at > 1 else 0
    reach = Span(begin, chosen_leaves[-1].span.end if chosen_leaves else 0)
    blocks = tuple(marked.blocks(source, chosen_leaves, marks))
    return Body(blocks, tuple(_contents(source, pages, at)), None, at, len(pages), reach)


def marks_of(facts: Sequence[Fact]) -> Iterator[Mark]:
    """The words of every fact; those of a finding at each of its places in this report."""
    for number, fact in enumerate(facts):
        yield Mark(fact.evidence.span, f"w{number}", number, fact.kind)
        if isinstance(fact, Finding):
            for at, other in enumerate(fact.others, 1):
                if other.report == fact.evidence.report:
                    yield Mark(other.span, f"w{number}-{at}", number, fact.kind)


def _asked(source: Source, start: int | None, end: int | None) -> Span | None:
    if start is None or end is None or not 0 <= start < min(end, len(source.text)):
        return None
    return Span(start, min(end, len(source.text)))


def _holding(pages: Sequence[Sequence[Leaf]], span: Span) -> int:
    """The page, counted from 1, on which `span` begins."""
    ends = (number for number, leaves in enumerate(pages, 1) if leaves and leaves[-1].span.end > span.start)
    return next(ends, len(pages))


def _beside(entry: Entry, facts: Sequence[Fact], reach: Span, spoken: Language) -> Iterator[Beside]:
    """The facts whose words begin within `reach`; what goes without saying in this report is not said of each."""
    known = {entry.department, str(entry.fiscal_year)}
    for number, fact in enumerate(facts):
        if not isinstance(fact, Finding) and reach.start <= fact.evidence.start < reach.end:
            said = told(fact, spoken)
            notes = tuple(note for note in said.notes if note[1] not in known)
            yield Beside(number, fact.kind, replace(said, notes=notes))


def _margin(facts: Sequence[Fact], reach: Span) -> list[Margin]:
    """The findings, the gravest first."""
    found = [(number, fact) for number, fact in enumerate(facts) if isinstance(fact, Finding)]
    found.sort(key=lambda pair: SEVERITIES.index(pair[1].severity))
    return [Margin(number, f, (f.evidence, *f.others), _is_here(f, reach)) for number, f in found]


SEVERITIES = tuple(concept.notation for concept in loader.scheme("severities").values())


def _is_here(finding: Finding, reach: Span) -> bool:
    own = finding.evidence.report
    return any(e.report == own and e.span.overlaps(reach) for e in (finding.evidence, *finding.others))


def _contents(source: Source, pages: Sequence[Sequence[Leaf]], at: int) -> Iterator[Heading]:
    for number, leaves in enumerate(pages, 1):
        for leaf in leaves:
            if 1 < leaf.level <= _DEEPEST:
                address = "" if number == at else f"?page={number}"
                yield Heading(leaf.level, " ".join(source.quote(leaf.span).split()), f"{address}#s{leaf.span.start}")


_DEEPEST = 3  # level of headings in the contents


def neighbours(collection: Collection, entry: Entry) -> tuple[Entry | None, Entry | None]:
    """The reports of the same department and type for the year before and the year after."""
    if not (entry.department and entry.fiscal_year):
        return None, None
    same = [e for e in collection.generation.entries.values() if e.department == entry.department and e.fiscal_year]
    same.sort(key=lambda e: (e.report_type != entry.report_type, e.name))
    before = [e for e in same if (e.fiscal_year or 0) < entry.fiscal_year]
    after = [e for e in same if (e.fiscal_year or 0) > entry.fiscal_year]
    return (
        max(before, key=lambda e: e.fiscal_year or 0, default=None),
        min(after, key=lambda e: e.fiscal_year or 0, default=None),
    )
