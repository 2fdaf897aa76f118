"""What a report admits and proposes: the items under 存在问题 and 改进措施, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import numbering, organisations
from kg.document import Paragraph
from kg.extractors import _items
from kg.extractors._items import Item
from kg.grammar.lexicon import either, words
from kg.once import once
from kg.reading import Reading
from kg.text import Source, Span, View, view
from kg.values import date

ROLES = ("problems", "improvements")
# Sections inside one on problems that are not about them; any other heading there is a problem's own.
_APART = ("people", "conclusion", "follow_up", "attachment", "tables", "glossary")
_SHORTEST = 4  # characters
# （一）预算执行中存在的问题：无 names a kind of problem only to deny it.
_NONE = re.compile(
    r"(?:[^。;:]{0,30}:)?(?:目前|暂时?|本年度?|本单位|本部门|我局)*(?:无|没有|不存在|未发现|未提出)[^。,;:]{0,12}"
)
# 我部门在评价工作中发现，有个别项目…: the problem begins after the comma.
_LEAD_IN = re.compile(
    r"^[^。;]{0,100}?(?:发现|(?:存在|有)(?:着|的|以下|如下|下列|一些|几个|方面|主要|突出)*(?:问题|不足)(?:主要)?(?:有|是|为|如下)?)[,:]"
)
# 主要存在以下几个方面的问题。 only leads in to what follows.
_OPENING = re.compile(r"(?:以下|如下|下列|一些|几个|几点|几方面)[^,。;]{0,12}[:。]?$|:$")
_LONGEST_OPENING = 60
_CLAUSE = 8  # characters of a clause that is an item by itself
# 自评得分93分，存在的问题是A、B。 admits them in passing, to the end of the sentence.
_IN_PASSING = re.compile(
    r"(?:^|(?<=[,。;]))(?:但|仍)?存在的?(?:主要)?问题(?:主要)?(?:是|有)(?P<what>[^。;:]{6,120})(?=[。;]|$)"
)
_EVALUATED = re.compile(r"绩效|自评|评价")
_GOES_ON = re.compile(r"(?:同时|并|且|从而|导致|造成|致使|以便|因此|所以|但|使|即|例如|比如|如)")


def remarks(reading: Reading, role: str) -> Iterator[Item]:
    """The items of `role` (problems or improvements): from sections, from lists that a label opens
    (存在问题：… 改进意见：…) in them or in any paragraph, and from form cells beside such a label."""
    found = [item for owner, spans in _lists(reading) if owner == role for item in _read(reading.source, spans)]
    yield from sorted(set(found), key=lambda item: (item.span.start, item.span.end))


@once  # for problems, and again for improvements
def _lists(reading: Reading) -> tuple[tuple[str, list[Span]], ...]:
    return tuple((owner, spans) for owner, spans in _segments(reading) if owner and spans)


def _segments(reading: Reading) -> Iterator[tuple[str, list[Span]]]:
    source = reading.source
    for role, spans in _items.groups(reading, *ROLES, apart=_APART):
        yield from _labelled(source, spans, role)
    inside = {id(block) for _, block in reading.blocks(*ROLES)}
    for _, block in reading.blocks():
        if isinstance(block, Paragraph) and id(block) not in inside:
            yield from _labelled(source, [block.span], "")
            text = view(source, block.span)
            told = _IN_PASSING.finditer(text.text) if _EVALUATED.search(text.text) else ()
            yield from (("problems", [text.span(*match.span("what"))]) for match in told)
    for role in ROLES:
        label = re.compile(rf"(?:{_items.role_words(role)})(?:及原因)?")
        yield from ((role, [span]) for span in _items.cells(reading, label))


@cache
def _labels() -> re.Pattern[str]:
    words = "|".join(
        rf"(?P<{role}>(?:{_items.role_words(role)})(?:[及和与的]?(?:{_items.role_words(role)})){{0,2}})"
        for role in ROLES
    )
    number = r"(?:\(?[\d一二三四五六]{1,2}[)、.])?"
    return re.compile(
        rf"(?:^|(?<=[。;!])){number}(?:(?:发现的?)?(?:{words})(?:及原因|及建议|如下|主要有|主要是|是|有)?"
        r"(?:,?[^。;:,]{0,16}(?:以下|如下|几个|几点)[^。;:]{0,10}:|:|$)"
        r"|(?P<one>问题(?:[一二三四五六七八九十]{1,2}|\d{1,2}):)|(?P<remedy>(?:具体|相应|应对|解决)?(?:措施|对策|办法):))"
    )


def _labelled(source: Source, spans: Sequence[Span], role: str) -> Iterator[tuple[str, list[Span]]]:
    """`spans` cut where a label stands: what follows it has the label's role, what precedes the first has
    `role`. 问题一：A。措施：B. are a problem and its remedy; a remedy is one only where a problem is. After
    1.A。措施：B。 the next numbered line is again what this one began as."""
    current: list[Span] = []
    back = role
    for text in (view(source, span) for span in spans):
        numbered = numbering.read(text.text) is not None
        if numbered and back != role:
            yield role, current
            role, current = back, []
        start, opened = 0, role
        for match in _labels().finditer(text.text):
            if match["remedy"] and not role:
                continue
            if match.start() > start:
                current.append(text.span(start, match.start()))
            yield role, current
            role, current = _labelled_role(match), []
            opened = opened if match.start() else role
            start = match.end()
        if start < len(text):
            current.append(text.span(start, len(text)))
        if numbered or start:
            back = opened if numbered and not numbering.read(text.text, start) else role
    yield role, current


def _labelled_role(match: re.Match[str]) -> str:
    if match["one"]:
        return "problems"
    return "improvements" if match["remedy"] else next(role for role in ROLES if match[role])


def _read(source: Source, spans: Sequence[Span]) -> Iterator[Item]:
    """The items of one list. Without numbers, each paragraph is one, or each clause of a single sentence
    that ； parts."""
    lead, items = _items.listed(source, list(_before_signature(source, spans)))
    for item in items or (item for span in lead if (whole := _whole(source, span)) for item in _parted(source, whole)):
        said = view(source, item.span).text
        if len(item.text) >= _SHORTEST and not _NONE.fullmatch(said) and not _items.is_unfilled(said):
            yield item


def _whole(source: Source, span: Span) -> Item | None:
    """A paragraph as one item, without the words that lead in to it; None where it only leads in."""
    text = view(source, span)
    if len(text) <= _LONGEST_OPENING and _OPENING.search(text.text):
        return None
    match = _LEAD_IN.match(text.text)
    start = match.end() if match else numbering.strip(text.text)
    start += 2 * text.text.startswith(("一是", "一要"), start)
    return _items.trimmed(source, text.span(start, len(text))) if start < len(text) else None


def _parted(source: Source, whole: Item) -> Iterator[Item]:
    """A对…掌握不够；B…滞后 is two items, where each clause is one by itself."""
    clauses = list(_items.clauses(source, whole.span))
    one_sentence = not any(stop in view(source, whole.span).text for stop in "。!?")
    alone = all(len(clause.text) >= _CLAUSE and not _GOES_ON.match(clause.text) for clause in clauses)
    yield from clauses if one_sentence and alone else [whole]


def _before_signature(source: Source, spans: Sequence[Span]) -> Iterator[Span]:
    """`spans` up to where the report is signed: after a full stop, a line with the unit, the date or
    whom to ask; what follows there (the people of the evaluation) is no remark."""
    ended = False
    for span in spans:
        text = view(source, span)
        if _contact().match(text.text) or (ended and _signs(text)):
            return
        if text.text and not _signs(text):
            yield span
            ended = text.text[-1] in "。.!"


@cache
def _contact() -> re.Pattern[str]:
    """How a line that names whom to ask begins: 联系人：, 填报人：, 联系电话：."""
    labels = (word for role in ("联系人", "填报人", "审核人") for word in words("person-roles", role))
    return re.compile(rf"(?:{either(labels)}|(?:联系|办公)?电话|联系方式)(?:\([^()]{{0,8}}\))?:")


def _signs(text: View) -> bool:
    """Whether the line is the signature at the end of the report, or its date."""
    day = date.read(text.text)
    return day is not None or organisations.is_organisation(text.text)
