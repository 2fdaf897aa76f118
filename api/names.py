"""The names of things that a reader may mean by a few characters: departments, projects, units, measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from api.remembered import asked, remembered
from kg.graph.iris import folded
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


def known(collection: Collection) -> None:
    """Read every name once, so that who first asks for one need not wait."""
    for kind in ("Department", "Project", "Unit"):
        _known(collection, kind)
    asked(collection, _MINTED)


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


@dataclass(frozen=True, slots=True)
class _Called:
    """A thing by one of its spellings, which is also kept as it is compared."""

    iri: str
    name: str
    spelling: str
    of: str
    compared: str


def _departments(collection: Collection, needle: str) -> Found:
    near = _near(needle, (called.name for called in _known(collection, "Department")))
    return (
        (called.iri, called.name, called.spelling, called.of)
        for called in _known(collection, "Department")
        if needle in called.compared or called.name in near
    )


def _things(kind: str) -> Callable[[Collection, str], Found]:
    def of(collection: Collection, needle: str) -> Found:
        known = (called for called in _known(collection, kind) if needle in called.compared)
        return ((called.iri, called.name, called.spelling, called.of) for called in islice(known, LOOKED))

    return of


def _known(collection: Collection, kind: str) -> Sequence[_Called]:
    """Every thing of a class with its spellings, read once a generation."""
    return remembered(collection, f"names of {kind}", lambda: tuple(_called(collection, kind)))


def _called(collection: Collection, kind: str) -> Iterator[_Called]:
    owner = "OPTIONAL { ?it jx:department/jx:name ?of }" if kind == "Project" else ""
    names = "{ ?it jx:name ?said } UNION { ?it jx:alias ?said }" if kind == "Department" else "BIND(?name AS ?said)"
    query = f"SELECT DISTINCT ?it ?name ?said ?of {{ ?it a jx:{kind} ; jx:name ?name . {names} {owner} }}"
    for iri, name, spelling, of in asked(collection, query):
        yield _Called(iri, name, spelling, of, folded(spelling))
    collection.memory.pop(query, None)  # the names are kept; what they were read from need not be


def _near(needle: str, names: Iterable[str]) -> list[str]:
    """The names that hold the words, or most of whose characters are in them."""
    characters = set(needle)
    found = [n for n in names if needle in folded(n) or len(characters & set(n)) * 3 >= 2 * len(characters)]
    return sorted(found, key=lambda n: -_score(needle, folded(n)))[:100]


def _measures(collection: Collection, needle: str) -> Found:
    """The vocabulary's measures by any of their spellings, and those that only reports name."""
    for scheme in ("measures", "derived-measures", "staffing-measures"):
        for concept in loader.scheme(scheme).values():
            for spelling in filter(None, (concept.label, *concept.aliases, concept.label_en, *concept.aliases_en)):
                if needle.lower() in spelling.lower() or folded(spelling) in needle:
                    yield concept.iri, concept.label, spelling, concept.definition
    for iri, name in asked(collection, _MINTED):
        if needle in folded(name):
            yield iri, name, name, ""


MINTED = "https://w3id.org/jixiao/id/measure/"
_MINTED = f"""SELECT DISTINCT ?it ?label {{
  ?it a skos:Concept ; skos:prefLabel ?label FILTER(STRSTARTS(STR(?it), "{MINTED}"))
}}"""
KINDS: Mapping[str, Callable[[Collection, str], Found]] = {
    "department": _departments,
    "project": _things("Project"),
    "unit": _things("Unit"),
    "measure": _measures,
}
"""What can be suggested, by kind."""
