"""The findings of a collection, each with what people decided about it, as they are listed everywhere:
by the command line, the service, the pages and the exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import RDF, Dataset

from kg.decisions import STATUSES, Decision, key, standing
from kg.errors import JixiaoError
from kg.facts import Evidence, Finding
from kg.facts import to_json as fact_to_json
from kg.graph.dataset import PREFIXES, box
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
class Found:
    """A finding as it stands: `key` is what a decision names it by; `status` is open, confirmed,
    dismissed, fixed or stale (decided before its numbers changed); `decision` is the one that says so.
    `department` and `fiscal_year` are those of the report in which it is to be looked at first."""

    finding: Finding
    key: str
    department: str
    fiscal_year: int | None
    status: str
    decision: Decision | None = None

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


def findings(
    dataset: Dataset, entries: Mapping[str, Entry], taken: Iterable[Decision], filters: Filters | None = None
) -> list[Found]:
    """The findings that `filters` ask for, gravest first, then by department, year, report and place.
    `entries` are the reports of the generation by name, `taken` all decisions. JixiaoError as `chosen`."""
    held = standing(taken)
    stated = _stated(dataset)
    names = {key(finding) for finding in stated}
    found = []
    for finding in stated:
        entry = entries.get(finding.evidence.report)
        status, decision = held.of(finding, names)
        department, year = (entry.department, entry.fiscal_year) if entry else ("", None)
        found.append(Found(finding, key(finding), department, year, status, decision))
    return chosen(sorted(found, key=_order), filters or Filters())


def chosen(found: Iterable[Found], wanted: Filters) -> list[Found]:
    """Those of `found` that are wanted, in their order. JixiaoError `unknown-severity` or `unknown-status`
    where a filter is no such word."""
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


def undone(found: Iterable[Found], taken: Iterable[Decision]) -> list[Decision]:
    """The decisions on findings that are no longer there: of all `found`, none has their words."""
    held = standing(taken)
    present = {one.key for one in found} | {one.decision.key for one in found if one.decision}
    return [decision for name, decision in held.by_key.items() if name not in present]


def one(found: Iterable[Found], name: str) -> Found:
    """The finding whose key is `name` or begins with it. JixiaoError `no-such-finding` or `ambiguous-finding`."""
    fitting = {one.key: one for one in found if name and one.key.startswith(name)}
    if len(fitting) > 1:
        raise JixiaoError("ambiguous-finding", f"有 {len(fitting)} 个发现的编号以此开头，请多写几位", place=name)
    if not fitting:
        raise JixiaoError("no-such-finding", "没有这个编号的发现；jixiao check 可列出全部", place=name)
    return next(iter(fitting.values()))


def _known(what: str, word: str | None, words: tuple[str, ...]) -> None:
    if word is not None and word not in words:
        raise JixiaoError(f"unknown-{what}", f"没有 {word}；可用的有：{'、'.join(words)}")


def fits(found: Found, wanted: Filters) -> bool:
    """Whether `found` is one of those that are wanted."""
    finding = found.finding
    return (
        wanted.report in (None, *(place.report for place in found.places))
        and wanted.rule in (None, finding.rule)
        and wanted.type in (None, finding.type)
        and wanted.severity in (None, finding.severity)
        and (wanted.department or "") in found.department
        and wanted.year in (None, found.fiscal_year)
        and wanted.status in (None, found.status)
        and found.key.startswith(wanted.key or "")
    )


def _order(found: Found) -> tuple[Any, ...]:
    place = found.finding.evidence
    grave = SEVERITIES.index(found.finding.severity)
    return grave, found.department, found.fiscal_year or 0, place.report, place.start, place.end, found.key


_SAID = "SELECT ?finding ?term ?value { ?finding a jx:Finding ; ?term ?value }"
_PLACES = """SELECT ?finding ?place ?name ?start ?end ?quote {
  ?finding a jx:Finding ; jx:evidence ?place .
  ?place oa:hasSource ?report ; jx:start ?start ; jx:end ?end ; jx:quote ?quote .
  ?report jx:fileName ?name }"""


_SHOWN = "SELECT DISTINCT ?place ?piece { ?finding a jx:Finding ; jx:evidence ?place . %s }"
_FRAGMENTS = _SHOWN % f"?place oa:hasSelector [ a oa:FragmentSelector ; {RDF.value.n3()} ?piece ]"
_CELLS = _SHOWN % "?place jx:cell ?piece"


def _stated(dataset: Dataset) -> list[Finding]:
    """Every finding of the graph, of single reports and between them."""
    boxes: Mapping[Any, set[Box]] = defaultdict(set)
    cells: Mapping[Any, set[str]] = defaultdict(set)
    for place, fragment in _rows(dataset, _FRAGMENTS):
        boxes[place].add(box(str(fragment)))
    for place, address in _rows(dataset, _CELLS):
        cells[place].add(str(address))
    places: Mapping[Any, dict[Any, Evidence]] = defaultdict(dict)
    for finding, place, name, start, end, quote in _rows(dataset, _PLACES):
        where = tuple(sorted(boxes[place])), tuple(sorted(cells[place]))
        places[finding][place] = Evidence(str(name), int(start), int(end), str(quote), *where)
    said: Mapping[Any, list[Statement]] = defaultdict(list)
    for finding, term, value in _rows(dataset, _SAID):
        said[finding].append((term, value))
    return [_finding(statements, places[iri]) for iri, statements in said.items()]


def _finding(said: list[Statement], places: Mapping[Any, Evidence]) -> Finding:
    primary = next(places[value] for term, value in said if term == JX.primaryEvidence)
    finding = fact_of(said, tuple(places.values()), primary)
    assert isinstance(finding, Finding)
    return finding


def _rows(dataset: Dataset, query: str) -> Iterable[Any]:
    return dataset.query(query, initNs=PREFIXES)
