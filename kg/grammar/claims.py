"""What a passage claims about indicators: 完成3次培训、合格率100%，数量指标、质量指标均达标。

A clause names an indicator with its figure, says of one or several that they were met, or tells
what was done; a level that is said to be met right after one figure is that figure's own.
Offsets count in the view of the passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg import numbering
from kg.grammar import heads, levels, phrases
from kg.grammar.figures import Figure, Kind
from kg.grammar.lexicon import either
from kg.text import View
from kg.values import goal
from kg.values.goal import Goal
from ontology.loader import Concept

LONGEST = 60  # characters of an indicator's name
_POINTS = "个百分点"
_ROLES = ("target", "actual", "weight", "score")
_RATES = ("率", "度", "比例")


@dataclass(frozen=True, slots=True)
class Claim:
    """One indicator between `start` and `end`: its `name` as written (blanks removed, '' where only
    a level is named), the `level` said to be met with it, its figures, and whether it was met.
    `target` and `actual` may be words (显著提高). `planned` says that `actual` is what was to be done,
    until a figure follows that says what was."""

    start: int
    end: int
    name: str = ""
    level: Concept | None = None
    target: Figure | Goal | str | None = None
    actual: Figure | str | None = None
    weight: Figure | None = None
    score: Figure | None = None
    completion: Figure | None = None
    met: bool | None = None
    planned: bool = False

    @property
    def is_rate(self) -> bool:
        """Whether it is a rate (完成率100%, 满意度95%), which is an indicator wherever it stands."""
        return isinstance(self.actual, Figure) and self.actual.kind == Kind.PERCENT and self.name.endswith(_RATES)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a sentence said so far and its end may still complete: claims that wait for their
    verdict, and where words began that no figure went with."""

    waiting: tuple[Claim, ...] = ()
    told: int | None = None


_COMPARED = {"高于": True, "超过": True, "达到": True, "优于": True, "低于": False, "未达到": False}  # 高于目标值95%
_AIMS = ("目标", "计划", "目标为", "年初目标", "年初计划", "年度计划")
_PLANS = re.compile(r"(?:\d{4}年度?|全年|年初|年度|原|我[局委办院校站])*(?:计划|拟|预计)(?!完成率)")
_CARRIED_OUT = re.compile(r"(?:全年|年度|最终|已|实际|累计|共)*(?:完成|实际[一-鿿]{0,4})了?$")
_AIMED = re.compile(r"(?P<name>.{2,40}?)(?:年初|年度|全年|计划|预期)?目标[为是:]?$")
# 农村公路改造计划完成|6公里, 村级文化中心计划建设|3个: the name stands before the plan.
_MEANT = re.compile(r"(?P<name>[^,。;:\d]{4,40}?)(?:年初|年度|全年|原)*(?:计划|拟)[一-鿿]{0,2}$")
_COMPLETED = frozenset({"完成率", "指标完成率", "完成比例", "完成程度", "目标完成率", "任务完成率", "计划完成率"})
_SET = re.compile(  # 达到年初设定的不低于90%的目标
    r"(?P<how>没有达到|未达到|未完成|达到|实现|完成|超过|高于|优于|低于)了?"
    r"(?:预期|年初|年度|全年|绩效|计划|所)*(?:设定|设置|确定|制定|规定|下达|要求)?的?"
    r"(?P<goal>[^\d,。;]{0,6}\d[^,。;]{0,12}?)的?(?:年初|年度|预期|绩效|计划)*(?:目标|指标|要求|标准|任务)值?"
)
_MISSED = frozenset({"没有达到", "未达到", "未完成", "低于"})
_SURVEYED = re.compile(r"问卷|抽样|随机抽|抽取|调查表|受访|访谈")
_SPENT = re.compile(r"(?:预算|预算数|支出|执行数|拨款|决算数?)$")  # the accounts' figures, not the work's
_GROWN = re.compile(r"(?:同比|比上年|较上年)?(?:增长|下降|增加|减少|提高|上升|增幅|降幅|占比?)")
_ADVERBS = ("均", "都", "全部", "全面", "已经", "已", "也")
_COPULAS = "为是达到至:="
_EACH = "分别"  # 6月、9月执行进度分别为48%、71%: one indicator cannot have them all
_CHANGED = ("扣", "扣除", "减", "加")  # points taken away or added
_AFTER = re.compile(r"[为以从供给由(].*$|的$")  # what follows a counted thing is no part of its name
_DONE = re.compile(r"(?:已经|已|全面|全部|圆满|顺利|如期|按时|按期|基本)*完成了?(?P<what>[^\d,。;]{2,20})$")
_FITS = re.compile(r"(?P<what>[^\d,。;]{2,20}?)(?P<how>符合[^\d,。;]{2,30})$")
_VAGUE = re.compile(r"(?:各项|全部|年度|全年|绩效|目标|指标|任务|工作|情况|的)+")


def _verdict(words: str) -> tuple[str, bool] | None:
    """What a clause says was met or missed, and which: 租赁时间均已达标 → 租赁时间, True."""
    said = goal.verdict_at_end(words)
    if said is None:
        return None
    who, met = words[: said[0]], said[1]
    while adverb := next((adverb for adverb in _ADVERBS if who.endswith(adverb)), ""):
        who = who[: -len(adverb)]
    return who, met


@cache
def _level_list() -> re.Pattern[str]:
    return re.compile(rf"(?:各项|所有|全部|以上|上述|的)*(?:{levels.pattern()})(?:[、和及与](?:{levels.pattern()}))*")


@cache
def _reached() -> re.Pattern[str]:
    return re.compile(rf"(?:达到|实现|完成)了?(?P<levels>{_level_list().pattern})(?:的?要求|目标)?")


@cache
def _worded() -> re.Pattern[str]:
    """显著提高 after 年初目标值 or 实际完成值."""
    target, actual = (
        either(word for word, field in heads.spelled().items() if field == role and word.endswith("值"))
        for role in ("target", "actual")
    )
    return re.compile(rf"(?P<name>.*?)(?:(?P<target>{target})|(?P<actual>{actual}))[为是:]?(?P<words>\D{{2,40}})$")


def claims(seen: View, figures: Sequence[Figure], start: int = 0, end: int | None = None) -> Iterator[Claim]:
    """The claims between `start` and `end` of `seen`, in order; `figures` are those of the view."""
    stop = len(seen) if end is None else end
    found = phrases.between(figures, start, stop)
    for begin, last in phrases.split(seen.text, start, stop, phrases.SENTENCE_ENDS, found):
        first = min(numbering.strip(seen.text, begin), last)
        heard = _Heard()
        for clause in _clauses(seen.text, first, last, found):
            made, heard = _hear(seen, clause, phrases.between(found, *clause), heard)
            yield from made
        yield from heard.waiting


def _clauses(text: str, start: int, end: int, found: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    """Clauses of a sentence; 、 parts them only where each piece says something by itself, a colon
    only where it does not stand between 目标值 and its value."""
    for comma in phrases.split(text, start, end, ",", found):
        for first, last in _uncoloned(text, *comma, found):
            pieces = list(phrases.split(text, first, last, "、", found))
            if len(pieces) > 1 and all(_complete(text[a:b], phrases.between(found, a, b)) for a, b in pieces):
                yield from pieces
            else:
                yield first, last


def _uncoloned(text: str, start: int, end: int, found: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    parts = list(phrases.split(text, start, end, ":", found))
    begin = start
    for index, (first, last) in enumerate(parts):
        if index + 1 < len(parts) and _role(text[first:last])[0]:
            continue
        yield begin, last
        begin = last + 1


def _complete(clause: str, found: Sequence[Figure]) -> bool:
    said = _verdict(clause)
    return bool(found or _DONE.match(clause) or _FITS.match(clause) or (said and said[0]))


def _hear(seen: View, clause: tuple[int, int], mine: Sequence[Figure], heard: _Heard) -> tuple[list[Claim], _Heard]:
    """What one clause adds: the claims that are complete now, and what is still open."""
    first, last = clause
    words = seen.text[first:last]
    if heard.waiting and (against := _SET.fullmatch(words)):
        compared = replace(heard.waiting[-1], met=against["how"] not in _MISSED, end=last)
        return [], replace(heard, waiting=(*heard.waiting[:-1], replace(compared, target=goal.read(against["goal"]))))
    if mine:
        return [], _figured(seen, clause, mine, heard)
    if met := _levels_met(words):
        return _leveled(seen, clause, *met, heard), _Heard()
    if (said := goal.verdict(words)) is not None:
        return [replace(claim, end=last, met=said) for claim in heard.waiting], _Heard()
    if worded := _worded().match(words):
        return [], _put_in_words(seen, first, worded, heard)
    if stated := list(_stated(seen, clause)):
        return [*heard.waiting, *stated], _Heard()
    return [], _Heard(heard.waiting, first) if heard.told is None else heard


def _levels_met(words: str) -> tuple[list[Concept], bool] | None:
    """数量指标、质量指标均达标 and 达到可持续影响指标: the levels, and whether they were met."""
    said, reached = _verdict(words), _reached().fullmatch(words)
    if said and _level_list().fullmatch(said[0]):
        named, met = said
    elif reached:
        named, met = reached["levels"], True
    else:
        return None
    found = (levels.level(match.group()) for match in re.finditer(levels.pattern(), named))
    return [concept for concept in found if concept], met


def _leveled(seen: View, clause: tuple[int, int], concepts: list[Concept], met: bool, heard: _Heard) -> list[Claim]:
    """One level after one claim, or after plain words, is about them; else each level stands alone."""
    first, last = clause
    if len(concepts) == 1 and len(heard.waiting) == 1:
        return [replace(heard.waiting[0], level=concepts[0], met=met, end=last)]
    if len(concepts) == 1 and heard.told is not None and not heard.waiting:
        return [Claim(heard.told, last, phrases.name(seen, heard.told, first), concepts[0], met=met)]
    return [*heard.waiting, *(Claim(first, last, "", concept, met=met) for concept in concepts)]


def _stated(seen: View, clause: tuple[int, int]) -> Iterator[Claim]:
    """租赁时间达标, A率、B率均达标, 完成出境任务, 质量符合要求: indicators without a figure."""
    first, last = clause
    words = seen.text[first:last]
    done, fits, said = _DONE.match(words), _FITS.match(words), _verdict(words)
    if said and 0 < len(said[0]) <= LONGEST and not _VAGUE.fullmatch(said[0]):
        for a, b in phrases.split(seen.text, first, first + len(said[0]), "、", []):
            yield Claim(first, last, phrases.name(seen, a, b), met=said[1])
    elif done and not _VAGUE.fullmatch(done["what"]):
        yield Claim(first, last, phrases.name(seen, first + done.start("what"), last), actual="完成", met=True)
    elif fits:
        how = seen.source.plain(seen.span(first + fits.start("how"), last))
        yield Claim(first, last, phrases.name(seen, first, first + fits.end("what")), actual=how)


def _figured(seen: View, clause: tuple[int, int], mine: Sequence[Figure], heard: _Heard) -> _Heard:
    """The clause's figures: new claims, or the target, actual value or points of the last one."""
    waiting = list(heard.waiting)
    first, last = clause
    lefts = [first, *(figure.end for figure in mine[:-1])]
    for left, figure in zip(lefts, mine, strict=True):
        if followed := _followed(seen, left, figure, waiting):
            waiting[-1] = followed
            continue
        before = phrases.unlinked(seen.text[left : figure.start])
        role, rest = _role(seen.text[left : figure.start].rstrip(_COPULAS))
        role, rest = (role, rest) if role else _role(before)
        aside = rest == "("  # 处理率98%（目标值≥95%）
        rest = "" if aside else rest
        name = phrases.name(seen, left, left + len(phrases.unlinked(rest)))
        if role and waiting and not name:
            compared = _COMPARED.get(rest) if role == "target" else None
            compared = _reached_aside(waiting[-1], figure) if aside and role == "target" else compared
            apart = figure.unit == _POINTS and role == "target"  # 超过目标值3.5个百分点 is no target of 3.5
            filled = waiting[-1] if apart else _filled(waiting[-1], role, figure)
            waiting[-1] = replace(filled, end=figure.end, met=compared)
        elif role in ("target", "actual"):
            start = heard.told if heard.told is not None and not name else left
            claim = Claim(start, figure.end, name or phrases.name(seen, start, first))
            waiting.append(_filled(claim, role, figure))
        elif not role and figure.kind == Kind.COUNT and (meant := _MEANT.match(seen.text, left, figure.start)):
            name = phrases.name(seen, left, meant.end("name"))
            waiting.append(Claim(left, figure.end, name, actual=figure, planned=True))
        elif not role and figure.kind != Kind.BARE and not before.endswith((*_CHANGED, _EACH)):
            name, end = _named(seen, left, before, figure, last if figure is mine[-1] else figure.end)
            if 1 < len(name) <= LONGEST and _is_work(name, figure):
                planned = bool(_PLANS.match(seen.text, left, figure.start))
                waiting.append(Claim(left, end, name, actual=figure, planned=planned))
    return _Heard(tuple(waiting), None if waiting else heard.told)


def _followed(seen: View, left: int, figure: Figure, waiting: Sequence[Claim]) -> Claim | None:
    """The last claim with what the figure adds to it: 计划改造8处，|实际完成7处，|完成率88%; None where the
    figure speaks of something else."""
    if not waiting:
        return None
    last, words = waiting[-1], seen.text[left : figure.start].lstrip("、")
    plan = last.actual if last.planned else last.target if last.actual is None else None
    if isinstance(plan, Figure) and plan.unit == figure.unit and _CARRIED_OUT.match(words):
        met = goal.meets(_goal_of(plan), Goal(figure.value, figure.unit))
        met = figure.value >= plan.value if met is None else met
        return replace(last, target=plan, actual=figure, met=met, planned=False, end=figure.end)
    complete = phrases.unlinked(words) in _COMPLETED and figure.kind == Kind.PERCENT
    whole = last.target is not None and last.actual is not None
    return replace(last, completion=figure, end=figure.end) if complete and whole else None


def _reached_aside(claim: Claim, target: Figure) -> bool | None:
    """Whether the claim's figure reaches the target in brackets behind it; a rate is to be no lower."""
    actual = claim.actual
    bound = claim.is_rate or goal.sign(target.comparator or "")
    told = isinstance(actual, Figure) and actual.unit == target.unit and bound
    return (
        goal.meets(_goal_of(target), Goal(actual.value, actual.unit)) if told and isinstance(actual, Figure) else None
    )


def _goal_of(figure: Figure) -> Goal:
    hedge = figure.comparator or ""
    return Goal(figure.value, figure.unit, goal.sign(hedge) or "≥", hedge)


def _is_work(name: str, figure: Figure) -> bool:
    """Whether a figure is a result of the work: not an amount of the accounts, a bare 增长5%, how many
    indicators there are or whom a survey asked."""
    spent = figure.kind == Kind.MONEY and _SPENT.search(name)
    asked = figure.kind == Kind.COUNT and _SURVEYED.search(name)
    return not spent and not asked and not _GROWN.fullmatch(name) and not name.endswith("指标")


def _put_in_words(seen: View, first: int, match: re.Match[str], heard: _Heard) -> _Heard:
    """年初目标值显著提高，实际完成值显著提高: a target or an actual value that is no number."""
    end = first + match.end()
    words = seen.source.plain(seen.span(first + match.start("words"), end))
    role = "target" if match["target"] else "actual"
    if heard.waiting and not match["name"]:
        return _Heard((*heard.waiting[:-1], replace(_filled(heard.waiting[-1], role, words), end=end)))
    start = first if heard.told is None else heard.told
    claim = Claim(start, end, phrases.name(seen, start, first + len(match["name"])))
    return _Heard((*heard.waiting, _filled(claim, role, words)))


@cache
def _titles() -> tuple[Mapping[str, str], Sequence[int]]:
    """The titles of columns that make a role, and how long they are, longest first."""
    titles = {word: field for word, field in heads.spelled().items() if field in _ROLES and len(word) > 1}
    return titles, sorted({len(word) for word in titles}, reverse=True)


def _role(before: str) -> tuple[str, str]:
    """What the words before a figure make of it: 培训场次年初目标值 → target of 培训场次. An empty role
    is the plain case, a figure of the work itself."""
    if before in _AIMS:
        return "target", ""
    titles, lengths = _titles()
    for length in lengths:  # longest first
        if field := titles.get(before[-length:]):
            return field, before[:-length]
    aimed = _AIMED.match(before)  # 持证人数目标|300人
    if aimed:
        return "target", aimed["name"]
    return ("score", before[:-1]) if before.endswith("得") else ("", before)


def _filled(claim: Claim, role: str, value: Figure | str) -> Claim:
    if role == "target":
        return replace(claim, target=value)
    if role == "actual" or isinstance(value, str):
        return replace(claim, actual=value)
    return replace(claim, weight=value) if role == "weight" else replace(claim, score=value)


def _named(seen: View, left: int, before: str, figure: Figure, right: int) -> tuple[str, int]:
    """The name of a figure from the words on both its sides, and where it ends: 租用1710平方米办公场所 →
    租用办公场所."""
    head = phrases.name(seen, left, left + len(before))
    tail = _AFTER.sub("", seen.text[figure.end : right]) if figure.kind == Kind.COUNT else ""
    if head and len(tail) < 2:  # 320处次: the rest of a unit
        tail = ""
    return head + phrases.name(seen, figure.end, figure.end + len(tail)), figure.end + len(tail)
