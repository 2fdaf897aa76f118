"""Tables that list the units of a department, one a row: name, nature, rank, funding, people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg import organisations
from kg.document import Table, cell_words, grid
from kg.grammar.lexicon import folded
from kg.reading import Reading
from kg.text import Source, Span, View
from ontology.loader import scheme

# Columns that say nothing of what a list is of: 序号 | 单位名称 | 备注 lists units as well.
_NEUTRAL = frozenset({"", "序号", "编号", "备注", "说明"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the unit's name as written (without blanks), the whole row, and what its known
    columns hold, by field (nature, rank, funding)."""

    name: str
    span: Span
    fields: Mapping[str, View]


@cache
def _titles() -> Mapping[str, str]:
    return {folded(w): c.notation for c in scheme("unit-heads").values() for w in (c.label, *c.aliases)}


def entries(reading: Reading) -> Iterator[Entry]:
    """The rows of every table in the part that has a column of units' names."""
    for _, block in reading.blocks():
        if isinstance(block, Table):
            yield from entries_of(reading.source, block)


def entries_of(source: Source, table: Table) -> Iterator[Entry]:
    """The rows of one table; none where it has no column of units' names."""
    known: list[str] = []
    if _titles().keys().isdisjoint(cell_words(source, table)):
        return
    for row, texts in zip(table.rows, grid(source, table), strict=True):
        heads = [_titles().get(text.text, "") for text in texts]
        alone = all(head or text.text in _NEUTRAL for head, text in zip(heads, texts, strict=True))
        if "name" in heads and (alone or len(set(filter(None, heads))) >= min(2, len(row))):
            known = heads
        elif "name" in known:
            name = texts[known.index("name")]
            if organisations.is_organisation(name.text):
                yield Entry(
                    name=source.plain(name.span(0, len(name))),
                    span=_whole(texts),
                    fields={head: text for head, text in zip(known, texts, strict=True) if head and text.text},
                )


def _whole(texts: Sequence[View]) -> Span:
    spans = [text.span(0, len(text)) for text in texts if text.text]
    return Span(min(s.start for s in spans), max(s.end for s in spans))
