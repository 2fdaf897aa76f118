"""Facts as statements and back: which field is which property, which value which literal.

The property is the field's own name in camel case. A field that names something (subject,
department, parent, measure) is kept twice: as written (jx:subjectName) and as a link
(jx:subject).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from rdflib import RDF, XSD, Literal, URIRef
from rdflib.term import Node

from kg.facts import KINDS, Evidence, Fact, Finding
from kg.values.exact import plain
from ontology.terms import JX

LINKS = ("subject", "department", "parent", "measure")
_OTHER_NAMES = {"aliases": "alias"} | {name: f"{name}Name" for name in LINKS}
_NOT_FIELDS = ("evidence", "others")
DESCRIBING = ("report", "department", "unit", "project")
"""The kinds of fact that say what something is; all others say something of it."""


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match.group(1).upper(), name)


TERMS: Mapping[str, URIRef] = {
    field.name: JX[_OTHER_NAMES.get(field.name, _camel(field.name))]
    for kind in KINDS.values()
    for field in fields(kind)
    if field.name not in _NOT_FIELDS
}
"""The property of every field of every kind of fact."""
_FIELDS = {term: name for name, term in TERMS.items()}

Statement = tuple[URIRef, Node]


def class_of(kind: str) -> URIRef:
    """The class of the statement that a fact of `kind` becomes."""
    return JX.Description if kind in DESCRIBING else JX[KINDS[kind].__name__]


def statements(fact: Fact) -> Iterator[Statement]:
    """Property and value of everything `fact` says by itself, without its links and its evidence."""
    yield RDF.type, JX.Fact
    yield RDF.type, class_of(fact.kind)
    yield JX.kind, literal(fact.kind)
    yield from given(fact)


def given(fact: Fact, *names: str) -> Iterator[Statement]:
    """Property and value of the fields that `fact` gives, of all or of those in `names`."""
    for field in fields(fact):
        value = getattr(fact, field.name)
        if field.name in TERMS and value is not None and (not names or field.name in names):
            for one in value if isinstance(value, tuple) else (value,):
                yield TERMS[field.name], _date(one) if field.name == "date" else literal(one)


@lru_cache(maxsize=4096, typed=True)  # the same names, units and years again and again
def literal(value: str | bool | int | Decimal) -> Literal:
    """The one way in which a value is written in the graph. ValueError for what is no number."""
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=XSD.boolean)
    if isinstance(value, int):
        return Literal(str(value), datatype=XSD.integer)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"not a number: {value}")
        return Literal(plain(value), datatype=XSD.decimal, normalize=False)
    return Literal(value)


def _date(iso: str) -> Literal:
    """A date as precise as it is known; words that are no date stay words."""
    if re.fullmatch(r"[12][0-9]{3}", iso):
        return Literal(iso, datatype=XSD.gYear, normalize=False)
    if re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", iso):
        return Literal(iso, datatype=XSD.gYearMonth, normalize=False)
    try:
        known = date.fromisoformat(iso).isoformat() == iso
    except ValueError:
        known = False
    return Literal(iso, datatype=XSD.date) if known else literal(iso)


Value = str | bool | int | Decimal
READ: Mapping[str, Callable[[str], Value]] = {
    str(XSD.boolean): lambda written: written in ("true", "1"),
    str(XSD.integer): int,
    str(XSD.decimal): Decimal,
}
"""How what `literal` wrote is read, by the address of its datatype; all else is words."""


def value_of(term: Node) -> Value:
    """What `literal` wrote."""
    read = READ.get(str(getattr(term, "datatype", "")))
    return read(str(term)) if read else str(term)


def fact_of(said: Iterable[Statement], evidence: tuple[Evidence, ...], primary: Evidence) -> Fact:
    """The fact whose statements are `said`, proved by `evidence`, first of all by `primary`."""
    values: dict[str, Any] = {}
    aliases: list[str] = []
    kind = ""
    for term, value in said:
        name = _FIELDS.get(term)
        if term == JX.kind:
            kind = str(value)
        elif name == "aliases":
            aliases.append(str(value))
        elif name:
            values[name] = value_of(value)
    if aliases:
        values["aliases"] = tuple(sorted(aliases))
    if KINDS[kind] is Finding:
        values["others"] = tuple(sorted((e for e in evidence if e != primary), key=lambda e: (e.start, e.end)))
    return KINDS[kind](evidence=primary, **values)
