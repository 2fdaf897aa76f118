"""What points and grades in sentences are about: the dimension that the words right before them, the
clause before those, a label or the heading names, and the score that it makes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg import numbering
from kg.facts import Score, cut
from kg.grammar import dimensions, phrases
from kg.grammar.dimensions import WHOLE
from kg.grammar.figures import Figure
from kg.grammar.lexicon import folded
from kg.grammar.projects import Naming
from kg.reading import Reading
from kg.text import Span, View

BARE = frozenset({"得", "得分"})  # they say nothing of what was scored
MOST = re.compile(r"(?:\([该本此]项?(?:指标|部分)?)?(?:满分|分值)[为是:共]{0,2}$|\((?:满分|分值|共|权重)?:?$")
WHOLE_POINTS = 100
_POINTED = re.compile(r"\([^()]{0,6}\d[^()]{0,3}分[^()]{0,12}\)$")
_TOPIC = re.compile(r"(?:其中[:,]?|[一二三四五六七八九十]是)?在?(?P<label>[^,。;:()]{2,12})方面[,:]")
_LABEL = re.compile(
    r"(?:^|(?<=[。;]))(?:其中[,:])?(?P<label>[^,。;:()]{2,24})(?:(?:\([^()]{0,16}\))?:|\([^()]{0,6}\d[^()]{0,3}分\)。"
    r"|。(?=\((?:分值|满分|权重)[^()]{0,2}\d))"
)
_OPENING = re.compile(r"(?P<label>[^,。;:()\d]{2,16})。(?=.)")  # 4.资产管理。账实相符，得9分。
_ITEM = re.compile(r"(?:其中:?|[一二三四五六七八九十]{1,2}是|[A-Z][.、]?(?=[一-鿿]))")
_THIS = re.compile(r"[此该本]项?(?:指标|部分|工作)?$")  # 此项|得10分
_SCORED = re.compile(r"(?:得|得分|评分)[为是:]?\d")
COUNTED = re.compile(r"(?:以上|上述|其他|其余|全部)?\d{1,3}个(?:预算)?项目")
_DEPARTMENT = re.compile(r"部门|整体|我[局委办院校站]")
_NO_DIMENSION = re.compile(r"方法|过程|组织|工作|情况|问题|建议")
_LEAST_WHOLE = 50  # of 100; what is less are the points of one dimension, or of somebody's ranking
_LABELS = 3  # labels before a score that may still speak of it
_CLAUSES = 3  # clauses before a score that may name it
_CLAUSE_LENGTH = 200  # characters
_LONGEST = 24  # characters of a dimension


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
    run_in: bool = False  # the heading stands in the same line: 3.信息公开。按时公开，得3分

    def within(self, start: int, end: int) -> Sequence[Figure]:
        """The figures that begin between two offsets."""
        return phrases.between(self.figures, start, end)


@dataclass(frozen=True, slots=True)
class About:
    """What a number of points is about, and where the words that say so begin."""

    dimension: str
    start: int
    parent: str | None = None


def labels(text: str) -> tuple[tuple[int, str], ...]:
    """The labels that open sentences of `text`, each with where it begins."""
    found = [*_LABEL.finditer(text)]
    opening = _OPENING.match(text, numbering.strip(text))
    found = [opening, *found] if opening and dimensions.is_known(opening["label"]) else found
    return tuple((match.start("label"), match["label"]) for match in found)


def _item(words: str) -> int:
    """How many characters of `words` are the number of a list item: 一是, （2）, 其中."""
    start = numbering.strip(words)
    lead = _ITEM.match(words, start)
    return lead.end() if lead else start


def unnumbered(words: str) -> str:
    """`words` without the number of a list item that opens them."""
    return words[_item(words) :]


def is_title(words: str) -> bool:
    """Whether words right before the points that can be got may name a dimension of the report's own."""
    return 1 < len(words) <= _LONGEST // 2 and not COUNTED.search(words)


def clause_start(text: str, start: int, at: int) -> int:
    """Where the clause that ends at `at` begins, at `start` or after it."""
    at -= text.startswith(":", at - 1)  # 自评得分：95.2分
    first = max(start, at - _CLAUSE_LENGTH)
    return max(start, text.rfind(",", first, at) + 1, text.rfind(":", first, at) + 1)


def scored_dimension(
    passage: Passage, start: int, clause: int, phrase: str, word: str, value: Decimal, most: Decimal | None
) -> About | None:
    """What a number of points is about: the words right before it, or the clause before those, or
    the heading. None where nothing says it."""
    project = passage.project(passage.seen.span(clause, clause + len(phrase) + 1))
    phrase, word = ("", "得") if _THIS.fullmatch(phrase) else (phrase, word)
    told = COUNTED.sub("", unnumbered(phrase))
    header = passage.reading.header
    for owner in filter(None, (header.department, *header.aliases)):
        told = told.replace(folded(owner), "")
    if project:
        told = told.replace(folded(project.name), "")
    dimension = dimensions.dimension(told, of_project=project is not None)
    if dimension != WHOLE:
        return dimension_at(passage, clause, clause + len(phrase), dimension)
    if (phrase or word not in BARE) and value >= _LEAST_WHOLE and most in (None, Decimal(100)):
        return About(WHOLE, clause)
    return _before(passage, start, clause) if clause > start else dimension_above(passage, clause)


def dimension_at(passage: Passage, start: int, end: int, dimension: str) -> About | None:
    """The dimension between two offsets: of 其中50亿元以上项目2个 what stands before the figure."""
    counted = passage.within(start, end)
    if counted:
        dimension = dimensions.dimension(phrases.name(passage.seen, start, counted[0].start))
    dimension = unnumbered(dimension).rstrip("(（,:")
    begin = start + _item(passage.seen.text[start:end])
    return About(dimension, begin) if 0 < len(dimension) <= _LONGEST else None


def _before(passage: Passage, start: int, clause: int, clauses: int = _CLAUSES) -> About | None:
    """…，得10分: the clause before, where it is a name or counts something; else the heading. Clauses
    that only tell points (满分40分，得39分) are passed over, up to so many `clauses`."""
    text = passage.seen.text
    first = clause_start(text, start, clause - 1)
    words = text[first : clause - 1]
    inside = passage.within(first, clause)
    if sum(figure.unit == "分" for figure in inside) > 1:
        return dimension_above(passage, first)  # the clause before has its own score
    if inside and inside[0].unit == "分":
        before = unnumbered(text[first : inside[0].start])
        named = dimensions.dimension(MOST.sub("", before))
        told = dimensions.is_known(named) or is_title(named)
        if told and named != WHOLE:  # 投入指标15分，得14分; 履职效能满分50分，自评46分
            return dimension_at(passage, first, inside[0].start, named)
        if told and inside[0].value >= WHOLE_POINTS:
            return About(WHOLE, first)
        again = first > start and clauses > 1
        return _before(passage, start, first, clauses - 1) if again else dimension_above(passage, first)
    topic = _TOPIC.match(text, start)  # 预算编制方面，新增项目均开展事前评估，得9分
    if topic and topic.end() <= clause:
        return dimension_at(passage, *topic.span("label"), topic["label"])
    counted = any(f.unit != "分" for f in inside)
    headed = dimension_above(passage, first)
    pointed = bool(passage.titles) and bool(_POINTED.search(passage.titles[-1]))  # 1.预算编制（4分）
    alone = len(_SCORED.findall(text)) < 2 and not _item(words)
    known = (
        headed is not None and alone and (passage.run_in or dimensions.is_known(headed.dimension))
    )  # 4.资产管理 over 账实相符，得9分
    labelled = headed is not None and (headed.start != first or pointed or known)
    opens = text[first - 1 : first] in ("", "。", ";", ":") and len(unnumbered(words)) <= _LONGEST
    if not labelled and (counted or opens):
        found = dimension_at(passage, first, clause - 1, dimensions.dimension(unnumbered(words)))
        if found and found.dimension != WHOLE:
            return replace(found, parent=headed.dimension if headed and not counted else None)
    return headed


def dimension_above(passage: Passage, start: int) -> About | None:
    """The dimension that the label of the passage (预算编制（10分）：…) or else its heading names, if it
    is one; 评价结论 and 自评工作情况 are none."""
    before = bisect_right(passage.labels, start, key=lambda label: label[0])
    heading = [(start, passage.titles[-1])] if passage.titles else []
    for begin, title in [*reversed(passage.labels[max(0, before - _LABELS) : before]), *heading]:
        dimension = dimensions.dimension(unnumbered(title))
        unlike = len(dimension) > _LONGEST // 2 or _NO_DIMENSION.search(title)
        if dimension not in (WHOLE, "") and (dimensions.is_known(dimension) or not unlike):
            return About(dimension, begin)
    return None


def score_at(
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
    counted = list(COUNTED.finditer(seen.text, after if after is not None else start, end))
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
