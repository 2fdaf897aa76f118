"""Who is who in one report: which name means which department, unit or project.

Within a report one name or alias is one thing. Across reports, departments of one name in one
region are one; units go with their department; projects stay with their report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rdflib import RDF, URIRef

from kg import organisations
from kg.facts import Department, Fact, Project, Report, Unit
from kg.graph import iris
from kg.graph.iris import BASE, folded
from kg.graph.statements import Statement, given, literal
from ontology import loader
from ontology.terms import JX


@dataclass(slots=True)
class Entities:
    """`header` is the report's own description, `department` the department it is of. `names`
    (folded) lead to things; `classes` and `called` give each thing's class and name as written."""

    report: URIRef
    header: Report | None = None
    department: URIRef | None = None
    names: dict[str, URIRef] = field(default_factory=dict, repr=False)
    classes: dict[URIRef, URIRef] = field(default_factory=dict, repr=False)
    called: dict[URIRef, str] = field(default_factory=dict, repr=False)

    def of(self, name: str) -> URIRef:
        """What `name` means in this report; a thing of its own where the report does not say."""
        return self.names.get(folded(name)) or iris.subject_iri(self.report, name)

    def described(self, fact: Fact) -> URIRef | None:
        """What a describing fact describes. An attachment (a second report fact) is no thing here."""
        if isinstance(fact, Department | Unit | Project):
            return self.of(fact.name)
        return self.report if fact is self.header else None

    def owner(self, name: str | None) -> URIRef | None:
        """The department whose business something about `name` is: itself, or the report's own."""
        thing = self.of(name) if name else None
        return thing if thing and self.classes.get(thing) == JX.Department else self.department

    def _know(self, name: str, thing: URIRef, kind: URIRef) -> URIRef:
        """Let `name` mean `thing`, unless it means something already."""
        if folded(name) not in self.names:
            self.names[folded(name)] = thing
            self.classes.setdefault(thing, kind)
            self.called.setdefault(thing, name)
        return self.names[folded(name)]


def entities(report: URIRef, facts: Sequence[Fact], base: str = BASE) -> Entities:
    """Everything that `facts` of `report` name."""
    known = Entities(report, next((f for f in facts if isinstance(f, Report) and f.part is None), None))
    header, departments = known.header, [f for f in facts if isinstance(f, Department)]

    def department(name: str, region: str | None) -> URIRef:
        return known._know(name, iris.department_iri(name, region, report, base), JX.Department)

    own = [department(fact.name, fact.region) for fact in departments]
    for fact, thing in zip(departments, own, strict=True):  # after all full names: another's short form is none
        for alias in fact.aliases:
            known._know(alias, thing, JX.Department)
    named = department(header.department, header.region) if header and header.department else None
    known.department = named or next(iter(own), None)
    for other in facts:
        if isinstance(other, Report | Project) and other.department:
            department(other.department, other.region if isinstance(other, Report) else None)
    for name, full in _in_full(f.name for f in facts if isinstance(f, Unit)):
        known._know(name, iris.unit_iri(known.department or report, full), JX.Unit)
    year = header.fiscal_year if header else None
    for name, full in _without_year((f.name for f in facts if isinstance(f, Project)), year):
        known._know(name, iris.project_iri(report, full), JX.Project)
    if header and not known.department:  # its facts are then about the report itself
        known._know(header.title, report, JX.Report)
    return known


def _in_full(units: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Units of one department by the fullest name of each: 区服务中心 is 青山区服务中心. Longest first; only the
    place may be left out, for 财务科 is not 财务审计科."""
    full: list[str] = []
    for name in sorted(dict.fromkeys(units), key=lambda name: -len(name)):
        known = (n for n in full if organisations.core(n) == organisations.core(name) and organisations.same(n, name))
        called = next(known, name)
        full += [name] if called == name else []
        yield name, called


def _without_year(projects: Iterable[str], year: int | None) -> Iterator[tuple[str, str]]:
    """Projects by the name that the text gives them: a form's 2023校舍维修 is 校舍维修 in the report for 2023."""
    names = list(dict.fromkeys(projects))
    bare = {folded(name): name for name in names}
    for name in sorted(names, key=len):
        yield name, bare.get(re.sub(rf"^{year}(?:年度?)?", "", folded(name)), name)


# What is said of a thing beside its name and aliases: the first that is given of each.
_ONCE = (
    "title", "region", "fiscal_year", "report_type", "date", "rank", "nature", "funding", "relation", "code", "year",
)  # fmt: skip


def profiles(known: Entities, facts: Iterable[Fact]) -> Iterator[tuple[URIRef, Statement]]:
    """What is said of the report and of each thing in it, gathered from all places that describe it."""
    described: Mapping[URIRef, list[Fact]] = defaultdict(list)
    for fact in facts:
        if thing := known.described(fact):
            described[thing].append(fact)
    for thing in dict.fromkeys((known.report, *known.classes)):
        said = described[thing]
        if thing != known.report:
            yield thing, (RDF.type, known.classes[thing])
            yield thing, (JX.name, literal(known.called[thing]))
        for name in _ONCE:
            yield from ((thing, found) for found in _first(given(fact, name) for fact in said))
        yield from ((thing, (JX.alias, literal(name))) for name in _other_names(known, thing, said))
        yield from (
            (thing, alias) for alias in dict.fromkeys(alias for fact in said for alias in given(fact, "aliases"))
        )
        yield from ((thing, link) for link in _links(known, thing, said))


def _other_names(known: Entities, thing: URIRef, said: Sequence[Fact]) -> Iterator[str]:
    """What a unit or a project is also called in this report."""
    names = dict.fromkeys(fact.name for fact in said if isinstance(fact, Unit | Project))
    yield from (name for name in names if name != known.called[thing])


def _first(statements: Iterable[Iterable[Statement]]) -> Iterator[Statement]:
    yield from next(filter(None, map(tuple, statements)), ())


def _links(known: Entities, thing: URIRef, said: Sequence[Fact]) -> Iterator[Statement]:
    kind = known.classes.get(thing)
    if thing == known.report:
        yield from _in_province(
            known.header.region if known.header else None, known.called.get(known.department or thing)
        )
        if known.department:
            yield JX.department, known.department
    elif kind == JX.Department:
        yield from _in_province(known.called[thing], *(f.region for f in said if isinstance(f, Department)))
        if thing == known.department:
            yield JX.hasReport, known.report
    elif kind == JX.Unit:
        parents = [known.of(f.parent) for f in said if isinstance(f, Unit) and f.parent]
        above = next((p for p in parents if p != thing and p in known.classes), known.department)
        if above:
            yield JX.parent, above
    elif kind == JX.Project:
        yield JX.inReport, known.report
        named = next((f.department for f in said if isinstance(f, Project) and f.department), None)
        if owner := known.owner(named):
            yield JX.department, owner


def _in_province(*names: str | None) -> Iterator[Statement]:
    """The province that one of `names` begins with, spelt out: 四川省… but not 四川…, for the prefecture
    海南藏族自治州 is not in 海南省."""
    for concept in loader.scheme("provinces").values():
        if any(folded(name).startswith(concept.label) for name in names if name):
            yield JX.province, URIRef(concept.iri)
            return
