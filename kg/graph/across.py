"""What reports say together: findings between the reports of neighbours, in named graphs of their own.

One department and year, one named graph: what the reports of that year do not agree on with each
other, with the year before, with the department's units, or have in the words of others. When a report
comes, changes or goes, the years that it touches are compared anew, so that this costs in proportion
to the report and its neighbours, and the order in which reports came makes no difference.

A finding between reports is no fact of either: it is a jx:Finding, but no jx:Fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from rdflib import PROV, RDF, Dataset, URIRef

import kg.comparisons
from kg import dropin
from kg.checks import Check, Verdict, in_order
from kg.decisions import key
from kg.facts import Evidence, Fact, Finding
from kg.graph import iris
from kg.graph.dataset import PREFIXES, facts_of, remove_graph, replace_graph
from kg.graph.iris import BASE
from kg.graph.record import CHECKED, Triple, place_triples
from kg.graph.statements import literal, statements
from kg.neighbours import SUMMED, Filed, Neighbours, Passage, Twin
from ontology.terms import JX

Year = tuple[str, int]
"""A department's IRI and a fiscal year."""
Known = Callable[[str, str], tuple[Fact, ...]]
"""The facts of the report with this IRI and name but its findings."""
_Named = tuple[str, Filed]  # a report with its IRI
MANY = 24  # passages in the same words, beyond which they are nobody's
COPIES = 3  # departments that may share words; what more of them say is a template
HELD = 64  # reports whose facts are kept for the next comparison, which is mostly of the same department
UNDER = ("本级", "下属单位")  # relations of units whose figures are in the department's


def touched(dataset: Dataset, reports: Collection[str]) -> set[Year]:
    """The years in whose comparisons the reports with these IRIs take part, all just come or about to go:
    their own and the next, those of the departments they are units of, and those of others who use their
    words."""
    found: set[Year] = set()
    own: dict[str, int] = defaultdict(int)
    moving = set(map(URIRef, reports))
    for of in moving:
        for department, year, name in _rows(dataset, _OF, of):
            found |= {(str(department), int(year)), (str(department), int(year) + 1)}
            above = _rows(dataset, _ABOVE.replace("?name", name.n3()))
            found |= {(str(parent), int(year)) for (parent,) in above}
        for passage in _passages(dataset, of, ""):
            own[passage.wording] += 1
    for wording, count in own.items():
        found |= _others(dataset, wording, count, moving)
    return found


def _others(dataset: Dataset, wording: str, own: int, reports: Collection[URIRef]) -> set[Year]:
    """The years of those who say this beside `reports`, which say it `own` times; none where so many do
    that it is a template with `reports` and without."""
    asked = _SAID_BY.replace("?wording", literal(wording).n3()).replace("MOST", str(own + MANY + 1))
    said = [row for row in _rows(dataset, asked) if row[1] not in reports]
    if len({passage for passage, *_ in said}) > MANY or len({department for _, _, department, _ in said}) > COPIES:
        return set()
    return {(str(department), int(year)) for _, _, department, year in said if year is not None}


def settle(dataset: Dataset, years: Iterable[Year], digests: Mapping[str, str], base: str = BASE) -> int:
    """Compare the reports of `years` anew, in place of what was found before; how many findings there
    are now. `digests` are the SHA-256 of the reports' files by name: what their IRIs are made of."""
    count = 0
    known: Known = lru_cache(maxsize=HELD)(partial(_facts, dataset))
    for department, year in sorted(set(years)):
        graph = URIRef(f"{department}/{year}/across")
        neighbours = _neighbours(dataset, department, year, known)
        verdicts = compared(neighbours)
        if verdicts:
            replace_graph(dataset, graph, said(verdicts, digests, graph, department, base))
        else:
            remove_graph(dataset, graph)
        count += sum(isinstance(verdict, Finding) for verdict in verdicts)
    return count


def checks(dataset: Dataset, report: str | None = None) -> Iterator[Check]:
    """What reports were held against each other without a contradiction, those in which the report with
    this IRI takes part or all; by rule, each with its places in reading order."""
    of = f"?check prov:wasDerivedFrom {URIRef(report).n3()} ." if report else ""
    terms = {term: field for field, term in CHECKED.items()}
    places: Mapping[Any, set[Evidence]] = defaultdict(set)
    for check, name, start, end, quote in _rows(dataset, _CHECK_PLACES.replace("OF", of)):
        places[check].add(Evidence(str(name), int(start), int(end), str(quote)))
    told: Mapping[Any, dict[str, Any]] = defaultdict(dict)
    for check, term, value in _rows(dataset, _CHECKED.replace("OF", of)):
        if term in terms:
            told[check][terms[term]] = str(value)
    found = [Check(places=in_order(places[check]), **given) for check, given in told.items()]
    yield from sorted(found, key=lambda check: (check.rule, str(check.places), check.recomputation or ""))


def compared(neighbours: Neighbours) -> list[Verdict]:
    """What every comparison says of them, nothing twice."""
    if not neighbours.now:
        return []
    said = (comparison.compare(neighbours) for comparison in dropin.every(kg.comparisons).values())
    return list(dict.fromkeys(verdict for verdicts in said for verdict in verdicts))


def said(
    verdicts: Sequence[Verdict],
    digests: Mapping[str, str],
    graph: URIRef | None = None,
    department: str = "",
    base: str = BASE,
) -> Iterator[Triple]:
    """What the graph says of how comparisons ended. `digests` are the SHA-256 of the reports' files by
    name; `graph` is the named graph that holds it and `department` whose reports they are, where known."""
    names = {place.report for verdict in verdicts for place in _places(verdict)}
    reports = {name: iris.report_iri(digests[name], base) for name in names}
    if graph is not None:
        yield graph, RDF.type, PROV.Entity
        yield from ((graph, PROV.wasDerivedFrom, report) for report in sorted(reports.values()))
    for verdict in verdicts:
        if isinstance(verdict, Finding):
            report = reports[verdict.evidence.report]
            iri = iris.fact_iri(report, verdict)
            yield from _finding(iri, report, verdict)
            owners = [reports[place.report] for place in _places(verdict)]
            yield from ((owner, JX.hasFinding, iri) for owner in (*owners, *filter(None, [URIRef(department)])))
        else:
            iri = iris.check_iri(str(graph), verdict)
            yield from _check(iri, verdict)
            yield from ((iri, PROV.wasDerivedFrom, reports[place.report]) for place in verdict.places)
        for place in _places(verdict):
            yield iri, JX.evidence, iris.evidence_iri(reports[place.report], place.span)
            yield from place_triples(reports[place.report], place)


def _finding(iri: URIRef, report: URIRef, finding: Finding) -> Iterator[Triple]:
    for term, value in statements(finding):
        if value != JX.Fact:
            yield iri, term, value
    yield iri, JX.inReport, report
    yield iri, JX.outcome, literal("contradicts")
    yield iri, JX.evidenceKey, literal(key(finding))
    yield iri, JX.primaryEvidence, iris.evidence_iri(report, finding.evidence.span)


def _check(iri: URIRef, check: Check) -> Iterator[Triple]:
    yield iri, RDF.type, JX.Check
    for field, term in CHECKED.items():
        if value := getattr(check, field):
            yield iri, term, literal(value)


def _places(verdict: Verdict) -> tuple[Evidence, ...]:
    return (verdict.evidence, *verdict.others) if isinstance(verdict, Finding) else verdict.places


_CHECKED = "SELECT ?check ?term ?value { OF ?check a jx:Check ; prov:wasDerivedFrom ?report ; ?term ?value }"
_CHECK_PLACES = """SELECT ?check ?name ?start ?end ?quote {
  OF ?check a jx:Check ; prov:wasDerivedFrom ?report ; jx:evidence ?place .
  ?place jx:start ?start ; jx:end ?end ; jx:quote ?quote ; oa:hasSource ?source . ?source jx:fileName ?name }"""
_OF = """SELECT ?department ?year ?name {
  ?report jx:department ?department ; jx:fiscalYear ?year . ?department jx:name ?name }"""
_ABOVE = "SELECT DISTINCT ?parent { ?unit a jx:Unit ; jx:name ?name . ?parent jx:hasUnit ?unit ; a jx:Department }"
_REPORTS = """SELECT ?report ?name ?type ?called {
  ?report a jx:Report ; jx:department ?department ; jx:fiscalYear ?year ; jx:fileName ?name .
  ?department jx:name ?called
  OPTIONAL { ?report jx:reportType ?type } } ORDER BY ?name ?called"""
_LISTED = """SELECT DISTINCT ?unit {
  ?report jx:hasUnit ?named . ?named jx:name ?name ; jx:relation ?relation . ?unit a jx:Department ; jx:name ?name
  FILTER(?relation IN (RELATIONS)) }""".replace("RELATIONS", ", ".join(f'"{relation}"' for relation in UNDER))
_PASSAGES = """SELECT ?start ?end ?text ?kind ?wording {
  ?passage jx:inReport ?report ; jx:wording ?wording ; jx:kind ?kind ; jx:start ?start ; jx:end ?end ; jx:text ?text
} ORDER BY ?start"""
_SAYING = f"""SELECT DISTINCT ?passage ?department {{
  ?passage a jx:Passage ; jx:wording ?wording ; jx:inReport ?report . ?report jx:department ?department
}} LIMIT {MANY + 1}"""
_SAID_BY = """SELECT DISTINCT ?passage ?report ?department ?year {
  ?passage a jx:Passage ; jx:wording ?wording ; jx:inReport ?report . ?report jx:department ?department
  OPTIONAL { ?report jx:fiscalYear ?year } } LIMIT MOST"""
_SAYER = """SELECT ?start ?end ?text ?department ?called ?year ?name {
  ?passage jx:inReport ?report ; jx:start ?start ; jx:end ?end ; jx:text ?text .
  ?report jx:fileName ?name ; jx:department ?department ; jx:fiscalYear ?year .
  ?department jx:name ?called } ORDER BY ?called"""


def _neighbours(dataset: Dataset, department: str, year: int, known: Known) -> Neighbours:
    """What the reports of one department and year are to be compared with. The facts of a report without
    neighbours are not asked for."""
    now, before = _filed(dataset, department, year), _filed(dataset, department, year - 1)
    if not now:
        return Neighbours(department, year, ())
    units = _units(dataset, department, now, year)
    if before or units or len(now) > 1:
        now, before, units = (_with_facts(reports, known) for reports in (now, before, units))
    said, then = _with_passages(dataset, now), _with_passages(dataset, before)
    twins = _twins(dataset, department, said)
    return Neighbours(now[0][1].department, year, said, then, tuple(unit for _, unit in units), twins)


def _filed(dataset: Dataset, department: str, year: int) -> list[_Named]:
    """The reports of a department and year by name."""
    query = _REPORTS.replace("?department", URIRef(department).n3()).replace("?year", str(year))
    found: dict[str, Filed] = {}
    for iri, name, kind, called in _rows(dataset, query):
        found.setdefault(str(iri), Filed(str(name), str(called), year, str(kind or "")))
    return list(found.items())


def _units(dataset: Dataset, department: str, now: Sequence[_Named], year: int) -> list[_Named]:
    """The reports of the units that the department's accounts list; itself is none."""
    listed: set[str] = set()
    for iri, report in now:
        if report.report_type in SUMMED:
            listed |= {str(unit) for (unit,) in _rows(dataset, _LISTED, URIRef(iri))}
    units = [filed for unit in sorted(listed - {department}) for filed in _filed(dataset, unit, year)]
    return sorted(units, key=lambda named: named[1].name)


def _with_facts(reports: Iterable[_Named], known: Known) -> list[_Named]:
    return [(iri, replace(report, facts=known(iri, report.name))) for iri, report in reports]


def _facts(dataset: Dataset, report: str, name: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts_of(dataset, report, name) if not isinstance(fact, Finding))


def _with_passages(dataset: Dataset, reports: Iterable[_Named]) -> tuple[Filed, ...]:
    return tuple(
        replace(report, passages=tuple(_passages(dataset, URIRef(iri), report.name))) for iri, report in reports
    )


def _passages(dataset: Dataset, report: URIRef, name: str) -> Iterator[Passage]:
    for start, end, text, kind, wording in _rows(dataset, _PASSAGES, report):
        yield Passage(Evidence(name, int(start), int(end), str(text)), str(kind), str(wording))


def _twins(dataset: Dataset, department: str, now: Sequence[Filed]) -> tuple[Twin, ...]:
    """Passages of few other departments in the same words; what many say is a template."""
    found: dict[Twin, None] = {}
    for wording in sorted({passage.wording for report in now for passage in report.passages}):
        sayers = _sayers(dataset, wording)
        if len({other for _, other, _, _ in sayers} | {department}) <= COPIES:
            for evidence, other, called, year in sayers:
                if other != department:
                    found[Twin(evidence, called, year, wording)] = None
    return tuple(sorted(found, key=lambda twin: (twin.evidence.report, twin.evidence.start)))


def _sayers(dataset: Dataset, wording: str) -> list[tuple[Evidence, str, str, int]]:
    """Who says this: the place, the department's IRI and name, the year; nobody where so many do that it
    is a template, and was one before the last of them."""
    rows = list(_rows(dataset, _SAYING.replace("?wording", literal(wording).n3())))
    passages = {str(passage) for passage, _ in rows}
    if not 1 < len(passages) <= MANY or len({str(department) for _, department in rows}) > COPIES + 1:
        return []
    said: dict[str, tuple[Evidence, str, str, int]] = {}
    for passage in sorted(passages):
        for start, end, text, department, called, year, name in _rows(
            dataset, _SAYER.replace("?passage", f"<{passage}>")
        ):
            place = Evidence(str(name), int(start), int(end), str(text))
            said.setdefault(passage, (place, str(department), str(called), int(year)))
    return list(said.values())


def _rows(dataset: Dataset, query: str, report: URIRef | None = None) -> Iterable[Any]:
    return dataset.query(query.replace("?report", report.n3()) if report else query, initNs=PREFIXES)
