"""Lists of facts of one kind: their columns are the fields of the fact and the words that prove it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from api.resource import MORE, OF_REPORT, Column, Resource, Row
from kg.facts import KINDS
from kg.graph.dataset import select
from kg.graph.iris import graph_iri
from kg.graph.statements import DESCRIBING, TERMS, class_of, literal
from kg.workspace import Entry
from ontology import loader
from ontology.terms import JX
from search.collection import Collection

_NAMES: Mapping[Any, str] = {str(term): name for name, term in TERMS.items()}
_KIND = {"int | None": "integer", "int": "integer", "Decimal": "number", "Decimal | None": "number"}
_KIND |= {"bool | None": "boolean", "Decimal | str | None": "any"}
_PLACE_LABELS = {"quote": ("原文", "words"), "start": ("起", "start"), "end": ("止", "end"), "iri": ("标识", "IRI")}
_FOR_REPORT = {"report": "fileName"}


def of_kind(kind: str, name: str, title: str, title_en: str, filters: Sequence[str], example: Row) -> Resource:
    """The list `name` of all facts of `kind`; `filters` are fields of that kind."""

    def rows(collection: Collection, entry: Entry) -> Iterator[Row]:
        node, within = f"?it {_is(kind)} ; jx:inReport <{entry.iri}> .", f"GRAPH <{graph_iri(entry.iri)}>"
        return iter(_read(collection, node, kind, within).values())

    def at(collection: Collection, iris: Sequence[str]) -> Mapping[str, Row]:
        return _read(collection, f"VALUES ?it {{ {' '.join(f'<{iri}>' for iri in iris)} }}", kind)

    own = [field for field in fields(KINDS[kind]) if field.name not in ("evidence", "others")]
    columns = (
        column("iri"),
        *of_report(),
        *(column(f.name, _KIND.get(str(f.type), "text"), f.name != "aliases") for f in own if f.name not in OF_REPORT),
        column("quote"),
        column("start", "integer"),
        column("end", "integer"),
    )
    alone = frozenset(c.term for c in columns if c.term and sum(c.name in _fields(other) for other in KINDS) == 1)
    return Resource(
        name,
        title,
        title_en,
        columns,
        rows,
        _node(kind),
        at,
        tuple(filters),
        example,
        own=alone,
        by_own=f"{MORE} ?it jx:inReport ?r .",
    )


def _node(kind: str) -> str:
    """The pattern of a fact of this kind and its report."""
    return f"{MORE} ?it {_is(kind)} ; jx:inReport ?r ."


def _is(kind: str) -> str:
    """What a fact of this kind is; the class says it in one step, where the kind has one."""
    return f"jx:kind {literal(kind).n3()} ; a jx:Fact" if kind in DESCRIBING else f"a {class_of(kind).n3()}"


def _fields(kind: str) -> frozenset[str]:
    return frozenset(field.name for field in fields(KINDS[kind]))


def column(name: str, kind: str = "text", asked: bool = False) -> Column:
    """The column of the field `name`, called as the ontology calls it; `asked` where the graph may be
    asked for it."""
    term = str(TERMS[name]).removeprefix(loader.NAMESPACE) if name in TERMS else _FOR_REPORT.get(name, name)
    zh, en = _PLACE_LABELS.get(name, (loader.labels().get(term, ""), loader.labels("en").get(term, "")))
    return Column(name, kind, term if asked else "", zh, en)


def of_report() -> tuple[Column, ...]:
    """The columns that say which report a row stands in."""
    return tuple(column(name, "integer" if name == "fiscal_year" else "text") for name in OF_REPORT)


def _read(collection: Collection, node: str, kind: str, within: str = "") -> dict[str, Row]:
    """The rows of the facts ?it that fit `node`, by IRI, in reading order; looked for `within` a graph, where
    one is named: that costs a third."""
    found: dict[Any, dict[str, Any]] = defaultdict(dict)
    places = f"SELECT ?it ?start ?end ?quote {{ {within} {{ {node} ?it {_PLACE[kind == 'finding']} ?e . {_WORDS} }} }}"
    for it, start, end, quote in select(collection.dataset, places)[1]:
        found[it] |= {"iri": it, "quote": quote, "start": start, "end": end}
    said = f"SELECT ?it ?p ?o {{ {within} {{ {node} ?it ?p ?o FILTER(isLiteral(?o)) }} }}"
    for it, term, value in select(collection.dataset, said)[1]:
        name = _NAMES.get(term)
        if name == "aliases":
            found[it].setdefault(name, []).append(value)
        elif name:
            found[it][name] = value
    return dict(sorted(found.items(), key=lambda pair: (pair[1]["start"], pair[1]["end"], pair[0])))


_PLACE = {False: JX.evidence.n3(), True: JX.primaryEvidence.n3()}
_WORDS = "?e jx:start ?start ; jx:end ?end ; jx:quote ?quote ."
