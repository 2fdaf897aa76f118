"""What was asked or searched: the answer with its proof, and passages with their place and reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.pages import taking
from api.pages.language import Language, chosen
from api.pages.rendering import page as rendered
from api.routes.ask import answered
from api.serving import Live
from search.index import Hit
from search.matches import highlights
from search.passage import Passage

router = APIRouter()
DEEPEST = 100  # hits that are looked at, counted in the facets and paged through
PAGE = 20  # hits on a page
ROWS = 100  # rows of an answer on the page; all are in the files to take
FACETED = 8  # values of a facet that are listed
FACETS = ("department", "region", "year", "kind")
Text = Annotated[str, Query(max_length=1000)]


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as the page shows it: `pieces` are runs of its text and whether they are marked."""

    report: str
    start: int
    end: int
    department: str
    fiscal_year: int | None
    headings: tuple[str, ...]
    kind: str
    reason: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A value that a facet offers: `key` goes into the address."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    counts: tuple[Count, ...]
    chosen: str


@router.get("/search")
def search(
    request: Request,
    collection: Live,
    q: Text = "",
    department: Text = "",
    region: Text = "",
    year: str = "",
    kind: str = "",
    page: int = 1,
    format: str = "",
) -> Response:
    q = q.strip()
    if not q:
        return RedirectResponse("/")
    answer = answered(collection, q)
    if format and answer.rows:
        return taking.table(format, answer.columns, answer.rows)
    asked = {"department": department, "region": region, "year": year, "kind": kind}
    hits = collection.search(q, k=DEEPEST, **_filters(asked))
    spoken = chosen(request)
    pages = max(1, -(-len(hits) // PAGE))
    page = min(max(page, 1), pages)
    return rendered(
        request,
        "results.html",
        q=q,
        answer=answer if answer.answerable or (not hits and _speaks(answer.text, spoken)) else None,
        shown=ROWS,
        hits=[found(hit, spoken) for hit in hits[(page - 1) * PAGE : page * PAGE]],
        facets=list(_facets(spoken, hits, asked)),
        total=len(hits),
        page=page,
        pages=pages,
    )


def _speaks(text: str, spoken: Language) -> bool:
    """Whether `text` is in the reader's language: an answer is in that of the question."""
    return bool(_CHINESE.search(text)) == (spoken.code == "zh")


_CHINESE = re.compile(r"[\u3400-\u9fff]")


def _filters(asked: dict[str, str]) -> dict[str, Any]:
    given: dict[str, Any] = {name: value for name, value in asked.items() if value}
    if "year" in given:
        given["year"] = int(given["year"]) if given["year"].isdigit() else -1  # no report is of such a year
    return given


def found(hit: Hit, spoken: Language) -> Found:
    p = hit.passage
    return Found(
        report=p.report,
        start=p.span.start,
        end=p.span.end,
        department=p.department,
        fiscal_year=p.fiscal_year,
        headings=p.headings,
        kind=p.kind,
        reason=reason(hit, spoken),
        pieces=tuple(_pieces(p, hit.words)),
    )


def reason(hit: Hit, spoken: Language) -> str:
    """Why it was found, as Hit.reason, in the reader's language."""
    votes = (
        " ".join(
            [
                spoken.say(f"way.{name}") if spoken.has(f"way.{name}") else name,
                *([f"#{vote.rank}"] if vote.rank else []),
                f"{vote.score:.2f}",
            ]
        )
        for name, vote in hit.votes.items()
    )
    return " · ".join((*votes, *(["、".join(hit.words)] if hit.words else [])))


def _pieces(passage: Passage, words: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    begin, at = passage.span.start, passage.span.start
    for span in highlights(passage, words):
        if span.start > at:
            yield passage.text[at - begin : span.start - begin], False
        yield passage.text[span.start - begin : span.end - begin], True
        at = span.end
    yield passage.text[at - begin :], False


def _facets(spoken: Language, hits: Sequence[Hit], asked: dict[str, str]) -> Iterator[Facet]:
    """What the hits can be narrowed by, the most frequent value first."""
    for name in FACETS:
        values = Counter(value for hit in hits if (value := _value(hit.passage, name)))
        counts = (Count(key, _called(spoken, name, key), n) for key, n in values.most_common(FACETED))
        yield Facet(name, spoken.say(f"facet.{name}"), tuple(counts), _called(spoken, name, asked[name]))


def _value(passage: Passage, name: str) -> str:
    return str(passage.fiscal_year or "") if name == "year" else str(getattr(passage, name))


def _called(spoken: Language, name: str, key: str) -> str:
    return spoken.say(f"kind.{key}") if name == "kind" and spoken.has(f"kind.{key}") else key
