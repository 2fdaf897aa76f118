"""Running text as extractors of numbers read it: each paragraph with its section and its subject.

A subject is the department, or the project whose report, section or form we are in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg import projects
from kg.document import Paragraph, Section, walk
from kg.lexicon import folded
from kg.reading import Reading
from kg.text import Source, Span, View, view

_GOAL = re.compile(r"(?:\(?\d{1,2}[).、])?(?:年度|总体|绩效)*(?:绩效目标|年度目标|总体目标|绩效指标)[:为]")

_DONE = re.compile(r"完成情况|已完成|实现了|超额完成")


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph. `role` is what its section is for, '' where unknown; `title` heads it, folded;
    `place` is the same object for paragraphs that stand together; `goal` says that it tells what
    is planned, not what was done."""

    view: View
    subject: str
    role: str
    title: str
    place: object = field(repr=False)
    goal: bool = False


def prose(reading: Reading) -> Iterator[Prose]:
    """Every paragraph of the part in reading order. A heading with a figure in it counts as one,
    joined with the text that goes on in its line."""
    namings = projects.projects(reading)
    for path in walk(reading.part.sections):
        section = path[-1]
        role = next((reading.roles[s] for s in reversed(path) if s in reading.roles), "")
        for span in _spans(reading.source, section):
            owner = projects.owner(namings, span)
            subject = owner.name if owner else reading.subject
            text = view(reading.source, span)
            goal = (role == "goals" or bool(_GOAL.match(text.text))) and not _DONE.search(text.text)
            yield Prose(text, subject, role, folded(section.title), section, goal)


def _spans(source: Source, section: Section) -> Iterator[Span]:
    paragraphs = [block.span for block in section.blocks if isinstance(block, Paragraph)]
    if section.heading and any(char.isdigit() for char in section.title):
        glued = bool(paragraphs) and "\n" not in source.text[section.heading.end : paragraphs[0].start]
        yield Span(section.heading.start, paragraphs.pop(0).end if glued else section.heading.end)
    yield from paragraphs
