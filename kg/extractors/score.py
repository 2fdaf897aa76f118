"""Scores and grades: of the department, of its projects, and of single dimensions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from kg.document import Section, Table, walk
from kg.extractors import _score_prose, _score_rows
from kg.facts import Score
from kg.grammar import heads
from kg.grammar.lexicon import folded
from kg.grammar.projects import owner
from kg.reading import Reading
from kg.text import Span


def extract(reading: Reading) -> Iterator[Score]:
    """The scores of the part in reading order. The subject is the project that the place speaks of,
    else the department."""
    for path in walk(reading.part.sections):
        heading = path[-1].heading
        if heading and len(heading):  # （一）自评得分99分 is often a heading by itself
            yield from _prose(reading, path[:-1], heading)
        for block in path[-1].blocks:
            if isinstance(block, Table):
                rows = heads.tables(reading)[block]
                sideways = list(_score_rows.across(reading, rows))
                scores = sideways or (score for row in rows for score in _score_rows.read(reading, row))
                yield from (_owned(reading, score) for score in scores)
            else:
                yield from _prose(reading, path, block.span)


def _prose(reading: Reading, path: tuple[Section, ...], span: Span) -> Iterator[Score]:
    titles = tuple(folded(section.title) for section in path)
    yield from _score_prose.read(reading, span, titles, partial(owner, reading))


def _owned(reading: Reading, score: Score) -> Score:
    """The score as the project's that its place speaks of, if one does."""
    project = owner(reading, score.evidence.span)
    return replace(score, subject=project.name) if project else score
