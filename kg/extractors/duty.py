"""Duties: what the department is there to do, one fact per item or clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg import numbering, organisations
from kg.document import Paragraph
from kg.extractors import _items
from kg.extractors._items import Item
from kg.facts import Duty, Fact, cut
from kg.grammar.lexicon import folded
from kg.reading import Reading
from kg.text import Source, Span, View, view

ROLE = "duties"
_SHORTEST = 4  # characters; 无 and 略 are no duties
# The words that open the list: 主要职责是：, 行使下列职权：, 主要负责.
_OPENING = re.compile(
    r"(?:职责|职能|职权|任务)(?:如下|包括|主要有|主要是|主要为|主要包括|分别是|是|为|有)*:|"
    r"(?:主要|基本|工作)(?:职责|职能)(?:主要)?(?:包括|是|为|有),?|(?:以下|下列)(?:主要)?(?:职责|职能|任务):?"
)
# The same where the section is about other things too.
_ANNOUNCED = re.compile(
    r"主要(?:工作)?(?:职责|职能|职能职责)(?:任务)?(?:如下|包括|主要|是|为|有)*[:,]|(?:以下|下列)(?:主要)?(?:职责|职能|职权):?"
)
_NEXT_TOPIC = re.compile(r"(?<=。)(?:内设|下设|下属|所属|机构|人员|核定|编制|现有|截[至止]|本部门|本单位|我局|部门下)")
# What a report says of the office itself before it comes to its duties: 是区政府工作部门，为正科级.
_ABOUT = re.compile(
    r"规格(?:为|是|:)|(?:正|副|[是为属])[科处股厅局县乡]级(?=$|[,(]|建制|单位|机构|行政|事业)|"
    r"(?:是|为|属于)[^,]{0,20}(?:部门|单位|机关|机构)(?=$|[,(])|制定本(?:规定|方案)|挂.{1,30}牌子"
)
# 内设办公室等3个股室, 现有在职人员11人: what stands below the duties under one heading is of the office.
_STAFFED = re.compile(
    r"(?:内设|下设|下辖)[^,]{0,60}?\d{1,2}个|(?:在职|在编|退休|编制|聘用|现有|人员)[^,\d]{0,12}\d{1,4}(?:人|名)"
)
_HALF = "主要"  # of the next title of a form: 年度主要⏎工作内容
_BASIS = re.compile(r"^(?:第.{1,3}条)?(?:根据|依据|依照|按照)[^,]{0,60}(?:规定|方案|批复|通知|意见|精神|法律)》?")
_DOES = re.compile(r"(?:主要)?(?:负责|承担|贯彻|执行|落实|组织|统筹|拟订|制定|指导|管理|协调|研究|推进)")
_INLINE = re.compile(r"(?:职责|职能|职能职责)(?:主要)?(?:是|为|有|包括)?:?(?=一是)")


def extract(reading: Reading) -> Iterator[Fact]:
    """The items of the sections on duties, of form cells named so, and what other sections on the
    department announce as its duties (主要职责：…, 主要职能职责一是…；二是…)."""
    found = [*_in_sections(reading), *_announced(reading), *_in_cells(reading), *_in_sentences(reading)]
    found = [i for i in found if len(i.text) >= _SHORTEST and not _items.is_unfilled(folded(i.text))]
    found = [i for i in found if not _STAFFED.search(folded(i.text)) and not i.text.endswith(_HALF)]
    for ordinal, item in enumerate(sorted(set(found), key=lambda i: (i.span.start, i.span.end)), start=1):
        yield Duty(
            subject=reading.subject,
            text=item.text,
            ordinal=ordinal,
            evidence=cut(reading.source, item.span),
            part=reading.part.label or None,
        )


def _in_sections(reading: Reading) -> Iterator[Item]:
    for _, spans in _items.groups(reading, ROLE):
        yield from _duties(reading.source, spans, reading.header.department)


def _announced(reading: Reading) -> Iterator[Item]:
    """Duties in a section on the office as a whole: after 主要职责：, to the end of the paragraph, with
    the numbered lines that follow it."""
    for _, spans in _items.groups(reading, "overview", "organisation", "staffing"):
        views = [view(reading.source, span) for span in spans]
        for place, text in enumerate(views):
            opening = _ANNOUNCED.search(text.text)
            if not opening or _INLINE.search(text.text):
                continue
            topic = _NEXT_TOPIC.search(text.text, opening.end())
            end = topic.start() if topic else len(text)
            listed = [text.span(opening.end(), end)] if end > opening.end() else []
            if not listed or numbering.read(text.text, opening.end()):
                below = _counted_on(views[place + 1 :])
                listed += [line.span(0, len(line)) for line in below]
            yield from _duties(reading.source, listed, reading.header.department)


def _counted_on(lines: Sequence[View]) -> Iterator[View]:
    """The lines that go on counting from the first: after （五） a heading （二）年度工作任务。 is of another list."""
    before: int | None = None
    for line in lines:
        number = numbering.read(line.text)
        if not number or before not in (None, number.value - 1):
            return
        before = number.value
        yield line


def _in_cells(reading: Reading) -> Iterator[Item]:
    label = re.compile(rf"(?:{_items.role_words(ROLE)})(?:概述|简介)?")
    for span in _items.cells(reading, label):
        yield from _duties(reading.source, [span], reading.header.department)


def _duties(source: Source, spans: Sequence[Span], department: str | None) -> Iterator[Item]:
    lead, items = _items.listed(source, spans)
    if items:
        clauses = [clause for span in lead for clause in _items.clauses(source, span)]
        yield from filter(None, (_lead_duty(source, clause, department) for clause in clauses))
        yield from items
        return
    for item in _after_opening(source, lead):
        yield _lead_duty(source, item, department) or item


def _after_opening(source: Source, spans: Sequence[Span]) -> Iterator[Item]:
    """The clauses after the words that open the list, or all of them where no such words stand."""
    views = [view(source, span) for span in spans]
    opening = next(((n, m) for n, text in enumerate(views) if (m := _OPENING.search(text.text))), None)
    for number, text in enumerate(views):
        start = 0
        if opening:
            if number < opening[0]:
                continue
            start = opening[1].end() if number == opening[0] else 0
        if start < len(text):
            _, counted = _items.listed(source, [text.span(start, len(text))]) if opening else ([], [])
            for item in counted or _items.clauses(source, text.span(start, len(text))):
                if cleaned := _from_verb(source, item):
                    yield cleaned


def _from_verb(source: Source, item: Item) -> Item | None:
    """The clause without what it says of the office first (X局是区政府工作部门，主要负责A gives
    负责A); None where it says nothing else."""
    text = view(source, item.span)
    if _BASIS.search(text.text) and not _DOES.search(text.text):
        return None
    about = _ABOUT.search(text.text[:60])
    if not about:
        return item
    verb = re.compile("(?<=[,是])(?:主要)?(?=负责|承担)").search(text.text, about.end())
    return _items.trimmed(source, text.span(verb.end(), len(text))) if verb else None


def _lead_duty(source: Source, item: Item, department: str | None) -> Item | None:
    """市水务局负责贯彻…方针政策 before the list opens is a duty too, and begins at 负责."""
    text = view(source, item.span)
    verb = organisations.own(text.text, department)
    if _OPENING.search(text.text) or _ABOUT.search(text.text) or not _DOES.match(text.text, verb):
        return None
    return _items.trimmed(source, text.span(verb, len(text)))


def _in_sentences(reading: Reading) -> Iterator[Item]:
    """2024年我局主要职责一是…；二是…。 in any paragraph outside the sections on duties."""
    inside = {id(block) for _, block in reading.blocks(ROLE)}
    for _, block in reading.blocks():
        if isinstance(block, Paragraph) and id(block) not in inside:
            text = view(reading.source, block.span)
            match = _INLINE.search(text.text)
            if match:
                yield from _sentence(reading.source, text, match.end())


def _sentence(source: Source, text: View, start: int) -> Iterator[Item]:
    stop = text.text.find("。", start)
    _, items = _items.listed(source, [text.span(start, stop if stop > 0 else len(text))])
    yield from items
