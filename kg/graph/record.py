"""All that the graph says of one report, as triples for the report's own named graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from rdflib import RDF, RDFS, SKOS, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV
from rdflib.term import Node

from kg.checks import Check
from kg.decisions import key
from kg.derived import Derived
from kg.facts import Amount, Evidence, Fact, Finding, Indicator, Rate, Staffing, Unit, cut
from kg.graph import iris
from kg.graph.entities import Entities, entities, profiles
from kg.graph.iris import BASE
from kg.graph.onehop import figures
from kg.graph.statements import Statement, literal, statements
from kg.ledger import Ledger, tally
from kg.text import Source, Span
from kg.wording import wording
from ontology import loader
from ontology.terms import JX, OA

Triple = tuple[URIRef, URIRef, Node]
HAS = {
    "duty": JX.hasDuty,
    "indicator": JX.hasIndicator,
    "problem": JX.hasProblem,
    "improvement": JX.hasImprovement,
    "finding": JX.hasFinding,
    "unit": JX.hasUnit,
    "project": JX.hasProject,
}
CHECKED = {
    "rule": JX.rule,
    "outcome": JX.outcome,
    "subject": JX.subjectName,
    "recomputation": JX.recomputation,
    "reason": JX.reason,
    "reason_en": JX.reasonEn,
}
"""The property of every field of a check but its places."""
_RATES = ("率", "比", "度")  # what the name of a rate ends with
MEDIA_FRAGMENTS = URIRef("http://www.w3.org/TR/media-frags/")
OWN_WORDS = ("problem", "improvement", "paragraph")  # the kinds of passage that can be copied
_GIVEN = ("duties", "glossary")
PATH = " › "
"""What stands between the headings of jx:headingPath."""


class Passage(Protocol):
    """What a passage must tell. `facts` are indexes into the facts of the record; `sentence` is what
    search reads; `places` are further spans with the same words."""

    @property
    def span(self) -> Span: ...
    @property
    def text(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def headings(self) -> tuple[str, ...]: ...
    @property
    def part(self) -> str: ...
    @property
    def department(self) -> str: ...
    @property
    def places(self) -> tuple[Span, ...]: ...
    @property
    def facts(self) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class Record:
    """One report as the graph takes it in. `facts` are in reading order, findings last; `checks` are
    what did not contradict; `software` is the version that read it."""

    source: Source
    facts: tuple[Fact, ...]
    derived: tuple[Derived, ...] = ()
    checks: tuple[Check, ...] = ()
    passages: Sequence[Passage] = ()
    ledger: Ledger | None = None
    software: str = ""

    def iri(self, base: str = BASE) -> URIRef:
        return iris.report_iri(self.source.sha256, base)


def triples(record: Record, base: str = BASE) -> Iterator[Triple]:
    """Everything known from one report: what it states, and its passages."""
    yield from stated(record, base)
    yield from shown(record, base)


def stated(record: Record, base: str = BASE) -> Iterator[Triple]:
    """The report itself, its provenance, things, facts, values and checks."""
    report = record.iri(base)
    known = entities(report, record.facts, base)
    yield from _report(report, record.source)
    if record.ledger:
        yield from _ledger(report, record.ledger)
    yield from _provenance(report, record.software, base)
    yield from said(known, record.facts, record.derived, base)
    for check in record.checks:
        yield from _check(report, check)
    proofs = {evidence for fact in record.facts for evidence in places(fact)}
    for evidence in dict.fromkeys(place for check in record.checks for place in check.places):
        if evidence not in proofs:
            yield from place_triples(report, evidence)


def shown(record: Record, base: str = BASE) -> Iterator[Triple]:
    """The passages of the report."""
    known = entities(record.iri(base), record.facts, base)
    for passage in record.passages:
        yield from _passage(known, record, passage)


def said(known: Entities, facts: Sequence[Fact], derived: Sequence[Derived] = (), base: str = BASE) -> Iterator[Triple]:
    """The part of a report's graph that follows from its facts alone."""
    for thing, statement in profiles(known, facts):
        yield thing, *statement
    for fact in facts:
        yield from _fact(known, fact, base)
    for evidence in dict.fromkeys(evidence for fact in facts for evidence in places(fact)):
        yield from place_triples(known.report, evidence)
    for value in derived:
        yield from _derived(known, value, base)
    yield from _minted(known, facts, derived, base)
    for figure in figures(known, facts, derived):
        yield figure.of, figure.property, literal(figure.value)
        yield _iri(known.report, figure.by), JX.supports, figure.property


def _report(report: URIRef, source: Source) -> Iterator[Triple]:
    yield report, RDF.type, JX.Report
    yield report, JX.fileName, literal(source.name)
    yield report, JX.sha256, literal(source.sha256)
    yield report, JX.mediaType, literal(source.media_type)
    yield report, JX.encoding, literal(source.encoding)
    yield report, JX.length, literal(len(source.text))


def _ledger(report: URIRef, ledger: Ledger) -> Iterator[Triple]:
    """What became of the numbers and sections of the source, with the places that no fact states."""
    numbers, sections = tally(ledger.numbers), tally(ledger.sections)
    yield report, JX.numbersRead, literal(numbers.read)
    yield report, JX.numbersSetAside, literal(numbers.aside)
    yield report, JX.numbersUnread, literal(numbers.unread)
    yield report, JX.sectionsRead, literal(sections.read)
    yield report, JX.sectionsUnread, literal(sections.unread)
    for term, places in ((JX.unreadNumber, ledger.unread), (JX.unreadSection, ledger.unread_sections)):
        for place in places:
            yield report, term, iris.evidence_iri(report, place.span)
            yield from place_triples(report, place)


def _provenance(report: URIRef, version: str, base: str) -> Iterator[Triple]:
    """The graph came from the report by a reading that a version of this software did. No time is
    kept: the same report read by the same version gives the same graph."""
    graph, reading = iris.graph_iri(report), URIRef(f"{report}/reading")
    yield report, RDF.type, PROV.Entity
    yield graph, RDF.type, PROV.Entity
    yield graph, PROV.wasDerivedFrom, report
    yield graph, PROV.wasGeneratedBy, reading
    yield reading, RDF.type, PROV.Activity
    yield reading, PROV.used, report
    if version:
        agent = URIRef(f"{base}software/{iris.segment(version)}")
        yield reading, PROV.wasAssociatedWith, agent
        yield agent, RDF.type, PROV.SoftwareAgent
        yield agent, RDFS.label, Literal(f"Jixiao {version}")
        yield agent, DCTERMS.hasVersion, Literal(version)


def _fact(known: Entities, fact: Fact, base: str) -> Iterator[Triple]:
    iri = iris.fact_iri(known.report, fact)
    for statement in (*statements(fact), *_links(known, fact, base)):
        yield iri, *statement
    yield iri, JX.inReport, known.report
    described = known.described(fact)
    if described:
        yield iri, JX.describes, described
        yield described, JX.evidence, _place(known, fact.evidence)
    for evidence in places(fact):
        yield iri, JX.evidence, _place(known, evidence)
    if isinstance(fact, Finding):
        yield iri, JX.primaryEvidence, _place(known, fact.evidence)
        yield iri, JX.outcome, literal("contradicts")
        yield iri, JX.evidenceKey, literal(key(fact))
    for owner in _owners(known, fact):
        if owner != (described or iri):
            yield owner, HAS[fact.kind], described or iri


def places(fact: Fact) -> tuple[Evidence, ...]:
    """Every place that proves `fact`."""
    return (fact.evidence, *fact.others) if isinstance(fact, Finding) else (fact.evidence,)


def _place(known: Entities, evidence: Evidence) -> URIRef:
    return iris.evidence_iri(known.report, evidence.span)


def _owners(known: Entities, fact: Fact) -> list[URIRef]:
    """Those who have `fact` in one step: the report, the department, and the project it is about."""
    if fact.kind not in HAS:
        return []
    subject = getattr(fact, "department" if fact.kind == "project" else "subject", None)
    owners = [known.report, known.owner(subject)]
    if isinstance(fact, Indicator) and known.classes.get(project := known.of(fact.subject)) == JX.Project:
        owners.append(project)
    return [owner for owner in dict.fromkeys(owners) if owner]


def _links(known: Entities, fact: Fact, base: str) -> Iterator[Statement]:
    """The fields that name something, as links to it."""
    if subject := getattr(fact, "subject", None):
        yield JX.subject, known.of(subject)
    if fact.kind in ("report", "project") and (department := getattr(fact, "department", None)):
        yield JX.department, known.of(department)
    if isinstance(fact, Unit) and fact.parent:
        yield JX.parent, known.of(fact.parent)
    if isinstance(fact, Staffing | Amount | Rate):
        yield JX.measure, _measure(fact, base)
    if isinstance(fact, Amount) and fact.code:
        top = (c for c in loader.scheme("functional-classes").values() if c.notation == (fact.code or "")[:3])
        yield from ((JX.functionalClass, URIRef(concept.iri)) for concept in top)


def place_triples(report: URIRef, evidence: Evidence) -> Iterator[Triple]:
    """The words and their place: our own short form, and the selectors of the Web Annotation model."""
    place, selector = iris.evidence_iri(report, evidence.span), iris.selector_iri(report, evidence.span)
    start, end, quote = literal(evidence.start), literal(evidence.end), literal(evidence.quote)
    yield place, RDF.type, JX.Evidence
    yield place, JX.start, start
    yield place, JX.end, end
    yield place, JX.quote, quote
    yield place, OA.hasSource, report
    yield place, OA.hasSelector, selector
    yield selector, RDF.type, OA.TextPositionSelector
    yield selector, RDF.type, OA.TextQuoteSelector
    yield selector, OA.start, start
    yield selector, OA.end, end
    yield selector, OA.exact, quote
    for box in evidence.boxes:
        yield place, JX.page, literal(box.page)
        yield from _fragment(place, iris.box_iri(report, box))
    for address in evidence.cells:
        yield place, JX.cell, literal(address)


def _fragment(place: URIRef, piece: URIRef) -> Iterator[Triple]:
    """A piece of the file itself, told by what follows # in its address."""
    yield place, OA.hasSelector, piece
    yield piece, RDF.type, OA.FragmentSelector
    yield piece, RDF.value, literal(piece.fragment)
    yield piece, DCTERMS.conformsTo, MEDIA_FRAGMENTS


def _derived(known: Entities, value: Derived, base: str) -> Iterator[Triple]:
    iri = iris.derived_iri(known.report, value)
    yield iri, RDF.type, JX.DerivedValue
    yield iri, JX.inReport, known.report
    yield iri, JX.subject, known.of(value.subject)
    yield iri, JX.subjectName, literal(value.subject)
    yield iri, JX.measure, _measure(value, base)
    yield iri, JX.measureName, literal(value.measure)
    yield iri, JX.value, literal(value.value)
    yield iri, JX.unit, literal(value.unit)
    yield iri, JX.formula, literal(value.formula)
    if value.year is not None:
        yield iri, JX.year, literal(value.year)
    for fact in value.facts:
        yield iri, PROV.wasDerivedFrom, iris.fact_iri(known.report, fact)


def _check(report: URIRef, check: Check) -> Iterator[Triple]:
    """As few triples as tell it: a report has hundreds of checks, and their words are mostly those of facts."""
    iri = iris.check_iri(report, check)
    yield iri, RDF.type, JX.Check
    yield iri, JX.inReport, report
    for place in check.places:
        yield iri, JX.evidence, iris.evidence_iri(report, place.span)
    for field, term in CHECKED.items():
        if value := getattr(check, field):
            yield iri, term, literal(value)


def _measure(of: Staffing | Amount | Rate | Derived, base: str) -> URIRef:
    """The vocabulary's concept, else one made of the report's own words."""
    if isinstance(of, Staffing):
        iri = loader.concept_iris("staffing-measures").get(of.measure)
    else:
        iri = loader.concept_iris("measures", "derived-measures").get(of.measure)
    return URIRef(iri) if iri else iris.measure_iri(of.measure, base)


def _minted(known: Entities, facts: Iterable[Fact], derived: Iterable[Derived], base: str) -> Iterator[Triple]:
    """What must be said of measures and subjects that only this report's words name."""
    for thing in (*facts, *derived):
        subject = getattr(thing, "subject", None)
        if subject and known.of(subject) == iris.subject_iri(known.report, subject):
            yield known.of(subject), RDF.type, JX.Subject
            yield known.of(subject), JX.name, literal(subject)
        if isinstance(thing, Staffing | Amount | Rate | Derived):
            measure = _measure(thing, base)
            if measure.startswith(base):
                yield measure, RDF.type, SKOS.Concept
                yield measure, SKOS.prefLabel, Literal(thing.measure, lang="zh")
                yield from ((measure, SKOS.broader, wider) for wider in _wider(thing))


def _wider(of: Staffing | Amount | Rate | Derived) -> Iterator[URIRef]:
    """The rate that a rate of something is narrower than: 公务接待费预算执行率 is an 预算执行率."""
    if isinstance(of, Rate):
        for word, label in loader.spellings("measures").items():  # longest first
            if label.endswith(_RATES) and of.measure.endswith(word):
                yield URIRef(loader.concept_iris("measures")[label])
                return


def _passage(known: Entities, record: Record, passage: Passage) -> Iterator[Triple]:
    iri = iris.passage_iri(known.report, passage.span)
    yield iri, RDF.type, JX.Passage
    yield iri, JX.inReport, known.report
    yield iri, JX.kind, literal(passage.kind)
    yield iri, JX.start, literal(passage.span.start)
    yield iri, JX.end, literal(passage.span.end)
    yield iri, JX.text, literal(passage.text)
    if passage.sentence != passage.text:
        yield iri, JX.searchText, literal(passage.sentence)
    if passage.headings:
        yield iri, JX.headingPath, literal(PATH.join(passage.headings))
    if passage.part:
        yield iri, JX.part, literal(passage.part)
    department = known.owner(passage.department or None)
    if department:
        yield iri, JX.department, department
    if said_so := _wording(known, passage):
        yield iri, JX.wording, literal(said_so)
    for index in passage.facts:
        yield iri, JX.states, iris.fact_iri(known.report, record.facts[index])
    for span in passage.places:
        yield iri, JX.alsoAt, iris.evidence_iri(known.report, span)
        yield from place_triples(known.report, cut(record.source, span))


def _wording(known: Entities, passage: Passage) -> str:
    """What the passage says apart from numbers and names, where a report says it in words of its own:
    duties and explanations of terms are the same everywhere."""
    if passage.kind not in OWN_WORDS or any(word in title for title in passage.headings for word in _not_own()):
        return ""
    offices = [name for name, thing in known.names.items() if known.classes.get(thing) == JX.Department]
    region = known.header.region if known.header else None
    return wording(passage.sentence, (*offices, region or ""))


@cache
def _not_own() -> tuple[str, ...]:
    """The words of headings below which nobody writes in words of his own."""
    roles = {label: concept.notation for label, concept in loader.scheme("section-roles").items()}
    return tuple(word for word, label in loader.spellings("section-roles").items() if roles[label] in _GIVEN)


def _iri(report: URIRef, thing: Fact | Derived) -> URIRef:
    return iris.derived_iri(report, thing) if isinstance(thing, Derived) else iris.fact_iri(report, thing)
