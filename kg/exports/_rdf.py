"""Facts as RDF, report by report: what the graph says of them, without passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from types import MappingProxyType

from rdflib import RDF, Graph

from kg.derived import derive
from kg.facts import Fact
from kg.graph.dataset import PREFIXES
from kg.graph.entities import entities
from kg.graph.iris import report_iri
from kg.graph.record import said
from kg.graph.statements import literal
from ontology.terms import JX

NONE: Mapping[str, str] = MappingProxyType({})


def graphs(facts: Iterable[Fact], digests: Mapping[str, str] = NONE) -> Iterator[Graph]:
    """One graph for each run of facts of one report."""
    for name, run in groupby(facts, key=lambda fact: fact.evidence.report):
        own = tuple(run)
        report = report_iri(digests.get(name) or sha256(name.encode()).hexdigest())
        graph = Graph()
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        graph.add((report, RDF.type, JX.Report))
        graph.add((report, JX.fileName, literal(name)))
        for triple in said(entities(report, own), own, tuple(derive(own))):
            graph.add(triple)
        yield graph
