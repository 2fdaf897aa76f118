"""One department over the years: what its reports say of it, its figures, its duties beside another's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api.lists import every
from api.resource import Row
from api.resources import departments
from api.wanted import Wanted
from kg.errors import JixiaoError
from kg.graph.iris import graph_iri
from kg.graph.statements import TERMS, value_of
from kg.workspace import Entry
from search.collection import Collection
from search.similar import Comparison, compare

PROFILE = ("aliases", "region", "rank", "nature", "funding")


@dataclass(frozen=True, slots=True)
class Profile:
    """A department by the name that its reports give it. `iris` are more than one where departments of
    different places have one name; `said` are aliases, region, rank, nature and funding, the newest
    report's first; `years` the figures, oldest first."""

    name: str
    iris: tuple[str, ...]
    said: dict[str, list[str]]
    years: tuple[Row, ...]
    reports: tuple[Entry, ...]


def reports_of(collection: Collection, name: str) -> list[Entry]:
    """The reports of the department of just this name, oldest first. JixiaoError `no-such-department`."""
    found = [entry for entry in collection.generation.entries.values() if entry.department == name]
    if not found:
        raise JixiaoError("no-such-department", "没有这个部门的报告；/api/v1/departments 可列出全部", file=name)
    return sorted(found, key=lambda entry: (entry.fiscal_year or 0, entry.name))


def years(collection: Collection, name: str) -> list[Row]:
    """The figures of each year and report, oldest first."""
    among = frozenset(entry.name for entry in reports_of(collection, name))
    rows = every(collection, departments.RESOURCE, Wanted(among=among))
    return sorted(rows, key=lambda row: (row["fiscal_year"] or 0, str(row["report"])))


def profile(collection: Collection, name: str) -> Profile:
    """All that is said of the department. JixiaoError `no-such-department`."""
    entries = reports_of(collection, name)
    figures = tuple(years(collection, name))
    said: dict[str, list[str]] = {field: [] for field in PROFILE}
    for entry in reversed(entries):
        for field, value in _said(collection, entry):
            if value not in said[field]:
                said[field].append(value)
    iris = tuple(dict.fromkeys(str(row["iri"]) for row in figures))
    return Profile(name, iris, said, figures, tuple(entries))


def _said(collection: Collection, entry: Entry) -> list[tuple[str, str]]:
    terms: dict[Any, str] = {TERMS[field]: field for field in PROFILE}
    pattern = f"GRAPH <{graph_iri(entry.iri)}> {{ <{entry.iri}> jx:department ?it . ?it ?p ?o }}"
    rows = collection.dataset.query(f"SELECT ?p ?o {{ {pattern} }} ORDER BY ?p ?o")
    return [(terms[p], str(value_of(o))) for p, o in rows if p in terms]  # type: ignore[misc]


def compared(
    collection: Collection,
    here: str,
    there: str,
    kind: str = "duty",
    year: int | None = None,
    year_there: int | None = None,
) -> Comparison:
    """What two departments state of one kind: shared, only here, only there. JixiaoError
    `no-such-department`."""
    return compare(collection.index, here, there, kind=kind, year=year, year_there=year_there)
