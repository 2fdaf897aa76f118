"""Running text as extractors of numbers read it: each paragraph with its section and its subject.

A subject is the department, or the project whose report, section or form we are in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.document import Paragraph, Section, Table, cell_words, grid
from kg.grammar import projects
from kg.grammar.lexicon import folded, words
from kg.grammar.wrapped import joined, page_width
from kg.once import once
from kg.reading import Reading, under_roles
from kg.text import Source, Span, View, view

_GOAL = re.compile(r"(?:\(?\d{1,2}[).、])?(?:年度|总体|绩效)*(?:绩效目标|年度目标|总体目标|绩效指标)[:为]")
# 收支与绩效目标 tells also what was received and spent.
_MIXED = re.compile(
    r"(?:收支|收入|支出|决算|执行|使用|到位)(?:情况)?[与和及、](?:[^目]{0,8})目标|目标(?:情况)?[与和及、][^目]{0,8}(?:收支|收入|支出|决算|执行|使用|到位)"
)
_DONE = re.compile(r"完成情况|已完成|实现了|超额完成|执行数|实际(?:支出|完成|执行)|得分|指标的?完成率")
_ATTAINED = re.compile(r"(?:完成|实现|达成|执行|落实)(?:情况|分析)")
_GOALS = frozenset({"goals", "indicators"})  # roles of sections that tell what is planned
_SENTENCE = re.compile(r"[,。;]")
_LABEL = 15  # characters; a longer cell is text, not a label
_INDICATORS = frozenset(words("functional-words", "三级指标"))
_PLANNED = re.compile(r"目标|预期|计划")


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph. `role` is what its section is for, '' where unknown; `title` heads it, folded;
    `projects` are the names of the part's projects by their folded form; `place` is the same object for paragraphs that
    stand together; `goal` says that it tells what is planned, not what was done."""

    view: View
    subject: str
    role: str
    title: str
    projects: Mapping[str, str]
    place: object = field(repr=False)
    goal: bool = False


@once  # for the figures, and again for the rules about words
def prose(reading: Reading) -> tuple[Prose, ...]:
    """Every paragraph of the part, and every cell that holds sentences, section by section. A heading
    with a figure in it counts as a paragraph, joined with the text that goes on in its line."""
    return tuple(_prose(reading))


def _prose(reading: Reading) -> Iterator[Prose]:
    names = {folded(naming.name): naming.name for naming in projects.projects(reading)}
    width = page_width(reading)
    for path, role in under_roles(reading):
        section = path[-1]
        title = folded(section.title)
        for span, place, planned in (*_paragraphs(reading.source, section, width), *_cells(reading.source, section)):
            owner = projects.owner(reading, span)
            text = view(reading.source, span)
            goal = planned
            if goal is None:
                planned_here = role in _GOALS and not is_attained(reading, path) and not _MIXED.search(title)
                goal = (planned_here or bool(_GOAL.match(text.text))) and not _DONE.search(text.text)
            yield Prose(text, owner.name if owner else reading.subject, role, title, names, place, goal)


def is_attained(reading: Reading, path: tuple[Section, ...]) -> bool:
    """Whether the headings down from the one that gives the section its role speak of what was done:
    产出指标完成情况."""
    for section in reversed(path):
        if _ATTAINED.search(folded(section.title)):
            return True
        if section in reading.roles:
            return False
    return False


def _paragraphs(source: Source, section: Section, width: int) -> Iterator[tuple[Span, object, bool | None]]:
    """Paragraphs and headings with figures; whether they are a plan is for their words to say."""
    spans = [block.span for block in section.blocks if isinstance(block, Paragraph)]
    if section.heading and any(char.isdigit() for char in section.title):
        glued = bool(spans) and "\n" not in source.text[section.heading.end : spans[0].start]
        yield Span(section.heading.start, spans.pop(0).end if glued else section.heading.end), section, None
    yield from ((span, section, None) for span in joined(source, spans, width))


def _cells(source: Source, section: Section) -> Iterator[tuple[Span, object, bool | None]]:
    """Cells with sentences in them, and whether they tell what is planned: in self-evaluation forms the
    goals and what came of them. What stands among the indicators is theirs."""
    for table in (block for block in section.blocks if isinstance(block, Table)):
        if not any(map(_is_said, cell_words(source, table))):
            continue
        above: tuple[str, ...] = ()
        for row, seen in zip(table.rows, grid(source, table), strict=True):
            texts = tuple(text.text for text in seen)
            if _INDICATORS.intersection(texts):
                break
            for index, cell in enumerate(row):
                if _is_said(texts[index]) and cell not in row[:index]:
                    yield cell.span, cell, _planned(texts[:index], above[index] if above else "")
            above = texts


def _is_said(words_: str) -> bool:
    """Whether a cell holds sentences."""
    return len(words_) > _LABEL and _SENTENCE.search(words_) is not None


def _planned(left: tuple[str, ...], above: str) -> bool:
    """Whether the label over a cell, or else the one before it, speaks of a plan."""
    label = above if len(above) <= _LABEL and above not in left else next((t for t in reversed(left) if t), "")
    return bool(_PLANNED.search(label)) and "完成" not in label and "实现" not in label
