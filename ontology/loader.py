"""The vocabulary, read once: concepts by scheme, with their labels, aliases and hierarchy.

A scheme is one Turtle file in `ontology/vocabulary/`; its concepts are SKOS: `prefLabel`
and `altLabel` in zh and en, `hiddenLabel` for spellings that are read but never shown
(slips, OCR, old forms), `notation` for codes, `broader`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

HERE = Path(__file__).parent
NAMESPACE = "https://w3id.org/jixiao/ontology#"
VOCABULARY = "https://w3id.org/jixiao/vocabulary/"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Concept:
    """One word of the domain: `label` is the canonical Chinese one, `aliases` all other Chinese
    spellings (alternative and hidden), `broader` the IRI of the wider concept."""

    iri: str
    label: str
    label_en: str = ""
    aliases: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    notation: str = ""
    broader: str = ""
    definition: str = ""


def schemes() -> tuple[str, ...]:
    """The names of all schemes, sorted."""
    return tuple(sorted(path.stem for path in (HERE / "vocabulary").glob("*.ttl")))


@cache
def scheme(name: str) -> Mapping[str, Concept]:
    """The concepts of one scheme by canonical Chinese label, in file order. KeyError where there is none."""
    path = HERE / "vocabulary" / f"{name}.ttl"
    if not path.is_file():
        raise KeyError(f"no scheme {name}")
    said: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(path.read_bytes(), RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and quad.predicate.value.startswith(_SKOS):
            word = quad.predicate.value.removeprefix(_SKOS)
            language = (quad.object.language or "") if isinstance(quad.object, Literal) else ""
            if isinstance(quad.object, Literal | NamedNode) and not isinstance(quad.object, BlankNode):
                said[quad.subject.value][word, language].append(quad.object.value)
    return MappingProxyType(
        {
            words["prefLabel", "zh"][0]: _concept(iri, words)
            for iri, words in said.items()
            if ("inScheme", "") in words and ("prefLabel", "zh") in words
        }
    )


def _concept(iri: str, words: Mapping[tuple[str, str], list[str]]) -> Concept:
    def first(word: str, language: str = "") -> str:
        return next(iter(words.get((word, language), ())), "")

    return Concept(
        iri=iri,
        label=first("prefLabel", "zh"),
        label_en=first("prefLabel", "en"),
        aliases=tuple(words.get(("altLabel", "zh"), [])) + tuple(words.get(("hiddenLabel", "zh"), [])),
        aliases_en=tuple(words.get(("altLabel", "en"), [])),
        notation=first("notation"),
        broader=first("broader"),
        definition=first("definition", "zh"),
    )


@cache
def spellings(name: str) -> Mapping[str, str]:
    """Every Chinese spelling in a scheme → the canonical label; longest spellings first, so that a
    pattern built from the keys in order prefers the fuller word."""
    pairs = {spelling: c.label for c in scheme(name).values() for spelling in (*c.aliases, c.label)}
    return MappingProxyType(dict(sorted(pairs.items(), key=lambda pair: -len(pair[0]))))


@cache
def concept_iris(*names: str) -> Mapping[str, str]:
    """Every canonical Chinese label in these schemes → its concept's IRI; the first scheme wins."""
    return MappingProxyType({c.label: c.iri for name in reversed(names) for c in scheme(name).values()})


@cache
def labels(language: str = "zh") -> Mapping[str, str]:
    """What the terms of the ontology are called in one language, by their names (valueYuan → 金额（元）)."""
    return MappingProxyType(
        {
            quad.subject.value.removeprefix(NAMESPACE): quad.object.value
            for quad in parse((HERE / "ontology.ttl").read_bytes(), RdfFormat.TURTLE)
            if quad.predicate.value == _LABEL
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, Literal)
            and quad.object.language == language
        }
    )


_CHOICES = ("summarises", "orElse")


@cache
def summaries() -> Mapping[str, tuple[str, ...]]:
    """Direct properties by their name in the ontology (totalExpenditure) → the measures or dimension
    that give their value, as canonical labels, first choice first."""
    concepts = {c.iri: c.label for name in schemes() for c in scheme(name).values()}
    chosen: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in parse((HERE / "ontology.ttl").read_bytes(), RdfFormat.TURTLE):
        word = quad.predicate.value.removeprefix(NAMESPACE)
        if word in _CHOICES and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            chosen[quad.subject.value.removeprefix(NAMESPACE)][word] = concepts[quad.object.value]
    return MappingProxyType({name: tuple(by[word] for word in _CHOICES if word in by) for name, by in chosen.items()})


def widest(name: str, spelling: str) -> str:
    """The canonical label of the widest concept that `spelling` falls under (资金使用率 → 预算执行率);
    `spelling` itself where the scheme does not have it."""
    label = spellings(name).get(spelling)
    if label is None:
        return spelling
    by_iri = {concept.iri: concept for concept in scheme(name).values()}
    concept = scheme(name)[label]
    while concept.broader in by_iri:
        concept = by_iri[concept.broader]
    return concept.label
