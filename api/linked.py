"""Linked data: what the graph says of one thing, and in which form whoever asks prefers it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from pyoxigraph import NamedNode
from rdflib import DCTERMS, RDF, VOID, XSD, Graph, Literal, URIRef

from kg.errors import JixiaoError
from kg.graph.dataset import PREFIXES
from kg.graph.iris import BASE, segment
from ontology.terms import JX
from search.collection import Collection

FORMATS = {
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdfxml": "application/rdf+xml",
}
"""The forms in which a thing is told to programs, the usual one first."""
_RDFLIB = {"rdfxml": "xml"}
_SPELT = {"application/json": "jsonld", "application/xml": "rdfxml", "text/n3": "turtle", "text/plain": "nt"}
MOST = 10_000  # statements about one thing
CONTEXT = {"@vocab": str(JX)} | {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix != "jx"}
"""The words of the JSON-LD: always inside the document, never fetched."""
_UNSAFE = re.compile(r"[<>\"{}|^`\\\x00-\x20]")


def preferred(accept: str, format: str | None = None) -> str:
    """`html` or a name in FORMATS: the one named, else the best liked by the Accept header."""
    if format:
        if format not in (*FORMATS, "html"):
            raise JixiaoError("unknown-format", f"没有 {format[:40]} 格式；可用：{'、'.join((*FORMATS, 'html'))}")
        return format
    known = {media: name for name, media in FORMATS.items()} | _SPELT | {"text/html": "html"}
    best, weight = "turtle", 0.0
    for item in accept.split(","):
        media, *parameters = (part.strip().lower() for part in item.split(";"))
        given = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        liked = float(given) if re.fullmatch(r"[01](\.\d{0,3})?", given) else 0.0
        if media in known and liked > weight:
            best, weight = known[media], liked
    return best


def thing(collection: Collection, path: str) -> tuple[URIRef, Graph]:
    """The thing at `/id/<path>` and what is said of it. JixiaoError `no-such-thing`."""
    for iri in _iris(path):
        graph = _about(collection, iri)
        if len(graph):
            return iri, graph
    raise JixiaoError("no-such-thing", "图里没有这个东西", place=path[:300])


def _iris(path: str) -> Iterator[URIRef]:
    """What the address may stand for: browsers and servers unescape what an IRI has escaped."""
    for tried in dict.fromkeys((path, "/".join(map(_step, path.split("/"))))):
        if is_iri(BASE + tried):
            yield URIRef(BASE + tried)


def is_iri(text: str) -> bool:
    """Whether it may be asked for: an absolute IRI with nothing in it that none may hold."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return not _UNSAFE.search(text)


def _step(step: str) -> str:
    return step if re.fullmatch(r"[\w.-]*", step, re.ASCII) else segment(step)


def _about(collection: Collection, iri: URIRef) -> Graph:
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    rows = collection.dataset.query(f"SELECT ?p ?o {{ {iri.n3()} ?p ?o }} LIMIT {MOST}")
    for term, value in rows:  # type: ignore[misc]
        graph.add((iri, term, value))
    return graph


def written(graph: Graph, format: str) -> bytes:
    """The graph in one of FORMATS; a JSON-LD document has its context inside."""
    if format == "jsonld":
        return bytes(graph.serialize(format="json-ld", encoding="utf-8", context=CONTEXT))
    return graph.serialize(format=_RDFLIB.get(format, format), encoding="utf-8")


def local(iri: str) -> str:
    """Where this service tells of `iri`: its own page for what is its own, else the IRI itself."""
    return f"/id/{quote(iri.removeprefix(BASE), safe='/%')}" if iri.startswith(BASE) else iri


def void(collection: Collection, address: str) -> Graph:
    """What the data set is (VoID): its vocabularies, where to ask it, what an IRI of it looks like;
    `address` is that of this service."""
    iri = URIRef(f"{BASE}dataset")
    graph = _about(collection, iri)
    graph.bind("void", VOID)
    graph.bind("dcterms", DCTERMS)
    entries = sorted(collection.generation.entries.values(), key=lambda entry: entry.name)
    graph.add((iri, RDF.type, VOID.Dataset))
    graph.add((iri, VOID.sparqlEndpoint, URIRef(f"{address}/sparql")))
    graph.add((iri, VOID.uriLookupEndpoint, URIRef(f"{address}/api/v1/suggest?q=")))
    graph.add((iri, VOID.documents, Literal(str(len(entries)), datatype=XSD.integer)))
    for entry in entries[:1]:
        graph.add((iri, VOID.exampleResource, URIRef(entry.iri)))
    return graph


def statements(graph: Graph, iri: URIRef, most: int = 500) -> Sequence[tuple[str, str, str]]:
    """What a page shows: property, value, and where the value leads (empty for words)."""
    rows = []
    for term, value in sorted(graph.predicate_objects(iri)):
        leads = local(str(value)) if isinstance(value, URIRef) else ""
        rows.append((str(term), str(value), leads))
    return rows[:most]
