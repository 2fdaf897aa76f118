"""Performance indicators: rows of indicator tables, and what prose says under 产出指标, 效益指标, 满意度."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.document import Section, Table
from kg.extractors import _indicator_prose, _indicator_rows
from kg.facts import Indicator
from kg.grammar import heads, levels
from kg.grammar.lexicon import folded
from kg.grammar.projects import owner
from kg.reading import Reading


def extract(reading: Reading) -> Iterator[Indicator]:
    """The indicators of the part in reading order. The subject is the project that the place speaks
    of, else the department."""
    for indicator in _all(reading):
        project = owner(reading, indicator.evidence.span)
        yield replace(indicator, subject=project.name) if project else indicator


def _headed(path: Sequence[Section]) -> str | None:
    """The first-level indicator that a heading over a table without levels names: （三）产出指标（35分）."""
    named = (levels.level(folded(section.title)) for section in reversed(path))
    return next((levels.first(level).label for level in named if level), None)


def _all(reading: Reading) -> Iterator[Indicator]:
    carried = _indicator_rows.Carried()
    for path, block in reading.blocks():
        if isinstance(block, Table):
            for row in heads.tables(reading)[block]:
                carried = carried.down_to(reading, row)
                indicator = _indicator_rows.read(reading, row, carried)
                if indicator:
                    yield indicator if indicator.level1 else replace(indicator, level1=_headed(path))
        else:
            yield from _indicator_prose.read(reading, path, block)
