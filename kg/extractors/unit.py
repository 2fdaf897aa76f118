"""Units: what is inside the department or under it, from sentences, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg import numbering, organisations
from kg.document import Paragraph, Table
from kg.extractors import _roster, _standing, _unit_lists
from kg.extractors._clauses import passages, sentences
from kg.extractors._unit_lists import OWN, Named
from kg.facts import Fact, Unit, cut
from kg.grammar import heads
from kg.grammar.lexicon import words
from kg.reading import Reading
from kg.text import Span, View, view


def extract(reading: Reading) -> Iterator[Fact]:
    """One fact per name, in the order they appear; what later sentences say of a unit (rank, nature,
    funding) is added to it."""
    units: dict[str, Named] = {}
    for found in sorted(
        [*_in_tables(reading), *_in_forms(reading), *_in_text(reading)], key=lambda f: (f.span.start, f.span.end)
    ):
        known = units.setdefault(found.name, found)
        units[found.name] = replace(known, said={**found.said, **known.said})
    for standing in _standing.standings(reading):
        if standing.subject in units:
            known = units[standing.subject]
            units[standing.subject] = replace(known, said={standing.field: standing.value, **known.said})
    own = max((name for name, found in units.items() if found.relation == OWN), key=len, default="")
    for found in units.values():
        if found.relation == OWN and found.name != own:
            continue  # 包括局本级…：1. X局（本级）: one and the same
        yield Unit(
            name=found.name,
            parent=found.said.get("parent", reading.subject),
            relation=found.relation,
            rank=found.said.get("rank"),
            nature=found.said.get("nature"),
            funding=found.said.get("funding"),
            evidence=cut(reading.source, found.span),
            part=reading.part.label or None,
        )


def _in_tables(reading: Reading) -> Iterator[Named]:
    for entry in _roster.entries(reading):
        relation = _unit_lists.relation(entry.name, reading.header.department)
        yield Named(entry.name, relation, entry.span, _standing.listed(reading.source, entry))


def _in_forms(reading: Reading) -> Iterator[Named]:
    """主管部门 | 水务局 | 实施单位 | 水文站: who carries a project out for the department is a unit of its."""
    department = reading.header.department
    for _, block in reading.blocks():
        if not isinstance(block, Table) or "office" not in heads.fields_in(reading.source, block).values():
            continue
        ours = False
        for row in heads.rows(reading.source, block):
            for field, label, answer in heads.answers(row):
                said, name = heads.text_of(reading.source, label).rstrip(":"), heads.text_of(reading.source, answer)
                if field != "office" or not organisations.is_organisation(name):
                    continue
                own = organisations.own(name, department) == len(name) or organisations.same(name, department or "")
                ours = own if said in words("header-labels", "主管部门") else ours
                if ours and not own and said in words("header-labels", "实施单位"):
                    span = Span(label.span.start, answer.span.end)
                    relation = _unit_lists.relation(name, department)
                    yield Named(reading.source.plain(answer.span), relation, span)


def _in_text(reading: Reading) -> Iterator[Named]:
    """Units in the lines where the report tells of itself, and what any sentence declares to be
    under the department."""
    department = reading.header.department
    opened = False
    for text in passages(reading):
        if opened and (line := _line(text, department)):
            yield line
            continue
        opened = text.text.endswith(":") and bool(_unit_lists.OPENS_LINES.search(text.text))
        for start, end in sentences(text.text):
            yield from _unit_lists.listed(text, start, end, department)
            yield from _unit_lists.composed(text, start, end, department)
    for _, block in reading.blocks():
        said = view(reading.source, block.span) if isinstance(block, Paragraph) else None
        if said and _unit_lists.DECLARES.search(said.text):
            for start, end in sentences(said.text):
                yield from _unit_lists.declared(said, start, end, department)


def _line(text: View, department: str | None) -> Named | None:
    """A line that is a unit's name and nothing else, with or without a number, in a list of units."""
    start = numbering.strip(text.text)
    name = text.text[start:].rstrip("。;,")
    if not organisations.is_organisation(name):
        return None
    last, said = _unit_lists.aside(name)
    proof = text.span(start, start + len(name))
    return Named(
        text.source.plain(text.span(start, start + last)), _unit_lists.relation(name[:last], department), proof, said
    )
