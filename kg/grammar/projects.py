"""The budget projects that a report names, and which stretch of it speaks of which.

A report names a project in its title, a heading, a form's 项目名称, a row of a list, or a
sentence that gives its score or its money. Whatever stands in that stretch is the project's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from kg import numbering
from kg.document import Cell, Paragraph, Section, Table, cell_words, walk
from kg.grammar import heads, levels
from kg.grammar.lexicon import either, folded
from kg.grammar.project_names import PAID, SHORT, Naming, is_name, is_paid_for, name_at
from kg.grammar.project_prose import ACCOUNTED, SCORED, told
from kg.once import once
from kg.reading import Reading
from kg.text import Span, view

__all__ = ["Naming", "owner", "projects"]

_FAR = 200  # code points that one proof may span
_DONE = re.compile(
    r"(?:项目(?:支出)?(?:绩效|指标|目标|实施){1,3}|绩效|(?:绩效)?(?:指标|目标))?(?:完成|实现|执行|实施)情况(?:及?(?:指标|绩效)?分析)?$"
    r"|项目(?:支出)?绩效分析$"
)
_OF_LEVELS = re.compile(r"绩效|指标|目标")
_TITLES = (
    re.compile(r"(?:报告|自评表)[(《“\"](?P<name>[^()]{2,60}?(?:\([^()]{1,20}\))?)[)》”\"]$"),
    re.compile(r"[“\"《](?P<name>[^“”\"《》]{2,60})[”\"》](?:专项|项目|资金|支出)"),
    re.compile(r"\d{4}年度?(?P<name>[^,。()]{2,60}?)(?:项目)?(?:支出|预算)?(?:绩效|自评|评价)[^,。()]{0,12}$"),
)
# 河堤巡查经费项目经费情况说明 has a page of its own in a budget.
_EXPLAINED = re.compile(r"(?P<name>[^,。;:()]{6,60}?)项目(?:经费|资金)(?:安排|使用)?情况说明$")
# A column of one of these makes a list of 项目名称 one of budget projects.
_LISTED = frozenset({"budget", "spent", "score", "weight", "rate", "grade", "target"})
_CALLED = re.compile(r"项目名称:(?=.{2})")  # budgets of Xinjiang head what they say of each project so
_SPENT_ON = "项目支出"
_WANTED_LABELS = 2  # levels of indicators under a heading that names a project
_THIS = re.compile(r"[该本]项目|项目(?:年初|全年|总)?(?:预算|投资)")


@once  # every extractor of a part asks for them
def projects(reading: Reading) -> tuple[Naming, ...]:
    """Every naming of a project in the part, in reading order. One that is named often, with 项目 behind
    it or without, has the same name everywhere: that of the first form or list, where the name stands
    by itself, else that of the first place."""
    tabled = [*_tabled(reading)]
    found = [*_titled(reading), *_headed(reading), *tabled, *_labelled(reading), *told(reading)]
    found.sort(key=_order)
    names = {naming.key: naming.name for namings in (found, sorted(tabled, key=_order)) for naming in reversed(namings)}
    return tuple(replace(naming, name=names[naming.key]) for naming in found)


def _order(naming: Naming) -> tuple[int, int]:
    return naming.place.start, naming.place.end


def owner(reading: Reading, place: Span) -> Naming | None:
    """The project that the stretch around `place` speaks of: that of the smallest scope."""
    scopes = _scopes(reading)
    last = bisect_right(scopes.starts, place.start) - 1
    around = [naming for naming in scopes.open[last] if naming.scope.covers(place)] if last >= 0 else []
    return min(around, key=lambda naming: len(naming.scope), default=None)


@dataclass(frozen=True, slots=True)
class _Scopes:
    """Where scopes begin, and the namings whose scopes are open from there on, in reading order: a list of
    thousands of projects is looked through once, not once for every figure in it."""

    starts: Sequence[int]
    open: Sequence[Sequence[Naming]]


@once
def _scopes(reading: Reading) -> _Scopes:
    starts: list[int] = []
    opened: list[list[tuple[int, Naming]]] = []
    for place, naming in sorted(enumerate(projects(reading)), key=lambda pair: pair[1].scope.start):
        start = naming.scope.start
        if not starts or starts[-1] < start:
            starts.append(start)
            opened.append([pair for pair in (opened[-1] if opened else ()) if pair[1].scope.end >= start])
        opened[-1].append((place, naming))
    return _Scopes(starts, [[naming for _, naming in sorted(pairs, key=lambda pair: pair[0])] for pairs in opened])


def _titled(reading: Reading) -> Iterator[Naming]:
    """The title of a project's own report: 2023年度校园维修项目支出绩效自评报告, …报告（校园维修）."""
    first = reading.part.sections[0] if reading.part.sections else None
    spans = [reading.header.title_span, first.heading if first and first.heading and not first.number else None]
    for span in spans:
        seen = view(reading.source, span) if span and len(span) else None
        if seen is None or "项目" not in seen.text or "整体" in seen.text:
            continue
        match = next((found for pattern in _TITLES if (found := pattern.search(seen.text))), None)
        naming = name_at(seen, *match.span("name"), reading.part.span) if match else None
        if naming and is_name(folded(naming.name)):
            yield naming
            return


def _headed(reading: Reading) -> Iterator[Naming]:
    """A heading over a project's indicators (1、校园维修经费完成情况, then 产出指标…, 效益指标…), over its
    review (1.校园维修项目绩效自评综述) or over what a budget says of it (校园维修费项目经费情况说明)."""
    for path in walk(reading.part.sections):
        section = path[-1]
        title = folded(section.title)
        if section.heading is None or not title:
            continue
        seen = view(reading.source, section.heading)
        start = len(seen.text) - len(title)
        labelled = _CALLED.match(title)
        if labelled and (naming := name_at(seen, start + labelled.end(), len(seen.text), section.span)):
            yield naming
            continue
        reviewed = SCORED.match(title) or _EXPLAINED.match(title)
        done = _DONE.search(title)
        end = reviewed.end("name") if reviewed else done.start() if done else len(title)
        if done and not done.group().startswith("项目") and _OF_LEVELS.match(done.group()):
            end = end if PAID.search(title[:end]) else 0  # 分项绩效目标完成情况
        if is_name(title[:end]) and (reviewed or _is_about_project(reading, path)):
            naming = name_at(seen, start, start + end, section.span)
            if naming:
                yield naming


def _is_about_project(reading: Reading, path: tuple[Section, ...]) -> bool:
    """Whether what stands under the heading is a project's: two levels of indicators or more right
    below it, a paragraph that says 该项目, or a name like 经费 in a chapter on 项目."""
    section = path[-1]
    texts = [view(reading.source, block.span).text for block in section.blocks if isinstance(block, Paragraph)]
    opened = {label.level.label for text in texts for label in levels.labels(text) if label.explicit}
    headed = {found.label for below in section.sections if (found := levels.level(folded(below.title)))}
    listed = len(path) > 1 and "项目" in path[-2].title and PAID.search(folded(section.title))
    named = listed and len(section.title) > SHORT and not section.title.startswith("项目")
    accounted = bool(texts) and is_paid_for(folded(section.title)) and bool(ACCOUNTED.match(texts[0]))
    said = accounted or bool(named) or any(_THIS.match(text) for text in texts)
    return said or len(opened | headed) >= _WANTED_LABELS


def _tabled(reading: Reading) -> Iterator[Naming]:
    """项目名称 in a form, and the rows under a column 项目名称. A table that goes on from the form before
    it (a page break) speaks of the same project."""
    head: heads.Head | None = None
    last: Naming | None = None
    for _, block in reading.blocks():
        if not isinstance(block, Table):
            continue
        rows = heads.tables(reading)[block]
        goes_on = bool(rows) and head is not None and rows[0].head is head
        head = rows[-1].head if rows else head
        yield from _listed(reading, rows)
        yield from _spending(reading, block)
        forms = list(_formed(reading, block, rows))
        yield from forms
        if last and goes_on and not forms:
            yield replace(last, scope=block.span)
        last = forms[-1] if forms else last if goes_on else None


def _listed(reading: Reading, rows: tuple[heads.Row, ...]) -> Iterator[Naming]:
    for row in rows:
        column = row.head.column("project") if row.head else None
        scope = row.span()
        if row.head is None or column is None or scope is None or not _LISTED & set(row.head.fields):
            continue
        seen = view(reading.source, row.cells[column].span)
        naming = name_at(seen, 0, len(seen), scope)
        if naming:
            yield naming


def _spending(reading: Reading, table: Table) -> Iterator[Naming]:
    """基础数据表 lists under its row 项目支出 the projects that the money went to, numbered."""
    under = False
    if not any(words.strip(":") == _SPENT_ON for words in cell_words(reading.source, table)):
        return
    for cells in table.rows:
        seen = view(reading.source, cells[0].span)
        numbered = numbering.read(seen.text) is not None
        under = (under and numbered) or seen.text.strip(":") == _SPENT_ON
        naming = name_at(seen, 0, len(seen), Span(cells[0].span.start, cells[-1].span.end)) if numbered else None
        if under and naming and is_paid_for(folded(naming.name)):
            yield naming


def _formed(reading: Reading, table: Table, rows: tuple[heads.Row, ...]) -> Iterator[Naming]:
    """Each form of a table speaks of its project down to the next form."""
    said = [answer for row in rows for answer in heads.answers(row)]
    named = [(label, cell) for field, label, cell in said if field == "project"]
    if not _is_form(rows):
        return
    ends = [*(label.span.start for label, _ in named[1:]), table.span.end]
    for (label, cell), end in zip(named, ends, strict=False):
        scope = Span(label.span.start, end)
        seen = view(reading.source, cell.span)
        naming = name_at(seen, 0, len(seen), scope)
        coded = next((c for field, _, c in said if field == "code" and scope.covers(c.span)), None)
        if naming and coded and not naming.code:
            naming = _with_code(reading, naming, coded)
        if naming:
            yield naming


def _with_code(reading: Reading, naming: Naming, cell: Cell) -> Naming:
    """The naming with the code of a cell of its own, which its proof reaches to where that is near."""
    place = Span(min(naming.place.start, cell.span.start), max(naming.place.end, cell.span.end))
    near = len(place) <= _FAR
    return replace(naming, code=heads.text_of(reading.source, cell), place=place if near else naming.place)


def _is_form(rows: tuple[heads.Row, ...]) -> bool:
    """Whether 项目名称 is a line among other lines of a form, not an unread head over a list."""
    opens = [field for row in rows if (field := heads.opens_with(row))]
    named = [row for row in rows if heads.opens_with(row) == "project"]
    alone = any(sum(bool(len(cell.span)) for cell in set(row.cells)) == 2 for row in named)
    return alone or len(set(opens)) > 1 or any(row.head for row in rows)


@cache
def _label() -> re.Pattern[str]:
    """项目名称：校园维修 on a line of a form that is no table; a blank ends the name."""
    labels = either(word for word, field in heads.spelled().items() if field == "project")
    return re.compile(
        rf"(?m)^[ \t\u3000]*(?:\S{{1,4}}[、.．])?(?:{labels})[ \t]*[:：][ \t\u3000]*(?P<name>[^\s:：，。；]{{2,60}})"
    )


def _labelled(reading: Reading) -> Iterator[Naming]:
    """A form written as lines: what follows 项目名称：… is the project's, to the next such line or to the
    end of the attachment or chapter."""
    found: list[tuple[Naming, int]] = []
    for path, block in reading.blocks():
        if isinstance(block, Paragraph):
            end = reading.part.span.end if reading.part.label else path[0].span.end
            for match in _label().finditer(reading.source.text, block.span.start, block.span.end):
                seen = view(reading.source, Span(*match.span("name")))
                naming = name_at(seen, 0, len(seen), Span(match.start(), end))
                found += [(naming, end)] if naming else []
    for (naming, end), after in zip_longest(found, [later for later, _ in found[1:]]):
        stop = min(end, after.scope.start) if after else end
        yield replace(naming, scope=Span(naming.scope.start, stop))
