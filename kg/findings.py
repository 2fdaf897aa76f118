"""The findings of a collection, each with what people decided about it, as they are listed everywhere:
by the command line, the service, the pages and the exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from rdflib import RDF, Dataset

from kg import comparisons, dropin, rules
from kg.decisions import OPEN, STATUSES, Decision, Standing, standing
from kg.errors import JixiaoError
from kg.facts import Evidence, Finding
from kg.facts import to_json as fact_to_json
from kg.graph.dataset import PREFIXES, box, select
from kg.graph.statements import Statement, fact_of
from kg.imprint import Box
from kg.workspace import Entry
from ontology.terms import JX

SEVERITIES = ("error", "warning", "info")
"""Gravest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which findings are wanted; what is None asks for nothing. `report` is a file name, of any of the
    places that prove it; `department` is in the department's name; `key` begins the finding's key."""

    report: str | None = None
    rule: str | None = None
    type: str | None = None
    severity: str | None = None
    department: str | None = None
    year: int | None = None
    status: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """A finding as lists are made of it, before its words are read: what it can be chosen and ordered by.

    `key` is what a decision names it by; `report` and `start` are the place to look at first, `department`
    and `fiscal_year` those of that report; `reports` are those of all its places; `status` is open,
    confirmed, dismissed, fixed or stale (decided before its numbers changed); `decision` says so."""

    iri: str
    key: str
    rule: str
    type: str
    severity: str
    report: str
    start: int
    end: int
    reports: frozenset[str]
    department: str
    fiscal_year: int | None
    status: str = OPEN
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it stands: what `brief` says of it, in full."""

    finding: Finding
    brief: Brief

    @property
    def key(self) -> str:
        return self.brief.key

    @property
    def department(self) -> str:
        return self.brief.department

    @property
    def fiscal_year(self) -> int | None:
        return self.brief.fiscal_year

    @property
    def status(self) -> str:
        return self.brief.status

    @property
    def decision(self) -> Decision | None:
        return self.brief.decision

    @property
    def kind(self) -> str:
        return self.finding.kind

    @property
    def between(self) -> bool:
        """Whether it takes more than one report to see it."""
        return len({place.report for place in self.places}) > 1

    @property
    def places(self) -> tuple[Evidence, ...]:
        """Every place that proves it, first the one to look at first."""
        return (self.finding.evidence, *self.finding.others)


def briefs(dataset: Dataset, entries: Mapping[str, Entry], taken: Iterable[Decision]) -> list[Brief]:
    """Every finding in brief, gravest first, then by department, year, report and place. `entries` are the
    reports of the generation by name, `taken` all decisions."""
    held = standing(taken)
    stated = sorted(_listed(dataset, entries), key=_order)
    decided = [replace(one, status=d.status, decision=d) if (d := held.by_key.get(one.key)) else one for one in stated]
    stale = _stale(dataset, decided, held)
    return [stale.get(one.iri, one) for one in decided] if stale else decided


def read(dataset: Dataset, wanted: Iterable[Brief]) -> list[Found]:
    """These findings in full, in their order."""
    found: list[Found] = []
    rest = list(wanted)
    for start in range(0, len(rest), _BATCH):
        batch = rest[start : start + _BATCH]
        stated = _stated(dataset, [one.iri for one in batch])
        found += [Found(stated[one.iri], one) for one in batch]
    return found


def findings(
    dataset: Dataset, entries: Mapping[str, Entry], taken: Iterable[Decision], filters: Filters | None = None
) -> list[Found]:
    """The findings that `filters` ask for in full, in the order of `briefs`. JixiaoError as `chosen`."""
    return read(dataset, chosen(briefs(dataset, entries, taken), filters or Filters()))


def chosen(found: Iterable[Brief], wanted: Filters) -> list[Brief]:
    """Those of `found` that are wanted, in their order. JixiaoError `unknown-rule`, `unknown-severity` or
    `unknown-status` where a filter is no such word."""
    known_rule(wanted.rule)
    _known("severity", wanted.severity, SEVERITIES)
    _known("status", wanted.status, STATUSES)
    return [one for one in found if fits(one, wanted)]


def to_json(found: Found) -> dict[str, Any]:
    """The finding as one object of the exchange format, with its key, its status and who said so."""
    record = fact_to_json(found.finding)
    for place, shown in zip(found.places, record["evidence"], strict=True):
        shown["report"] = place.report
    record |= {"key": found.key, "status": found.status}
    if found.decision:
        told = {
            "decided_by": found.decision.by,
            "decided_at": found.decision.at,
            "decision_reason": found.decision.reason,
        }
        record |= {name: value for name, value in told.items() if value}
    return record


DECIDED = ("key", "status", "decided_by", "decided_at", "decision_reason")
"""What `to_json` says beside the finding's own fields."""


class _Named(Protocol):
    """A finding in brief or in full."""

    @property
    def key(self) -> str: ...
    @property
    def decision(self) -> Decision | None: ...


Known = TypeVar("Known", bound=_Named)


def undone(found: Iterable[_Named], taken: Iterable[Decision]) -> list[Decision]:
    """The decisions on findings that are no longer there: of all `found`, none has their words."""
    held = standing(taken)
    present = {name for one in found for name in (one.key, one.decision.key if one.decision else one.key)}
    return [decision for name, decision in held.by_key.items() if name not in present]


def one(found: Iterable[Known], name: str) -> Known:
    """The finding whose key is `name` or begins with it. JixiaoError `no-such-finding` or `ambiguous-finding`."""
    fitting = {one.key: one for one in found if name and one.key.startswith(name)}
    if len(fitting) > 1:
        raise JixiaoError("ambiguous-finding", f"有 {len(fitting)} 个发现的编号以此开头，请多写几位", place=name)
    if not fitting:
        raise JixiaoError("no-such-finding", "没有这个编号的发现；jixiao check 可列出全部", place=name)
    return next(iter(fitting.values()))


def known_rule(name: str | None) -> None:
    """JixiaoError `unknown-rule` where a rule is named that there is not."""
    _known("rule", name, (*dropin.names(rules), *dropin.names(comparisons)))


def _known(what: str, word: str | None, words: tuple[str, ...]) -> None:
    if word is not None and word not in words:
        raise JixiaoError(f"unknown-{what}", f"没有 {word}；可用的有：{'、'.join(words)}")


def fits(found: Brief, wanted: Filters) -> bool:
    """Whether `found` is one of those that are wanted."""
    return (
        (wanted.report is None or wanted.report in found.reports)
        and wanted.rule in (None, found.rule)
        and wanted.type in (None, found.type)
        and wanted.severity in (None, found.severity)
        and (wanted.department or "") in found.department
        and wanted.year in (None, found.fiscal_year)
        and wanted.status in (None, found.status)
        and found.key.startswith(wanted.key or "")
    )


def _order(found: Brief) -> tuple[Any, ...]:
    grave = SEVERITIES.index(found.severity)
    return grave, found.department, found.fiscal_year or 0, found.report, found.start, found.end, found.key


_BATCH = 200  # findings that one query names
_LISTED = """SELECT ?finding ?key ?rule ?type ?severity ?name ?start ?end {
  ?finding a jx:Finding ; jx:evidenceKey ?key ; jx:rule ?rule ; jx:type ?type ; jx:severity ?severity ;
           jx:primaryEvidence ?place .
  ?place jx:start ?start ; jx:end ?end ; oa:hasSource/jx:fileName ?name }"""
_OWNERS = "SELECT DISTINCT ?finding ?name { ?report jx:hasFinding ?finding ; jx:fileName ?name }"
_SAID = "SELECT ?finding ?term ?value { ?finding a jx:Finding ; ?term ?value }"
_PLACES = """SELECT ?finding ?place ?name ?start ?end ?quote {
  ?finding jx:evidence ?place .
  ?place oa:hasSource ?report ; jx:start ?start ; jx:end ?end ; jx:quote ?quote .
  ?report jx:fileName ?name }"""
_FRAGMENTS = f"""SELECT DISTINCT ?place ?piece {{
  ?finding jx:evidence ?place . ?place oa:hasSelector ?selector .
  ?selector a oa:FragmentSelector ; {RDF.value.n3()} ?piece }}"""
_CELLS = "SELECT DISTINCT ?place ?piece { ?finding jx:evidence ?place . ?place jx:cell ?piece }"


def _listed(dataset: Dataset, entries: Mapping[str, Entry]) -> Iterator[Brief]:
    reports: Mapping[Any, set[str]] = defaultdict(set)
    for finding, name in select(dataset, _OWNERS)[1]:
        reports[finding].add(str(name))
    for finding, name, *said, report, start, end in select(dataset, _LISTED)[1]:
        rule, kind, severity = map(str, said)
        entry = entries.get(str(report))
        of = (entry.department, entry.fiscal_year) if entry else ("", None)
        place = (str(report), int(str(start)), int(str(end)))
        owners = frozenset({str(report), *reports[finding]})
        yield Brief(str(finding), str(name), rule, kind, severity, *place, owners, *of)


def _stale(dataset: Dataset, found: Sequence[Brief], held: Standing) -> Mapping[str, Brief]:
    """The findings whose numbers changed after a decision, by IRI: looked for among those of the same rule
    and the same reports as a decision that has lost its finding."""
    names = {one.key for one in found}
    lost = {(d.rule, frozenset(d.reports)) for d in held.by_key.values() if d.status != OPEN and d.key not in names}
    near = [one for one in found if one.decision is None and (one.rule, one.reports) in lost] if lost else []
    stale: dict[str, Brief] = {}
    for full in read(dataset, near):
        status, decision = held.of(full.finding, names)
        if decision:
            stale[full.brief.iri] = replace(full.brief, status=status, decision=decision)
    return stale


def _stated(dataset: Dataset, iris: Sequence[str]) -> Mapping[str, Finding]:
    """The findings of these IRIs, of single reports and between them."""
    named = f"{{ VALUES ?finding {{ {' '.join(f'<{iri}>' for iri in iris)} }}"
    boxes: Mapping[Any, set[Box]] = defaultdict(set)
    cells: Mapping[Any, set[str]] = defaultdict(set)
    for place, fragment in _rows(dataset, _FRAGMENTS.replace("{", named, 1)):
        boxes[place].add(box(str(fragment)))
    for place, address in _rows(dataset, _CELLS.replace("{", named, 1)):
        cells[place].add(str(address))
    places: Mapping[Any, dict[Any, Evidence]] = defaultdict(dict)
    for finding, place, name, start, end, quote in _rows(dataset, _PLACES.replace("{", named, 1)):
        where = tuple(sorted(boxes[place])), tuple(sorted(cells[place]))
        places[finding][place] = Evidence(str(name), int(start), int(end), str(quote), *where)
    said: Mapping[Any, list[Statement]] = defaultdict(list)
    for finding, term, value in _rows(dataset, _SAID.replace("{", named, 1)):
        said[finding].append((term, value))
    return {str(iri): _finding(statements, places[iri]) for iri, statements in said.items()}


def _finding(said: list[Statement], places: Mapping[Any, Evidence]) -> Finding:
    primary = next(places[value] for term, value in said if term == JX.primaryEvidence)
    finding = fact_of(said, tuple(places.values()), primary)
    assert isinstance(finding, Finding)
    return finding


def _rows(dataset: Dataset, query: str) -> Iterable[Any]:
    return dataset.query(query, initNs=PREFIXES)
