"""What surrounds a thing in the graph: what it says and what says something of it, capped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from unicodedata import east_asian_width

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from rdflib import Dataset, Literal, URIRef

from api.pages.language import Language, chosen
from api.pages.rendering import page
from api.serving import Live
from kg.errors import JixiaoError
from kg.graph.dataset import PREFIXES
from ontology.loader import NAMESPACE

router = APIRouter()
MOST = 400  # links that are looked at in one direction
EACH = 6  # neighbours drawn for one property and direction
DRAWN = 26  # neighbours drawn in one direction
_LONG = 37  # half-width characters of a label in the picture
_FORBIDDEN = frozenset('<>"{}|^`\\')
# What a thing is called by, the best first.
_NAMES = (
    *("name", "title", "measureName", "level3", "level2", "level1"),
    *("explanation", "text", "dimension", "quote", "fileName"),
)
_NODE, _ROW, _GAP, _SIDE, _ACROSS = 250, 30, 14, 12, 180


@dataclass(frozen=True, slots=True)
class Neighbour:
    iri: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """A property and the things at its other end: `more` are counted, not shown."""

    term: str
    label: str
    things: tuple[Neighbour, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a thing: literals as label and text, links out of it and into it."""

    iri: str
    label: str
    kind: str
    says: tuple[tuple[str, str], ...]
    out: tuple[Link, ...]
    into: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box of the picture."""

    x: float
    y: float
    thing: Neighbour
    text: str
    width: int = _NODE


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    x: float
    y: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    nodes: tuple[Drawn, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


@router.get("/graph")
def graph(request: Request, collection: Live, iri: Annotated[str, Query(max_length=2000)] = "") -> HTMLResponse:
    spoken = chosen(request)
    entries = collection.generation.entries.values()
    if not iri:
        starts = sorted((e.department or e.name, e.fiscal_year or 0, e.iri) for e in entries)[:60]
        return page(request, "graph.html", around=None, starts=starts, picture=None)
    if _FORBIDDEN & set(iri) or any(c.isspace() for c in iri) or ":" not in iri:
        raise JixiaoError("no-such-thing", "这不是一个标识符（IRI）", place=iri[:200])
    found = around(collection.dataset, URIRef(iri), spoken)
    return page(request, "graph.html", around=found, starts=(), picture=drawn(found))


def around(dataset: Dataset, thing: URIRef, spoken: Language) -> Around:
    """JixiaoError `no-such-thing` where the graph says nothing of it."""
    out = list(dataset.query(f"SELECT DISTINCT ?p ?o {{ {thing.n3()} ?p ?o }} LIMIT {MOST}"))
    into = list(dataset.query(f"SELECT DISTINCT ?p ?s {{ ?s ?p {thing.n3()} }} LIMIT {MOST}"))
    if not out and not into:
        raise JixiaoError("no-such-thing", "图里没有这个标识符", place=str(thing))
    said = tuple((_term(str(p), spoken), str(o)) for p, o in out if isinstance(o, Literal) and _speaks(o, spoken))  # type: ignore[misc]
    links, back = _by_property(out), _by_property(into)
    shown = {other for side in (links, back) for things in side.values() for other in things[:EACH]}
    known = _known(dataset, {thing, *shown}, spoken)
    itself = known[str(thing)]
    return Around(
        str(thing),
        itself.label,
        itself.kind,
        tuple(sorted(set(said))),
        tuple(_linked(links, known, spoken)),
        tuple(_linked(back, known, spoken)),
    )


def _by_property(rows: Iterable[Any]) -> Mapping[str, list[URIRef]]:
    """What the ontology's own properties lead to, in the order of the IRIs; those of other vocabularies
    repeat them."""
    by: dict[str, list[URIRef]] = defaultdict(list)
    for term, other in rows:
        if isinstance(other, URIRef) and str(term).startswith(NAMESPACE):
            by[str(term)].append(other)
    return {term: sorted(things) for term, things in by.items()}


def _linked(links: Mapping[str, Sequence[URIRef]], known: Mapping[str, Neighbour], spoken: Language) -> Iterator[Link]:
    """The fewest first; of many only the first are named."""
    for term, things in sorted(links.items(), key=lambda pair: len(pair[1])):
        named = sorted((known[str(thing)] for thing in things[:EACH]), key=lambda n: n.label)
        yield Link(_short(term), _term(term, spoken), tuple(named), max(0, len(things) - EACH))


def _known(dataset: Dataset, things: set[URIRef], spoken: Language) -> dict[str, Neighbour]:
    """What the things are called and of what class they are."""
    names: dict[str, tuple[int, str]] = {}
    kinds: dict[str, str] = {}
    values = " ".join(t.n3() for t in things)
    query = f"SELECT ?it ?p ?o {{ VALUES ?it {{ {values} }} ?it ?p ?o FILTER(isLiteral(?o) || ?p = rdf:type) }}"
    for it, p, o in dataset.query(query, initNs={**PREFIXES, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}):  # type: ignore[misc]
        name = str(p).removeprefix(NAMESPACE)
        if isinstance(o, URIRef) and str(o).startswith(NAMESPACE) and str(o) != f"{NAMESPACE}Fact":
            kinds[str(it)] = str(o).removeprefix(NAMESPACE)
        elif name in _NAMES and _NAMES.index(name) < names.get(str(it), (len(_NAMES), ""))[0]:
            names[str(it)] = (_NAMES.index(name), str(o))
        elif str(p).endswith("prefLabel") and isinstance(o, Literal) and o.language == spoken.code:
            names[str(it)] = (-1, str(o))
    said = {iri: " ".join(name.split()) for iri, (_, name) in names.items()}
    classes = {str(t): spoken.term(kinds.get(str(t), "")) for t in things}
    return {iri: Neighbour(iri, said.get(iri) or _nameless(iri, kind), kind) for iri, kind in classes.items()}


def _nameless(iri: str, kind: str) -> str:
    """What shows a thing without a name: its class and the end of its IRI."""
    return f"{kind} {iri.rpartition('/')[2][-12:]}" if kind else _short(iri)


def _speaks(literal: Literal, spoken: Language) -> bool:
    return literal.language in (None, spoken.code)


def _term(iri: str, spoken: Language) -> str:
    return spoken.term(iri.removeprefix(NAMESPACE)) if iri.startswith(NAMESPACE) else _short(iri)


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix("https://w3id.org/jixiao/")


def drawn(found: Around) -> Picture:
    """What leads to the thing on the left, what it leads to on the right, row under row."""
    sides = [list(_rows(links)) for links in (found.into, found.out)]
    height = max((rows[-1][0] + _ROW for rows in sides if rows), default=_ROW) + 2 * _SIDE
    height = max(height, 80.0)
    middle = height / 2
    centre = _SIDE + (_NODE + _ACROSS if sides[0] else 0)
    nodes = [Drawn(centre, middle - 20, Neighbour(found.iri, found.label, found.kind), _cut(found.label))]
    lines: list[Line] = []
    for left, rows in zip((True, False), sides, strict=True):
        span = rows[-1][0] + _ROW if rows else 0
        x = _SIDE if left else centre + _NODE + _ACROSS
        for at, thing, label, more in rows:
            y = at + (height - span) / 2
            text = _cut(thing.label) if thing.iri else f"+{more}"
            nodes.append(Drawn(x, y, thing, text))
            a, b = (x + _NODE, centre) if left else (centre + _NODE, x)
            y1, y2 = (y + 12, middle) if left else (middle, y + 12)
            half = (a + b) / 2
            lines.append(
                Line(
                    f"M{a} {y1:.0f}C{half} {y1:.0f} {half} {y2:.0f} {b} {y2:.0f}",
                    a + 8 if left else b - 8,
                    y + 8,
                    label,
                    "start" if left else "end",
                )
            )
    width = centre + _NODE + (_ACROSS + _NODE if sides[1] else 0) + _SIDE
    return Picture(tuple(nodes), tuple(lines), width, height)


def _rows(links: Sequence[Link]) -> Iterator[tuple[float, Neighbour, str, int]]:
    """Where each neighbour stands, with the property where its first stands, and a row for the rest."""
    y, count = float(_SIDE), 0
    for link in links:
        if count >= DRAWN:
            return
        shown = [*link.things, *([Neighbour("", "", "")] if link.more else [])]
        for at, thing in enumerate(shown):
            yield y, thing, link.label if at == 0 else "", link.more
            y += _ROW
            count += 1
        y += _GAP


def _cut(text: str) -> str:
    """As much of `text` as its box has room for."""
    width = 0
    for at, character in enumerate(text):
        width += 2 if east_asian_width(character) in "WF" else 1
        if width > _LONG:
            return f"{text[: at - 1]}…"
    return text
