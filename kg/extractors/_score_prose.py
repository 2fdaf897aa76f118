"""Scores and grades in sentences: 综合绩效评价得分98分，等级为优秀; 一是预算编制，得10分."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from functools import cache

from kg.extractors._score_dimensions import (
    BARE,
    COUNTED,
    MOST,
    WHOLE_POINTS,
    About,
    Passage,
    clause_start,
    dimension_at,
    is_title,
    labels,
    score_at,
    scored_dimension,
    unnumbered,
)
from kg.extractors._score_grades import graded
from kg.facts import Score, cut
from kg.grammar import dimensions
from kg.grammar.dimensions import WHOLE
from kg.grammar.figures import Figure, figures
from kg.grammar.lexicon import either
from kg.grammar.projects import Naming, projects
from kg.reading import Reading
from kg.text import Span, view
from kg.values import goal
from ontology.loader import spellings

_SENTENCE = re.compile(r"[^。;!?]+")
_ABOUT_SCORES = re.compile(r"自评|评价|评分|评定|绩效|得分|结论|[此该本]项得\d")
# Somebody else's scores, and the values of an indicator, which are facts of their own.
_ELSEWHERE = re.compile(r"排名|排第|位列|位居|目标值|指标值|完成值|预期值")
_GOT = re.compile(
    r"(?P<word>综合得分|自评得分|自评分|得分|评分|总分|总计|合计|分数|自评|(?:评价|自评)?结果|得)(?:情况)?[均都为是达到在约:共]{0,3}(?:分别为?)?$"
)
_RULE = re.compile(r"的,?得$")  # 完成率在80%至90%之间的，得|3分 is how points are given, none that were
_TOTAL = ("总分", "总分值", "总分为")
_SET = re.compile(r"(?:满分|总分值?(?:设定|设置|确定))[为是:共]{0,2}$")
_LOST = re.compile(r"[扣减加][除去掉了]*$")
_GOT_NEXT = re.compile(r"[,(]?(?:本次|最终|综合)?(?:自评|实际)?(?:得(?!分率|分比)|自评(?=\d)|评(?=\d))")
_GLUED = re.compile(r"(?:自评|实际)?得\d")  # 投入10分得10分
_GOT_LATER = re.compile(r",[^。;]{2,60},[扣减][^。;,]{1,12},得\d")
_AND = frozenset({"和", "、", ",", "及", "与"})
_BELOW = frozenset({"＜", "≤"})  # 低于80分 tells no score
_MOST_POINTS = 150
_NEXT = 3  # characters between a number of points and the next: ，得


def read(
    reading: Reading, span: Span, titles: tuple[str, ...], project: Callable[[Span], Naming | None]
) -> Iterator[Score]:
    """The scores and grades that the paragraph or heading at `span` states; `titles` and `project` are those of
    its `Passage`."""
    seen = view(reading.source, span)
    if not _telling().search(seen.text):
        return
    run_in = reading.source.text[: span.start].rstrip(" *\t\u3000")[-1:] not in ("", "\n", "\r")
    passage = Passage(reading, seen, figures(seen), titles, project, labels(seen.text), run_in)
    scored = any(_ABOUT_SCORES.search(title) for title in titles)
    for match in _SENTENCE.finditer(seen.text):
        if not _ELSEWHERE.search(match.group()) and (scored or _ABOUT_SCORES.search(match.group())):
            yield from graded(passage, *match.span(), _shared_out(passage, _points(passage, *match.span())))


@cache
def _telling() -> re.Pattern[str]:
    """Points or the word of a grade: without either, nothing is scored."""
    return re.compile(either(("分", *spellings("grades"))))


class _Role(StrEnum):
    """What a number of points is: the whole's maximum, the next score's, a score, a deduction, the
    points of a dimension named right before it (产出指标30分), or one more like the last (和92分)."""

    SET = "set"
    MOST = "most"
    GOT = "got"
    LOST = "lost"
    NAMED = "named"
    SAME = "same"
    OTHER = "other"


def _role(before: str, value: Decimal) -> _Role:
    """The role that the words right before a number give it."""
    found = _SET.search(before)
    if found and value >= WHOLE_POINTS and dimensions.dimension(before[: found.start()]) == WHOLE:
        return _Role.SET
    for role, pattern in ((_Role.LOST, _LOST), (_Role.MOST, MOST), (_Role.GOT, _GOT)):
        if pattern.search(before):
            return role
    if before in _AND:
        return _Role.SAME
    named = dimensions.is_known(dimensions.dimension(unnumbered(before)))
    return _Role.NAMED if named else _Role.OTHER


def _points(passage: Passage, start: int, end: int) -> list[Score]:
    """One score for each number of points in a sentence that is one."""
    text = passage.seen.text
    made: list[Score] = []
    most: Decimal | None = None
    about: About | None = None
    item: About | None = None  # 预算约束性4分，年中追加…，扣0.5分，得3.5分
    since = most_at = most_end = start
    got_any = False
    after = spoken = start  # where the words about this score begin, and those about the last one end
    for figure in passage.within(start, end):
        if figure.unit != "分" or figure.value > _MOST_POINTS or goal.sign(figure.comparator or "") in _BELOW:
            continue
        if _RULE.search(text, max(start, figure.start - 4), figure.start):
            continue
        clause = clause_start(text, start, figure.start)
        before = text[max(clause, since) : figure.start]
        since = figure.end
        role = _role(before, figure.value)
        if role == _Role.SET or before.endswith(_TOTAL):  # 自评总分100分，得97分
            role = _Role.MOST if _GOT_NEXT.match(text, figure.end) else role
        if role == _Role.OTHER and _GOT_NEXT.match(text, figure.end) and is_title(unnumbered(before)):
            role = _Role.NAMED  # 过程管理30分，得28分
        if role == _Role.OTHER and before and is_title(unnumbered(before)) and _GOT_LATER.match(text, figure.end):
            item, most, most_at = dimension_at(passage, clause, figure.start, unnumbered(before)), figure.value, clause
            most_end = figure.end
            continue
        if role == _Role.NAMED and got_any and not _GOT_NEXT.match(text, figure.end):
            about = dimension_at(passage, clause, figure.start, dimensions.dimension(unnumbered(before)))
        elif role == _Role.GOT:
            got_any = True
            got = _GOT.search(before)
            phrase, word = (before[: got.start()], got["word"]) if got else ("", "")
            about = scored_dimension(passage, start, clause, phrase, word, figure.value, most)
            about, item = (item if item and not phrase.strip(")") and word in BARE else about), None
        elif role != _Role.SAME:
            about = None
        if role == _Role.SET:
            made.append(score_at(passage, clause, figure.end, WHOLE, most=figure.value))
        elif role == _Role.MOST and before.startswith("(") and made:
            made[-1] = _limited(passage, made[-1], figure)
        elif about:
            after = after if role == _Role.SAME else spoken
            score = score_at(passage, about.start, figure.end, about.dimension, value=figure.value, after=after)
            spoken = figure.end
            # 满分25分，得28分: next to each other they belong together, also where the score is too high.
            fits = most if most and (most >= figure.value or figure.start - most_end <= _NEXT) else None
            if fits and most_at < about.start:
                score = score_at(passage, most_at, figure.end, about.dimension, value=figure.value, after=after)
            made.append(replace(score, max=fits, comparator=figure.comparator, parent_dimension=about.parent))
            most = None
        elif role in (_Role.MOST, _Role.NAMED):
            glued = _GLUED.match(text, figure.end)
            if glued and is_title(unnumbered(before)):
                item = dimension_at(passage, clause, figure.start, dimensions.dimension(unnumbered(before)))
            if before.endswith("(") and is_title(unnumbered(before[:-1])):  # 预算管理（20分）得18.6分
                item = dimension_at(passage, clause, figure.start - 1, dimensions.dimension(unnumbered(before[:-1])))
            most, most_at, most_end = figure.value, clause, figure.end
        elif role != _Role.LOST:
            most = None
    return made


def _shared_out(passage: Passage, made: list[Score]) -> list[Score]:
    """3个项目得分分别为95分、90分、88分 behind the names of three: each project has its own."""
    told = [score for score in made if COUNTED.fullmatch(score.subject or "")]
    start = min((score.evidence.start for score in told), default=0)
    here = (n for n in projects(passage.reading) if passage.seen.places[0] <= n.place.start < start)
    names = list({naming.key: naming.name for naming in here}.values()) if told else []
    if len(names) != len(told) or len(told) < 2 or "分别" not in told[-1].evidence.quote:
        return made
    named = dict(zip(map(id, told), names, strict=True))
    return [replace(score, subject=named.get(id(score), score.subject)) for score in made]


def _limited(passage: Passage, score: Score, figure: Figure) -> Score:
    """得18分（满分20分): the maximum that stands behind a score."""
    if score.value is None or score.value > figure.value:
        return score
    proof = Span(score.evidence.start, passage.seen.span(figure.start, figure.end).end)
    return replace(score, max=figure.value, evidence=cut(passage.seen.source, proof))
