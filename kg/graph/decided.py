"""What people decided about findings, in the graph: one named graph, made anew from the decisions on file
whenever a generation is published, so that SPARQL can ask for a status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from rdflib import PROV, RDF, RDFS, XSD, Dataset, Literal, URIRef, Variable

from kg.decisions import OPEN, STALE, Decision, standing
from kg.findings import Filters, briefs, chosen
from kg.graph import iris
from kg.graph.dataset import PREFIXES, remove_graph, replace_graph
from kg.graph.iris import BASE
from kg.graph.record import Triple
from kg.graph.statements import literal
from ontology.terms import JX

_NAMED = "SELECT DISTINCT ?finding { ?finding a jx:Finding ; jx:evidenceKey ?key }"


def decide(dataset: Dataset, taken: Sequence[Decision], base: str = BASE) -> None:
    """Write all decisions and the status of every finding that one stands for."""
    graph = URIRef(f"{base}decisions")
    remove_graph(dataset, graph)  # before the findings are asked for: it names them too
    if taken:
        about = _about(dataset, {decision.key for decision in taken})
        statuses = [*_decided(taken, about), *_stale(dataset, taken, about)]
        replace_graph(dataset, graph, [*_triples(taken, about, base), *statuses])


def _about(dataset: Dataset, keys: Iterable[str]) -> Mapping[str, list[URIRef]]:
    """The findings that each key names."""
    found: dict[str, list[URIRef]] = {key: [] for key in keys}
    for key, named in found.items():
        rows = dataset.query(_NAMED.replace("?key", literal(key).n3()), initNs=PREFIXES)
        named.extend(URIRef(str(row[Variable("finding")])) for row in rows.bindings)
    return found


def _triples(taken: Sequence[Decision], about: Mapping[str, list[URIRef]], base: str) -> Iterator[Triple]:
    before: dict[str, URIRef] = {}
    for decision in sorted(taken, key=lambda one: one.at):
        iri = _iri(decision, base)
        agent = URIRef(f"{base}person/{iris.segment(decision.by)}")
        yield iri, RDF.type, JX.Decision
        yield iri, JX.evidenceKey, literal(decision.key)
        yield iri, JX.status, literal(decision.status)
        yield iri, RDFS.label, Literal(decision.explanation, lang="zh")  # also of a finding that is gone
        yield iri, PROV.generatedAtTime, Literal(decision.at, datatype=XSD.dateTime, normalize=False)
        yield iri, PROV.wasAttributedTo, agent
        yield agent, RDF.type, PROV.Person
        yield agent, JX.name, literal(decision.by)
        if decision.reason:
            yield iri, JX.reason, literal(decision.reason)
        for finding in about[decision.key]:
            yield iri, JX.decides, finding
        if decision.key in before:
            yield iri, PROV.wasRevisionOf, before[decision.key]
        before[decision.key] = iri


def _decided(taken: Sequence[Decision], about: Mapping[str, list[URIRef]]) -> Iterator[Triple]:
    for key, decision in standing(taken).by_key.items():
        if decision.status != OPEN:
            yield from ((finding, JX.status, literal(decision.status)) for finding in about[key])


def _stale(dataset: Dataset, taken: Sequence[Decision], about: Mapping[str, list[URIRef]]) -> Iterator[Triple]:
    """The findings whose numbers changed after the decision. Looked for only where a decision has lost
    its finding."""
    if all(about.values()):
        return
    stale = dict.fromkeys(one.key for one in chosen(briefs(dataset, {}, taken), Filters(status=STALE)))
    for found in _about(dataset, stale).values():
        yield from ((finding, JX.status, literal(STALE)) for finding in found)


def _iri(decision: Decision, base: str) -> URIRef:
    told = f"{decision.key} {decision.status} {decision.by} {decision.at} {decision.reason}"
    return URIRef(f"{base}decision/{sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}")
