"""The ontology as a page and a picture: classes, properties, the words that values come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import OWL, RDF, RDFS, SDO, SKOS, Graph, URIRef
from rdflib.term import Literal, Node

from api.pages.language import chosen
from api.pages.rendering import page
from ontology import loader
from ontology.loader import HERE, NAMESPACE, summaries
from ontology.terms import JX

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Property:
    """`values` are classes, datatypes or, in brackets, the scheme that the values come from."""

    name: str
    label: str
    definition: str
    values: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Class:
    name: str
    label: str
    definition: str
    above: tuple[str, ...]
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    name: str
    label: str
    definition: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the picture: the first class gives its name, the others stand in it."""

    x: int
    y: int
    height: int
    classes: tuple[tuple[str, str], ...]
    width: int = 176


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line of the picture with the properties that it stands for."""

    path: str
    x: int
    y: int
    labels: tuple[str, ...]
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Picture:
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


@router.get("/ontology")
def ontology(request: Request) -> HTMLResponse:
    language = chosen(request).code
    return page(
        request,
        "ontology.html",
        namespace=NAMESPACE,
        classes=classes(language),
        direct=direct(language),
        schemes=schemes(language),
        picture=picture(language),
    )


@cache
def _turtle() -> Graph:
    return Graph().parse(HERE / "ontology.ttl")


@cache
def classes(language: str) -> tuple[Class, ...]:
    """Every class with the properties that its things have of their own."""
    turtle = _turtle()
    own: Mapping[Node, list[Property]] = defaultdict(list)
    for term in _terms(OWL.ObjectProperty, OWL.DatatypeProperty):
        for of in turtle.objects(term, SDO.domainIncludes):
            own[of].append(_property(term, language))
    return tuple(
        Class(
            _name(term),
            _said(term, RDFS.label, language),
            _said(term, SKOS.definition, language),
            tuple(sorted(_short(above) for above in turtle.objects(term, RDFS.subClassOf))),
            tuple(own[term]),
        )
        for term in _terms(OWL.Class)
    )


@cache
def direct(language: str) -> tuple[Property, ...]:
    """The properties that stand on the department, one step from it."""
    turtle = _turtle()
    found = (term for term in _terms(OWL.DatatypeProperty) if (term, RDFS.domain, JX.Department) in turtle)
    return tuple(_property(term, language) for term in found)


@cache
def schemes(language: str) -> tuple[Scheme, ...]:
    """The schemes whose words are values in the graph."""
    found = []
    for itself in sorted(set(_turtle().objects(None, JX.valuesFrom)), key=str):
        name = str(itself).rsplit("/", 1)[-1]
        said = {
            quad.predicate.value: quad.object.value
            for quad in parse((HERE / "vocabulary" / f"{name}.ttl").read_bytes(), RdfFormat.TURTLE)
            if quad.subject == NamedNode(str(itself)) and getattr(quad.object, "language", "") == language
        }
        concepts = tuple((c.label, c.label_en) for c in loader.scheme(name).values())
        label, definition = (said.get(str(term), "") for term in (SKOS.prefLabel, SKOS.definition))
        found.append(Scheme(name, label or name, definition, concepts))
    return tuple(found)


def _property(term: URIRef, language: str) -> Property:
    turtle = _turtle()
    ranges = {*turtle.objects(term, RDFS.range), *turtle.objects(term, SDO.rangeIncludes)}
    return Property(
        _name(term),
        _said(term, RDFS.label, language),
        _said(term, SKOS.definition, language),
        tuple(sorted(map(_short, ranges))),
        tuple(sorted(str(o).rsplit("/", 1)[-1] for o in turtle.objects(term, JX.valuesFrom))),
        summaries().get(_name(term), ()),
    )


# ── the picture: who on the left, what is said in the middle, what proves it on the right ──
_COLUMNS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("Region",), ("Subject", "Department", "Unit", "Project"), ("DerivedValue",)),
    (
        ("Report",),
        (
            "Fact",
            "Description",
            "Staffing",
            "Duty",
            "Amount",
            "Rate",
            "Indicator",
            "Score",
            "Quantity",
            "Problem",
            "Improvement",
            "Person",
            "Finding",
        ),
    ),
    (("Passage",), ("Evidence",)),
)
_ARROWS = (
    ("Subject", "Region", ("province",)),
    ("Report", "Subject", ("department",)),
    ("Fact", "Subject", ("subject", "describes")),
    ("Fact", "Report", ("inReport",)),
    ("Fact", "Evidence", ("evidence",)),
    ("Passage", "Fact", ("states",)),
    ("Passage", "Report", ("inReport",)),
    ("DerivedValue", "Subject", ("subject",)),
)
_WIDTH, _ACROSS, _LINE, _HEAD, _DOWN = 176, 150, 19, 28, 56


@cache
def picture(language: str) -> Picture:
    """The classes in boxes, and the properties that lead from one to another."""
    labels = loader.labels(language)
    boxes: dict[str, Box] = {}
    for column, stacks in enumerate(_COLUMNS):
        y = 12
        for names in stacks:
            height = _HEAD + _LINE * (len(names) - 1) + (6 if len(names) > 1 else 0)
            boxes[names[0]] = Box(
                12 + column * (_WIDTH + _ACROSS), y, height, tuple((n, labels.get(n, n)) for n in names)
            )
            y += height + _DOWN
    arrows = tuple(_arrow(boxes[a], boxes[b], tuple(labels.get(n, n) for n in names)) for a, b, names in _ARROWS)
    return Picture(
        tuple(boxes.values()),
        arrows,
        max(b.x + b.width for b in boxes.values()) + 12,
        max(b.y + b.height for b in boxes.values()) + 12,
    )


def _arrow(one: Box, other: Box, labels: tuple[str, ...]) -> Arrow:
    """From box to box: straight up or down within a column, else from side to side."""
    if one.x == other.x:
        x = one.x + one.width // 2
        start, end = (one.y, other.y + other.height) if one.y > other.y else (one.y + one.height, other.y)
        return Arrow(f"M{x} {start}V{end}", x + 8, (start + end) // 2 + 4, labels, "start")
    left, right = (one, other) if one.x < other.x else (other, one)
    a = (left.x + left.width, left.y + min(left.height, _SIDE) // 2)
    b = (right.x, right.y + min(right.height, _SIDE) // 2)
    (x1, y1), (x2, y2) = (a, b) if left is one else (b, a)
    middle = (x1 + x2) // 2
    return Arrow(f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}", middle, (y1 + y2) // 2 - 6, labels)


_SIDE = 150  # where on the side of a tall box a line ends


def _terms(*kinds: URIRef) -> Iterator[URIRef]:
    """The terms of these kinds, in the order of their Python names."""
    for name in JX.__annotations__:
        if not name.startswith("_") and any((JX[name], RDF.type, kind) in _turtle() for kind in kinds):
            yield JX[name]


def _said(term: Node, property: URIRef, language: str) -> str:
    return next((str(o) for o in _turtle().objects(term, property) if _speaks(o, language)), "")


def _speaks(node: Node, language: str) -> bool:
    return isinstance(node, Literal) and node.language == language


def _name(term: Node) -> str:
    return str(term).removeprefix(NAMESPACE)


def _short(term: Node) -> str:
    text = str(term)
    if text.startswith(NAMESPACE):
        return f"jx:{_name(term)}"
    return next(
        (f"{prefix}:{text.removeprefix(ns)}" for prefix, ns in _turtle().namespaces() if text.startswith(ns)), text
    )
