"""Facts as RDF, report by report: what the graph says of them, without passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from types import MappingProxyType

from rdflib import RDF, Graph

from kg.derived import derive
from kg.exports._told import Told
from kg.facts import Fact
from kg.findings import Found
from kg.graph import across
from kg.graph.dataset import PREFIXES
from kg.graph.entities import entities
from kg.graph.iris import fact_iri, report_iri
from kg.graph.record import Triple, said
from kg.graph.statements import literal
from ontology.terms import JX

NONE: Mapping[str, str] = MappingProxyType({})


def graphs(told: Iterable[Told], digests: Mapping[str, str] = NONE) -> Iterator[Graph]:
    """One graph for each run of facts of one report, then one of what reports say together."""
    between: list[Found] = []
    for name, run in groupby(told, key=_report):
        whole = tuple(run)
        between += [one for one in whole if isinstance(one, Found) and one.between]
        own = tuple(_fact(one) for one in whole if not (isinstance(one, Found) and one.between))
        if own:
            report = report_iri(_digest(name, digests))
            yield _graph(
                [(report, RDF.type, JX.Report), (report, JX.fileName, literal(name))],
                said(entities(report, own), own, tuple(derive(own))),
                _decided([one for one in whole if isinstance(one, Found) and not one.between], digests),
            )
    if between:
        known = {place.report: _digest(place.report, digests) for one in between for place in one.places}
        yield _graph(across.said([one.finding for one in between], known), _decided(between, digests))


def _decided(found: Sequence[Found], digests: Mapping[str, str]) -> Iterator[Triple]:
    """What people decided; of an open finding nothing is said."""
    for one in found:
        if one.decision:
            finding = fact_iri(report_iri(_digest(_report(one), digests)), one.finding)
            yield finding, JX.status, literal(one.status)


def _graph(*parts: Iterable[Triple]) -> Graph:
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for part in parts:
        for triple in part:
            graph.add(triple)
    return graph


def _report(one: Told) -> str:
    return _fact(one).evidence.report


def _fact(one: Told) -> Fact:
    return one.finding if isinstance(one, Found) else one


def _digest(name: str, digests: Mapping[str, str]) -> str:
    return digests.get(name) or sha256(name.encode()).hexdigest()
