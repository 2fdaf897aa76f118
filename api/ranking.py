"""What the graph is asked of a whole list at once: which reports have rows that fit, and how the rows
rank by what a column says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count

from api.cursors import Place, place_in
from api.remembered import asked
from api.resource import MORE, Resource, Row, of_entry
from api.wanted import Wanted, test_of, wanted_reports
from kg.errors import BadQuery
from kg.graph.statements import literal
from kg.workspace import Entry
from search.collection import Collection

RANKED = 1000  # rows of a list in the order of a column that are first asked for; then ten times as many, and so on
KEPT = 10_000  # rows of an order that are remembered beside other answers
BATCH = 50
FEW = 300  # reports that a query names


def having(collection: Collection, resource: Resource, wanted: Wanted) -> frozenset[str]:
    """The reports that have rows that fit."""
    pattern = _pattern(resource, _fitting(collection, resource, wanted), _asked_of(resource, wanted))
    return frozenset(row[0] for row in asked(collection, f"SELECT DISTINCT ?r {{ {pattern} }}"))


def ranked(
    collection: Collection, resource: Resource, wanted: Wanted, column: str, descending: bool
) -> Iterator[tuple[Place, Row]]:
    """In the order of a column; rows that do not give it are not listed."""
    begin = place_in(wanted.cursor, 1)[0] if wanted.cursor else 0
    if not isinstance(begin, int) or begin < 0:
        raise BadQuery("bad-cursor", "读不懂这个翻页标记")
    by_iri = {entry.iri: entry for entry in wanted_reports(collection, wanted)}
    for most in (RANKED * 10**times for times in count()):  # until the list ends
        if most <= begin:
            continue
        first = _first(collection, resource, wanted, resource.column(column).term, descending, most)
        for start in range(begin, len(first), BATCH):
            for at, report, row in _rows(collection, resource, first[start : start + BATCH], by_iri):
                yield (start + at,), {**of_entry(by_iri[report]), **row}
        begin = max(begin, len(first))
        if len(first) < most:
            return


def _rows(
    collection: Collection, resource: Resource, nodes: Sequence[tuple[str, ...]], reports: Mapping[str, Entry]
) -> Iterator[tuple[int, str, Row]]:
    """The rows of these nodes in `reports`, each with its number from 1 on and its report."""
    of = _reports(collection, [it for it, *report in nodes if not report]) | {
        it: r for it, *rest in nodes for r in rest
    }
    placed = [(at, it, of[it]) for at, (it, *_) in enumerate(nodes, 1) if of.get(it) in reports]
    known = resource.at(collection, [it for _, it, _ in placed]) if resource.at and placed else {}
    for at, it, report in placed:
        if not resource.at:
            yield from ((at, report, row) for row in resource.rows(collection, reports[report]))
        elif it in known:
            yield at, report, known[it]


def _first(
    collection: Collection, resource: Resource, wanted: Wanted, term: str, descending: bool, most: int
) -> Sequence[tuple[str, ...]]:
    """The nodes of the first `most` rows that fit, with their reports unless those are to be looked up, in
    the order of the property `term`; those alike in the order in which the engine finds them, which is the
    same for every `most`."""
    more = f"{_fitting(collection, resource, wanted)} ?it jx:{term} ?value ."
    order = f"ORDER BY {'DESC(?value)' if descending else '?value'} LIMIT {most}"
    if resource.own & {term, *_asked_of(resource, wanted)} and "?r" not in more:
        # The order alone says which rows; to look up the report of every one would take six times as long.
        return asked(collection, f"SELECT ?it {{ {more} }} {order}", far=most > KEPT)
    pattern = resource.node.replace(MORE, more)
    return asked(collection, f"SELECT ?it ?r {{ {pattern} }} {order}", far=most > KEPT)


def _reports(collection: Collection, nodes: Sequence[str]) -> dict[str, str]:
    """The reports that these nodes stand in."""
    if not nodes:
        return {}
    values = " ".join(f"<{it}>" for it in nodes)
    found = collection.dataset.query(f"SELECT ?it ?r {{ VALUES ?it {{ {values} }} ?it jx:inReport ?r }}")
    return {str(it): str(report) for it, report in found}  # type: ignore[misc]


def _fitting(collection: Collection, resource: Resource, wanted: Wanted) -> str:
    """What is said of ?it and ?r in a row that fits, as far as the graph is asked: a few reports by
    their names, many are left to whoever reads the answer."""
    parts = []
    chosen = wanted_reports(collection, wanted) if wanted.narrows else []
    if wanted.narrows and len(chosen) <= FEW:
        parts.append(f"VALUES ?r {{ {' '.join(f'<{entry.iri}>' for entry in chosen)} }}")
    for n, (column, how, value) in enumerate(test_of(resource, wanted).tests):
        if how == "=" and isinstance(value, str | bool):
            parts.append(f"?it jx:{column.term} {literal(value).n3()} .")
        else:
            assert isinstance(value, Decimal)
            parts.append(f"?it jx:{column.term} ?v{n} . FILTER(?v{n} {how} {literal(value).n3()})")
    return " ".join(parts)


def _pattern(resource: Resource, more: str, terms: set[str]) -> str:
    """The pattern of the rows of which `more` holds. Where one of these `terms` is the resource's own,
    nothing else need say what a row is: the engine would begin with that, and look at all."""
    node = resource.by_own if resource.by_own and resource.own & terms else resource.node
    return node.replace(MORE, more)


def _asked_of(resource: Resource, wanted: Wanted) -> set[str]:
    """The properties that filters ask of a row."""
    return {column.term for column, _, _ in test_of(resource, wanted).tests}
