"""Reports in and out of a dataset: one named graph each, facts read back by SPARQL.

Whatever store keeps the dataset, only rdflib's own interface is used on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from operator import attrgetter
from typing import Any

import rdflib.plugins.sparql
from rdflib import DCAT, DCTERMS, OWL, PROV, RDF, SKOS, VOID, XSD, Dataset, Graph, Literal, URIRef

from kg.checks import Check, in_order, told
from kg.facts import Evidence, Fact, Finding
from kg.graph import iris
from kg.graph.iris import BASE
from kg.graph.record import CHECKED, Record, Triple, triples
from kg.graph.statements import Statement, Value, fact_of, literal, value_of
from kg.imprint import Box
from ontology.loader import HERE
from ontology.terms import JX, OA, ONTOLOGY

# No query may make rdflib's own engine read a file or an address that it names in FROM.
rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False

PREFIXES = {"jx": str(JX), "oa": str(OA), "prov": str(PROV), "skos": str(SKOS), "xsd": str(XSD)}
"""The prefixes that a query need not declare."""
VOCABULARY = URIRef("https://w3id.org/jixiao/vocabulary")


def bind(dataset: Dataset) -> Dataset:
    """Let queries on `dataset` use PREFIXES."""
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset


def add(dataset: Dataset, record: Record, base: str = BASE) -> URIRef:
    """Write one report, in place of what was there of it; its IRI."""
    report = record.iri(base)
    replace_graph(dataset, iris.graph_iri(report), triples(record, base))
    return report


def load(dataset: Dataset, reports: Mapping[URIRef, bytes]) -> None:
    """Write reports by their IRIs, each in N-Triples (`kg.graph.lines`), all together, in place of what
    was there of them."""
    graphs = {iris.graph_iri(report): written for report, written in reports.items()}
    for name in graphs:
        remove_graph(dataset, name)
    if graphs:
        dataset.store.load(graphs)  # type: ignore[attr-defined]


def remove(dataset: Dataset, report: str) -> None:
    """Take the report with this IRI out, with all that is known from it."""
    remove_graph(dataset, iris.graph_iri(report))


def replace_graph(dataset: Dataset, name: URIRef, content: Iterable[Triple]) -> None:
    """Make `content` all that the named graph holds."""
    remove_graph(dataset, name)
    graph = Graph(identifier=name)
    dataset.store.addN((s, p, o, graph) for s, p, o in content)


def remove_graph(dataset: Dataset, name: URIRef) -> None:
    """Drop the named graph; nothing happens where there is none."""
    dataset.store.remove_graph(Graph(identifier=name))


def ground(dataset: Dataset, base: str = BASE) -> None:
    """Write what is true of every collection: the ontology, the vocabulary that its values come
    from, and what the data set is, so that the graph explains itself. Done once for each version
    of the files."""
    ontology = Graph().parse(HERE / "ontology.ttl")
    schemes = sorted({str(scheme).rsplit("/", 1)[-1] for scheme in ontology.objects(None, JX.valuesFrom)})
    files = [HERE / "ontology.ttl", *(HERE / "vocabulary" / f"{name}.ttl" for name in schemes)]
    version = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    data = URIRef(f"{base}dataset")
    if dataset.query(f'ASK {{ {data.n3()} {OWL.versionInfo.n3()} "{version}" }}').askAnswer:
        return
    vocabulary = Graph()
    for file in files[1:]:
        vocabulary.parse(file)
    replace_graph(dataset, ONTOLOGY, ontology)  # type: ignore[arg-type]
    replace_graph(dataset, VOCABULARY, vocabulary)  # type: ignore[arg-type]
    replace_graph(dataset, data, _dataset(data, base, version))


def _dataset(data: URIRef, base: str, version: str) -> Iterator[Triple]:
    yield data, RDF.type, VOID.Dataset
    yield data, RDF.type, DCAT.Dataset
    yield data, DCTERMS.title, Literal("政府绩效报告知识图谱", lang="zh")
    yield data, DCTERMS.title, Literal("Knowledge graph of government performance reports", lang="en")
    yield data, OWL.versionInfo, Literal(version)
    yield data, VOID.uriSpace, Literal(base)
    for vocabulary in (JX, SKOS, PROV, OA):
        yield data, VOID.vocabulary, URIRef(str(vocabulary))


def select(dataset: Dataset, sparql: str) -> tuple[tuple[str, ...], Iterator[tuple[Value | None, ...]]]:
    """The variables of a SELECT query and its rows as plain values, read as they are asked for. A store
    that has a way of its own to give them (`select`) is asked so."""
    own = getattr(dataset.store, "select", None)
    if own:
        found: tuple[tuple[str, ...], Iterator[tuple[Value | None, ...]]] = own(sparql, PREFIXES)
        return found
    result = dataset.query(sparql, initNs=PREFIXES)
    rows = (tuple(None if term is None else value_of(term) for term in row) for row in result)  # type: ignore[union-attr]
    return tuple(map(str, result.vars or ())), rows


def report_iris(dataset: Dataset) -> list[str]:
    """The IRIs of all reports in the dataset, sorted."""
    return [iri for iri, _ in _reports(dataset, None)]


def facts_from(dataset: Dataset, report: str | None = None) -> Iterator[Fact]:
    """Every fact of the report with this file name, or of all reports: report by report in the order
    of their names, each in reading order."""
    for iri, name in sorted(_reports(dataset, report), key=lambda pair: (pair[1], pair[0])):
        yield from facts_of(dataset, iri, name)


def checks_from(dataset: Dataset, report: str | None = None) -> Iterator[Check]:
    """How every rule ended for everything it looked at, findings among them, of the report with this
    file name or of all reports: report by report, each in reading order."""
    for iri, name in sorted(_reports(dataset, report), key=lambda pair: (pair[1], pair[0])):
        findings = [told(f) for f in facts_of(dataset, iri, name, Finding.kind) if isinstance(f, Finding)]
        checks = (*_checks(dataset, URIRef(iri), name), *findings)
        yield from sorted(checks, key=lambda check: (check.places[0].start, check.rule, check.recomputation or ""))


_REPORTS = "SELECT ?report ?name { ?report a jx:Report ; jx:fileName ?name } ORDER BY ?report"
_SAID = "SELECT ?fact ?term ?value { ?fact jx:inReport ?report ; a jx:Fact ; ?term ?value }"
_SAID_OF = "SELECT ?fact ?term ?value { ?fact jx:inReport ?report ; a jx:Fact ; jx:kind ?kind ; ?term ?value }"
_CHECKED = "SELECT ?check ?term ?value { ?check jx:inReport ?report ; a jx:Check ; ?term ?value }"
_PLACES = (
    "SELECT ?place ?start ?end ?quote { ?place oa:hasSource ?report ; jx:start ?start ; jx:end ?end ; jx:quote ?quote }"
)
_FRAGMENTS = """SELECT ?place ?fragment {
  ?place oa:hasSource ?report ; oa:hasSelector [ a oa:FragmentSelector ; VALUE ?fragment ]
}""".replace("VALUE", RDF.value.n3())
_CELLS = "SELECT ?place ?address { ?place oa:hasSource ?report ; jx:cell ?address }"
_PLACES_OF = """SELECT DISTINCT ?place ?start ?end ?quote {
  ?fact jx:inReport ?report ; a jx:Fact ; jx:kind ?kind ; jx:evidence ?place .
  ?place jx:start ?start ; jx:end ?end ; jx:quote ?quote
}"""


def _reports(dataset: Dataset, name: str | None) -> list[tuple[str, str]]:
    rows = _rows(dataset, _REPORTS)
    return [(str(iri), str(called)) for iri, called in rows if name in (None, str(called))]


def facts_of(dataset: Dataset, report: str, name: str, kind: str = "") -> Iterator[Fact]:
    """The facts of the report with this IRI and file name, all or those of one kind, in reading order."""
    of, what = URIRef(report), literal(kind).n3()
    places = _evidence(dataset, of, name, _PLACES_OF.replace("?kind", what) if kind else _PLACES)
    said: Mapping[Any, list[Statement]] = defaultdict(list)
    for fact, term, value in _rows(dataset, _SAID_OF.replace("?kind", what) if kind else _SAID, of):
        said[fact].append((term, value))
    facts = [(_fact(statements, places), str(iri)) for iri, statements in said.items()]
    for fact, _ in sorted(facts, key=lambda pair: (*_place(pair[0]), pair[0].kind, pair[1])):
        yield fact


def _checks(dataset: Dataset, report: URIRef, name: str) -> Iterator[Check]:
    places = _evidence(dataset, report, name)
    fields = {term: field for field, term in CHECKED.items()}
    shown: Mapping[Any, list[Evidence]] = defaultdict(list)
    values: Mapping[Any, dict[str, Any]] = defaultdict(dict)
    for check, term, value in _rows(dataset, _CHECKED, report):
        if term == JX.evidence:
            shown[check].append(places[value])
        elif term in fields:
            values[check][fields[term]] = str(value)
    for check, given in values.items():
        yield Check(places=in_order(shown[check]), **given)


def _evidence(dataset: Dataset, report: URIRef, name: str, query: str = _PLACES) -> dict[Any, Evidence]:
    boxes: Mapping[Any, list[Box]] = defaultdict(list)
    cells: Mapping[Any, list[str]] = defaultdict(list)
    for place, fragment in _rows(dataset, _FRAGMENTS, report):
        boxes[place].append(box(str(fragment)))
    for place, address in _rows(dataset, _CELLS, report):
        cells[place].append(str(address))
    return {
        place: Evidence(
            name, int(start), int(end), str(quote), tuple(sorted(boxes[place])), tuple(sorted(cells[place]))
        )
        for place, start, end, quote in _rows(dataset, query, report)
    }


def box(fragment: str) -> Box:
    """The rectangle that a fragment of the file's address names: page=2&xywh=72,90,300,14."""
    page, area = fragment.removeprefix("page=").split("&xywh=")
    return Box(int(page), *map(float, area.split(",")))


_place = attrgetter("evidence.start", "evidence.end")


def _fact(statements: list[Statement], places: Mapping[Any, Evidence]) -> Fact:
    evidence = tuple(places[value] for term, value in statements if term == JX.evidence)
    primary = next((places[value] for term, value in statements if term == JX.primaryEvidence), evidence[0])
    return fact_of(statements, evidence, primary)


def _rows(dataset: Dataset, query: str, report: URIRef | None = None) -> Iterable[Any]:
    """The rows of `query`, its ?report being `report`: written out, which every engine understands."""
    return dataset.query(query.replace("?report", report.n3()) if report else query, initNs=PREFIXES)
