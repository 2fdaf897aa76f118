"""Scores and grades in sentences: 综合绩效评价得分98分，等级为优秀; 一是预算编制，得10分."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache

from kg import numbering
from kg.facts import Score, cut
from kg.grammar import dimensions, phrases
from kg.grammar.dimensions import WHOLE
from kg.grammar.figures import Figure, figures
from kg.grammar.lexicon import either, folded
from kg.grammar.projects import Naming
from kg.reading import Reading
from kg.text import Span, View, view
from kg.values import goal
from ontology.loader import spellings

_SENTENCE = re.compile(r"[^。;!?]+")
_CLAUSE = re.compile(r"[^,:]+")
_ABOUT_SCORES = re.compile(r"自评|评价|评分|评定|绩效|得分|结论")
# Somebody else's scores, and the values of an indicator, which are facts of their own.
_ELSEWHERE = re.compile(r"排名|排第|位列|位居|目标值|指标值|完成值|预期值")
_GOT = re.compile(
    r"(?P<word>综合得分|自评得分|自评分|得分|评分|总分|总计|合计|分数|自评|(?:评价|自评)?结果|得)(?:情况)?[均都为是达到在约:共]{0,3}(?:分别为?)?$"
)
_RULE = re.compile(r"的,?得$")  # 完成率在80%至90%之间的，得|3分 is how points are given, none that were
_BARE = frozenset({"得", "得分"})  # they say nothing of what was scored
_TOTAL = ("总分", "总分值", "总分为")
_SET = re.compile(r"(?:满分|总分值?(?:设定|设置|确定))[为是:共]{0,2}$")
_MOST = re.compile(r"(?:\([该本此]项?(?:指标|部分)?)?(?:满分|分值)[为是:共]{0,2}$|\((?:满分|分值|共|权重)?:?$")
_LOST = re.compile(r"[扣减加][除去掉了]*$")
_GOT_NEXT = re.compile(r"[,(]?(?:本次|最终|综合)?(?:自评|实际)?(?:得(?!分率|分比)|自评(?=\d)|评(?=\d))")
_GLUED = re.compile(r"(?:自评|实际)?得\d")  # 投入10分得10分
_GOT_LATER = re.compile(r",[^。;]{2,60},[扣减][^。;,]{1,12},得\d")
_POINTED = re.compile(r"\([^()]{0,6}\d[^()]{0,3}分[^()]{0,12}\)$")
_TOPIC = re.compile(r"(?:其中[:,]?|[一二三四五六七八九十]是)?在?(?P<label>[^,。;:()]{2,12})方面[,:]")
_LABEL = re.compile(
    r"(?:^|(?<=[。;]))(?:其中[,:])?(?P<label>[^,。;:()]{2,24})(?:(?:\([^()]{0,16}\))?:|\([^()]{0,6}\d[^()]{0,3}分\)。"
    r"|。(?=\((?:分值|满分|权重)[^()]{0,2}\d))"
)
_OPENING = re.compile(r"(?P<label>[^,。;:()\d]{2,16})。(?=.)")  # 4.资产管理。账实相符，得9分。
_ITEM = re.compile(r"(?:其中:?|[一二三四五六七八九十]{1,2}是|[A-Z][.、]?(?=[一-鿿]))")
_PROJECTS = re.compile(r"(?:以上|上述|其他|其余|全部)?\d{1,3}个(?:预算)?项目")
_DEPARTMENT = re.compile(r"部门|整体|我[局委办院校站]")
_AND = frozenset({"和", "、", ",", "及", "与"})
_NO_DIMENSION = re.compile(r"方法|过程|组织|工作|情况|问题|建议")
_LEAST_WHOLE = 50  # of 100; what is less are the points of one dimension, or of somebody's ranking
_WHOLE_POINTS = 100
_BELOW = frozenset({"＜", "≤"})  # 低于80分 tells no score
_MOST_POINTS = 150
_LABELS = 3  # labels before a score that may still speak of it
_CLAUSES = 3  # clauses before a score that may name it
_CLAUSE_LENGTH = 200  # characters
_LONGEST = 24  # characters of a dimension
_NEXT = 3  # characters between a number of points and the next: ，得


def _item(words: str) -> int:
    """How many characters of `words` are the number of a list item: 一是, （2）, 其中."""
    start = numbering.strip(words)
    lead = _ITEM.match(words, start)
    return lead.end() if lead else start


def _unnumbered(words: str) -> str:
    return words[_item(words) :]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or heading with its figures, the headings above it (folded, outermost first), who
    can say which project a place speaks of, and the labels that open its sentences."""

    reading: Reading
    seen: View
    figures: tuple[Figure, ...]
    titles: tuple[str, ...]
    project: Callable[[Span], Naming | None]
    labels: tuple[tuple[int, str], ...]

    def within(self, start: int, end: int) -> Sequence[Figure]:
        """The figures that begin between two offsets."""
        return phrases.between(self.figures, start, end)


@dataclass(frozen=True, slots=True)
class _About:
    """What a number of points is about, and where the words that say so begin."""

    dimension: str
    start: int
    parent: str | None = None


def read(
    reading: Reading, span: Span, titles: tuple[str, ...], project: Callable[[Span], Naming | None]
) -> Iterator[Score]:
    """The scores and grades that the paragraph or heading at `span` states; `titles` and `project` are those of
    its `Passage`."""
    seen = view(reading.source, span)
    if not _telling().search(seen.text):
        return
    found = [*_LABEL.finditer(seen.text)]
    opening = _OPENING.match(seen.text, numbering.strip(seen.text))
    found = [opening, *found] if opening and dimensions.is_known(opening["label"]) else found
    labels = tuple((match.start("label"), match["label"]) for match in found)
    passage = Passage(reading, seen, figures(seen), titles, project, labels)
    scored = any(_ABOUT_SCORES.search(title) for title in titles)
    for match in _SENTENCE.finditer(seen.text):
        if not _ELSEWHERE.search(match.group()) and (scored or _ABOUT_SCORES.search(match.group())):
            yield from _graded(passage, *match.span(), _points(passage, *match.span()))


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
    if found and value >= _WHOLE_POINTS and dimensions.dimension(before[: found.start()]) == WHOLE:
        return _Role.SET
    for role, pattern in ((_Role.LOST, _LOST), (_Role.MOST, _MOST), (_Role.GOT, _GOT)):
        if pattern.search(before):
            return role
    if before in _AND:
        return _Role.SAME
    named = dimensions.is_known(dimensions.dimension(_unnumbered(before)))
    return _Role.NAMED if named else _Role.OTHER


def _is_title(words: str) -> bool:
    """Whether words right before the points that can be got may name a dimension of the report's own."""
    return 1 < len(words) <= _LONGEST // 2 and not _PROJECTS.search(words)


def _points(passage: Passage, start: int, end: int) -> list[Score]:
    """One score for each number of points in a sentence that is one."""
    text = passage.seen.text
    made: list[Score] = []
    most: Decimal | None = None
    about: _About | None = None
    item: _About | None = None  # 预算约束性4分，年中追加…，扣0.5分，得3.5分
    since = most_at = most_end = start
    got_any = False
    after = spoken = start  # where the words about this score begin, and those about the last one end
    for figure in passage.within(start, end):
        if figure.unit != "分" or figure.value > _MOST_POINTS or goal.sign(figure.comparator or "") in _BELOW:
            continue
        if _RULE.search(text, max(start, figure.start - 4), figure.start):
            continue
        clause = _clause_start(text, start, figure.start)
        before = text[max(clause, since) : figure.start]
        since = figure.end
        role = _role(before, figure.value)
        if role == _Role.SET or before.endswith(_TOTAL):  # 自评总分100分，得97分
            role = _Role.MOST if _GOT_NEXT.match(text, figure.end) else role
        if role == _Role.OTHER and _GOT_NEXT.match(text, figure.end) and _is_title(_unnumbered(before)):
            role = _Role.NAMED  # 过程管理30分，得28分
        if role == _Role.OTHER and before and _is_title(_unnumbered(before)) and _GOT_LATER.match(text, figure.end):
            item, most, most_at = _named(passage, clause, figure.start, _unnumbered(before)), figure.value, clause
            most_end = figure.end
            continue
        if role == _Role.NAMED and got_any and not _GOT_NEXT.match(text, figure.end):
            about = _named(passage, clause, figure.start, dimensions.dimension(_unnumbered(before)))
        elif role == _Role.GOT:
            got_any = True
            got = _GOT.search(before)
            phrase, word = (before[: got.start()], got["word"]) if got else ("", "")
            about = _about(passage, start, clause, phrase, word, figure.value, most)
            about, item = (item if item and not phrase.strip(")") and word in _BARE else about), None
        elif role != _Role.SAME:
            about = None
        if role == _Role.SET:
            made.append(_score(passage, clause, figure.end, WHOLE, most=figure.value))
        elif role == _Role.MOST and before.startswith("(") and made:
            made[-1] = _limited(passage, made[-1], figure)
        elif about:
            after = after if role == _Role.SAME else spoken
            score = _score(passage, about.start, figure.end, about.dimension, value=figure.value, after=after)
            spoken = figure.end
            # 满分25分，得28分: next to each other they belong together, also where the score is too high.
            fits = most if most and (most >= figure.value or figure.start - most_end <= _NEXT) else None
            if fits and most_at < about.start:
                score = _score(passage, most_at, figure.end, about.dimension, value=figure.value, after=after)
            made.append(replace(score, max=fits, comparator=figure.comparator, parent_dimension=about.parent))
            most = None
        elif role in (_Role.MOST, _Role.NAMED):
            glued = _GLUED.match(text, figure.end)
            if glued and _is_title(_unnumbered(before)):
                item = _named(passage, clause, figure.start, dimensions.dimension(_unnumbered(before)))
            if before.endswith("(") and _is_title(_unnumbered(before[:-1])):  # 预算管理（20分）得18.6分
                item = _named(passage, clause, figure.start - 1, dimensions.dimension(_unnumbered(before[:-1])))
            most, most_at, most_end = figure.value, clause, figure.end
        elif role != _Role.LOST:
            most = None
    return made


def _limited(passage: Passage, score: Score, figure: Figure) -> Score:
    """得18分（满分20分): the maximum that stands behind a score."""
    if score.value is None or score.value > figure.value:
        return score
    proof = Span(score.evidence.start, passage.seen.span(figure.start, figure.end).end)
    return replace(score, max=figure.value, evidence=cut(passage.seen.source, proof))


def _clause_start(text: str, start: int, at: int) -> int:
    at -= text.startswith(":", at - 1)  # 自评得分：95.2分
    first = max(start, at - _CLAUSE_LENGTH)
    return max(start, text.rfind(",", first, at) + 1, text.rfind(":", first, at) + 1)


def _about(
    passage: Passage, start: int, clause: int, phrase: str, word: str, value: Decimal, most: Decimal | None
) -> _About | None:
    """What a number of points is about: the words right before it, or the clause before those, or
    the heading. None where nothing says it."""
    project = passage.project(passage.seen.span(clause, clause + len(phrase) + 1))
    told = _PROJECTS.sub("", _unnumbered(phrase))
    header = passage.reading.header
    for owner in filter(None, (header.department, *header.aliases)):
        told = told.replace(folded(owner), "")
    if project:
        told = told.replace(folded(project.name), "")
    dimension = dimensions.dimension(told, of_project=project is not None)
    if dimension != WHOLE:
        return _named(passage, clause, clause + len(phrase), dimension)
    if (phrase or word not in _BARE) and value >= _LEAST_WHOLE and most in (None, Decimal(100)):
        return _About(WHOLE, clause)
    return _before(passage, start, clause) if clause > start else _headed(passage, clause)


def _named(passage: Passage, start: int, end: int, dimension: str) -> _About | None:
    """The dimension between two offsets: of 其中50亿元以上项目2个 what stands before the figure."""
    counted = passage.within(start, end)
    if counted:
        dimension = dimensions.dimension(phrases.name(passage.seen, start, counted[0].start))
    dimension = _unnumbered(dimension).rstrip("(（,:")
    begin = start + _item(passage.seen.text[start:end])
    return _About(dimension, begin) if 0 < len(dimension) <= _LONGEST else None


def _before(passage: Passage, start: int, clause: int, clauses: int = _CLAUSES) -> _About | None:
    """…，得10分: the clause before, where it is a name or counts something; else the heading. Clauses
    that only tell points (满分40分，得39分) are passed over, up to so many `clauses`."""
    text = passage.seen.text
    first = _clause_start(text, start, clause - 1)
    words = text[first : clause - 1]
    inside = passage.within(first, clause)
    if sum(figure.unit == "分" for figure in inside) > 1:
        return _headed(passage, first)  # the clause before has its own score
    if inside and inside[0].unit == "分":
        before = _unnumbered(text[first : inside[0].start])
        named = dimensions.dimension(_MOST.sub("", before))
        told = dimensions.is_known(named) or _is_title(named)
        if told and named != WHOLE:  # 投入指标15分，得14分; 履职效能满分50分，自评46分
            return _named(passage, first, inside[0].start, named)
        if told and inside[0].value >= _WHOLE_POINTS:
            return _About(WHOLE, first)
        again = first > start and clauses > 1
        return _before(passage, start, first, clauses - 1) if again else _headed(passage, first)
    topic = _TOPIC.match(text, start)  # 预算编制方面，新增项目均开展事前评估，得9分
    if topic and topic.end() <= clause:
        return _named(passage, *topic.span("label"), topic["label"])
    counted = any(f.unit != "分" for f in inside)
    headed = _headed(passage, first)
    pointed = bool(passage.titles) and bool(_POINTED.search(passage.titles[-1]))  # 1.预算编制（4分）
    alone = sum(figure.unit == "分" for figure in passage.figures) == 1 and not _item(words)
    known = headed is not None and alone and dimensions.is_known(headed.dimension)  # 4.资产管理 over 账实相符，得9分
    labelled = headed is not None and (headed.start != first or pointed or known)
    opens = text[first - 1 : first] in ("", "。", ";", ":") and len(_unnumbered(words)) <= _LONGEST
    if not labelled and (counted or opens):
        found = _named(passage, first, clause - 1, dimensions.dimension(_unnumbered(words)))
        if found and found.dimension != WHOLE:
            return replace(found, parent=headed.dimension if headed and not counted else None)
    return headed


def _headed(passage: Passage, start: int) -> _About | None:
    """The dimension that the label of the passage (预算编制（10分）：…) or else its heading names, if it
    is one; 评价结论 and 自评工作情况 are none."""
    before = bisect_right(passage.labels, start, key=lambda label: label[0])
    heading = [(start, passage.titles[-1])] if passage.titles else []
    for begin, title in [*reversed(passage.labels[max(0, before - _LABELS) : before]), *heading]:
        dimension = dimensions.dimension(_unnumbered(title))
        unlike = len(dimension) > _LONGEST // 2 or _NO_DIMENSION.search(title)
        if dimension not in (WHOLE, "") and (dimensions.is_known(dimension) or not unlike):
            return _About(dimension, begin)
    return None


def _score(
    passage: Passage,
    start: int,
    end: int,
    dimension: str,
    *,
    value: Decimal | None = None,
    most: Decimal | None = None,
    grade: str | None = None,
    after: int | None = None,
) -> Score:
    """A score proved between two offsets. A whole belongs to the projects that the words `after` the
    score before it count (以上9个项目), if they do, else to the project or the department spoken of."""
    seen = passage.seen
    place = seen.span(start, end)
    project = passage.project(place)
    subject = project.name if project else passage.reading.subject
    counted = list(_PROJECTS.finditer(seen.text, after if after is not None else start, end))
    if dimension == WHOLE and value is not None and counted and not _DEPARTMENT.search(seen.text, start, end):
        subject = seen.source.plain(seen.group(counted[-1]))
        place = seen.span(min(start, counted[-1].start()), end)
    return Score(
        evidence=cut(seen.source, place),
        part=passage.reading.part.label or None,
        subject=subject,
        dimension=dimension,
        value=value,
        max=most,
        grade=grade,
    )


@cache
def _grade() -> re.Pattern[str]:
    return re.compile(
        r"(?P<noun>等级|等次|结果|结论|评级|评定|评为|自评|评价)[均都全部]{0,2}(?:达到|达|评定为|确定为|认定为|为|是|:)?"
        rf"[“\"]?(?P<grade>{either(spellings('grades'))})[”\"]?(?:等级|等次|级|档)?$"
    )


def _graded(passage: Passage, start: int, end: int, made: list[Score]) -> Iterator[Score]:
    """The sentence's scores, with the grade that follows joined to them; a grade that no score
    goes with is a fact of its own."""
    seen = passage.seen
    valued = any(score.value is not None for score in made)
    for clause in _CLAUSE.finditer(seen.text, start, end):
        match = _grade().search(clause.group().rstrip('")”'))
        if not match or clause.group()[match.start("grade") - 1 :].startswith("价中"):
            continue  # 绩效评价中，… is no grade
        first, last = clause.start() + match.start("grade"), clause.start() + match.end("grade")
        word = seen.source.plain(seen.span(first, last))
        if valued:
            made = _joined(passage, made, seen.span(first, last), word)
        else:
            phrase = clause.group()[: match.end("noun")]
            about = _graded_about(passage, start, clause.start(), phrase)
            if about:
                made.append(_score(passage, about.start, last, about.dimension, grade=word))
    yield from made


def _joined(passage: Passage, made: list[Score], grade: Span, word: str) -> list[Score]:
    """The scores, with the grade added to the whole that stands before it, else to the last score;
    scores told together (93分和92分) share it."""
    open_ = [s for s in made if s.value is not None and not s.grade and s.evidence.end <= grade.start]
    last = next((s for s in reversed(open_) if s.dimension == WHOLE), open_[-1] if open_ else None)
    if last is None:
        return made
    start = last.evidence.start
    return [
        replace(s, grade=word, evidence=cut(passage.seen.source, Span(start, grade.end)))
        if s in open_ and s.evidence.start == start and s.dimension == last.dimension
        else s
        for s in made
    ]


def _graded_about(passage: Passage, start: int, clause: int, phrase: str) -> _About | None:
    """What a grade is about: under a heading like 满意度 a plain 评价结果 is about that level, and the
    clause before it says so (群众满意度100%，评价结果为优). 工程质量评定合格 is no grade of ours."""
    project = passage.project(passage.seen.span(clause, clause + 1))
    told = _unnumbered(phrase.replace(folded(project.name), "") if project else phrase)
    dimension = dimensions.dimension(told, of_project=project is not None)
    headed = _headed(passage, clause)
    if dimension == WHOLE and headed and dimensions.is_known(headed.dimension):
        begin = _clause_start(passage.seen.text, start, clause - 1) if clause > start else clause
        return _About(headed.dimension, begin)
    ours = dimension == WHOLE or dimensions.is_known(dimension) or dimensions.is_generic(dimension)
    return _About(dimension, clause) if ours else None
