"""The shapes of shapes.ttl as tests in memory: whether triples satisfy every one of them for certain.

Nearly every report does, and pyshacl takes a third of the time of a build to find that out. These tests
take a tenth of that, but only ever say yes: of what they cannot prove (a value of an odd type, a
constraint that they do not know) pyshacl has the word, and it alone says what is wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.loader import HERE

Triple = tuple[Node, Node, Node]
_Said = Mapping[Node, set[Node]]  # what is said of one node: the values of each property
_Test = Callable[[set[Node], _Said], bool]  # of a property's values, and of all that is said of their node
_NOT_TESTS = frozenset({RDF.type, SH.targetClass, SH.path, SH.message})
_NUMBERS = (XSD.integer, XSD.decimal)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Each node of `classes` passes all `tests`, made on its values of the properties in `paths`."""

    classes: tuple[Node, ...]
    paths: tuple[Node, ...]
    tests: tuple[_Test, ...]

    def admits(self, said: _Said) -> bool:
        values = said.get(self.paths[0], set()) if len(self.paths) == 1 else self._gathered(said)
        return all(test(values, said) for test in self.tests)

    def _gathered(self, said: _Said) -> set[Node]:
        return {value for path in self.paths for value in said.get(path, ())}


def sound(triples: Iterable[Triple]) -> bool:
    """Whether `triples` satisfy every shape for certain; what is not sound may still conform."""
    said: dict[Node, dict[Node, set[Node]]] = defaultdict(lambda: defaultdict(set))
    for subject, term, value in triples:
        said[subject][term].add(value)
    shapes = _by_class()
    for about in said.values():
        if RDFS.subClassOf in about:  # then the nodes of a class are more than those that say so
            return False
        for of in about.get(RDF.type, ()):
            if not all(shape.admits(about) for shape in shapes.get(of, ())):
                return False
    return True


@cache
def _by_class() -> Mapping[Node, Sequence[_Shape]]:
    graph = Graph().parse(HERE / "shapes.ttl")
    found: Mapping[Node, list[_Shape]] = defaultdict(list)
    for node in graph.subjects(RDF.type, SH.PropertyShape):
        shape = _read(graph, node)
        for of in shape.classes:
            found[of].append(shape)
    return found


def _read(graph: Graph, shape: Node) -> _Shape:
    path = graph.value(shape, SH.path)
    alternatives = graph.value(path, SH.alternativePath)
    paths = (path,) if isinstance(path, URIRef) else tuple(Collection(graph, alternatives)) if alternatives else ()
    given = [(term, value) for term, value in graph.predicate_objects(shape) if term not in _NOT_TESTS]
    tests = tuple(_test(graph, term, value) for term, value in given) if paths else (_never,)
    return _Shape(tuple(graph.objects(shape, SH.targetClass)), paths or (RDF.type,), tests)


def _never(values: set[Node], said: _Said) -> bool:
    """What no test proves."""
    return False


def _test(graph: Graph, constraint: Node, given: Node) -> _Test:
    """The test for one constraint component of SHACL with the parameter `given`."""
    if constraint == SH.lessThan:
        return lambda values, said: all(_less(value, other) for value in values for other in said.get(given, ()))
    if constraint == SH["in"]:
        allowed = set(Collection(graph, given))
        return lambda values, said: values <= allowed
    if constraint == SH.nodeKind and given == SH.IRI:
        return lambda values, said: all(isinstance(value, URIRef) for value in values)
    if constraint == SH.datatype:
        return lambda values, said: all(_is(value, given) for value in values)
    if not isinstance(given, Literal) or (made := _MADE.get(constraint)) is None:
        return _never
    return made(given.value)


def _each(test: Callable[[Any, Any], bool], of: Callable[[Node], Any]) -> Callable[[Any], _Test]:
    """The test that holds what `of` makes of every value against the parameter; None passes none."""

    def made(given: Any) -> _Test:
        def passes(values: set[Node], said: _Said) -> bool:
            return all((own := of(value)) is not None and test(own, given) for value in values)

        return passes

    return made


def _number(value: Node) -> Any:
    return value.value if isinstance(value, Literal) and value.datatype in _NUMBERS else None


def _words(value: Node) -> str | None:
    return str(value) if isinstance(value, Literal) else None


_MADE: Mapping[Node, Callable[[Any], _Test]] = {
    SH.minCount: lambda least: lambda values, said: len(values) >= least,
    SH.maxCount: lambda most: lambda values, said: len(values) <= most,
    SH.minLength: _each(lambda words, least: len(words) >= least, _words),
    SH.maxLength: _each(lambda words, most: len(words) <= most, _words),
    SH.pattern: _each(lambda words, pattern: bool(re.search(pattern, words)), _words),
    SH.minInclusive: _each(lambda number, least: bool(number >= least), _number),
    SH.maxInclusive: _each(lambda number, most: bool(number <= most), _number),
    SH.minExclusive: _each(lambda number, least: bool(number > least), _number),
}


def _less(value: Node, other: Node) -> bool:
    one, two = _number(value), _number(other)
    return one is not None and two is not None and bool(one < two)


def _is(value: Node, datatype: Node) -> bool:
    if not isinstance(value, Literal) or value.language or value.ill_typed:
        return False
    return (value.datatype or XSD.string) == datatype
