"""The names of things that a reader may mean by a few characters: departments, projects, units, measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.graph.iris import folded
from kg.graph.statements import literal
from ontology import loader
from search.collection import Collection

LOOKED = 2000  # names that are compared, at most


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its name; `alias` is the spelling that fits better than the name; `score` is from 0
    to 1, which only the very name reaches."""

    iri: str
    name: str
    kind: str
    score: float
    alias: str = ""
    description: str = ""


def suggest(collection: Collection, words: str, kind: str = "", most: int = 10) -> list[Named]:
    """The things whose names hold `words`, best first: those of one kind (department, project, unit,
    measure) or of all."""
    needle = folded(words)
    if not needle:
        return []
    kinds = [kind] if kind else list(KINDS)
    best: dict[str, Named] = {}
    for each in kinds:
        for iri, name, spelling, description in KINDS[each](collection, needle):
            named = Named(iri, name, each, _score(needle, folded(spelling)), _other(spelling, name), description)
            if iri not in best or named.score > best[iri].score:
                best[iri] = named
    return sorted(best.values(), key=lambda n: (-n.score, len(n.name), n.name, n.iri))[:most]


def _score(needle: str, name: str) -> float:
    """The very name 1; what begins or holds the words by how much of it they are; else by likeness."""
    if needle == name:
        return 1.0
    share = len(needle) / max(len(name), 1)
    if name.startswith(needle) or name.endswith(needle):
        return round(0.6 + 0.35 * min(share, 1.0), 4)
    if needle in name:
        return round(0.5 + 0.35 * min(share, 1.0), 4)
    return round(0.6 * SequenceMatcher(None, needle, name, autojunk=False).ratio(), 4)


def _other(spelling: str, name: str) -> str:
    return "" if spelling == name else spelling


Found = Iterator[tuple[str, str, str, str]]
"""IRI, name, the spelling that was found, what tells it from others of that name."""


def _departments(collection: Collection, needle: str) -> Found:
    names = (e.department for e in collection.generation.entries.values() if e.department)
    near = _near(needle, dict.fromkeys(names))
    if near:
        values = " ".join(literal(name).n3() for name in near)
        yield from _asked(collection, f"VALUES ?name {{ {values} }} ?it jx:name ?name ; a jx:Department .")
    yield from _asked(collection, f"?it a jx:Department ; jx:name ?name ; jx:alias ?alias . {_holds('alias', needle)}")


def _near(needle: str, names: Iterable[str]) -> list[str]:
    """The names that hold the words, or most of whose characters are in them."""
    characters = set(needle)
    found = [n for n in names if needle in folded(n) or len(characters & set(n)) * 3 >= 2 * len(characters)]
    return sorted(found, key=lambda n: -_score(needle, folded(n)))[:100]


def _things(kind: str) -> Callable[[Collection, str], Found]:
    def of(collection: Collection, needle: str) -> Found:
        return _asked(collection, f"?it a jx:{kind} ; jx:name ?name . {_holds('name', needle)}")

    return of


def _holds(variable: str, needle: str) -> str:
    return f"FILTER(CONTAINS(?{variable}, {literal(needle).n3()}))"


def _asked(collection: Collection, pattern: str) -> Found:
    described = "OPTIONAL { ?it jx:department/jx:name ?of }" if "jx:Project" in pattern else ""
    alias = "?alias" if "?alias" in pattern else "(?name AS ?alias)"
    query = f"SELECT DISTINCT ?it ?name {alias} ?of {{ {pattern} {described} }} LIMIT {LOOKED}"
    for it, name, spelling, of in collection.dataset.query(query):  # type: ignore[misc]
        yield str(it), str(name), str(spelling), str(of or "")


def _measures(collection: Collection, needle: str) -> Found:
    """The vocabulary's measures by any of their spellings, and those that only reports name."""
    for scheme in ("measures", "derived-measures", "staffing-measures"):
        for concept in loader.scheme(scheme).values():
            for spelling in filter(None, (concept.label, *concept.aliases, concept.label_en, *concept.aliases_en)):
                if needle.lower() in spelling.lower() or folded(spelling) in needle:
                    yield concept.iri, concept.label, spelling, concept.definition
    minted = f"?it a skos:Concept ; skos:prefLabel ?label . BIND(STR(?label) AS ?name) {_holds('name', needle)}"
    yield from _asked(collection, f"{minted} FILTER(STRSTARTS(STR(?it), '{MINTED}'))")


MINTED = "https://w3id.org/jixiao/id/measure/"
KINDS: Mapping[str, Callable[[Collection, str], Found]] = {
    "department": _departments,
    "project": _things("Project"),
    "unit": _things("Unit"),
    "measure": _measures,
}
"""What can be suggested, by kind."""
