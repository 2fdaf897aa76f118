"""Indicators in running text, under the level that a label or a heading names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg.document import Paragraph, Section
from kg.facts import Indicator, cut
from kg.grammar import heads, levels
from kg.grammar.claims import Claim, claims
from kg.grammar.figures import Figure, figures
from kg.grammar.lexicon import either, folded
from kg.grammar.prose import is_attained
from kg.reading import Reading
from kg.text import View, view
from kg.values import comparator, goal, numeral
from kg.values.goal import Goal
from ontology.loader import Concept

# 绩效指标：拟培训3次 states what is to be done; under 实现情况 the same words state what was done.
_GOALS = re.compile(r"^(?:\(?\d{1,2}[.、)])?(?:年度|分项|主要|具体)?绩效指标(?:值|内容)?:")
_POINTS_SET = re.compile(r"权重|分值|满分|总分")
_LEVELED = re.compile(r"(?P<level>[^“”:：]{2,8}指标)[:：]?“(?P<name>[^“”]{2,40})”$")
_CALLED = re.compile(r"[“\"](?P<name>[^“”\"]{2,40})[”\"](?:这一|该)?指标$")
_REASON = re.compile(r"[,;](?:产生)?偏差原因(?:为|是|分析)?:?(?P<why>[^。]{2,200})")
_OF_ATTAINMENT = ("完成率", "达标率", "及时率", "满意度")  # at 100% nothing is left to do
_MARKS = ",:。;"
_SIGNS = frozenset(comparator.SIGNS)


@dataclass(frozen=True, slots=True)
class _Context:
    """The levels that hold for a passage. `explicit`: the word 指标 says that all its figures are
    indicators; a heading 项目产出 alone makes only rates such. `met` is what the label that begins at
    `start` says itself (产出指标全部完成)."""

    level1: Concept | None = None
    level2: Concept | None = None
    explicit: bool = False
    start: int = 0
    met: bool | None = None

    def under(self, level: Concept, *, explicit: bool) -> _Context:
        """The context that a label or heading opens inside this one; 成本指标 right under 产出指标 is
        its second level."""
        if self.level1 and level.broader == self.level1.iri:
            return _Context(self.level1, level, explicit)
        first = levels.first(level)
        return _Context(first, level if level is not first else None, explicit)


def read(reading: Reading, path: tuple[Section, ...], paragraph: Paragraph) -> Iterator[Indicator]:
    """The indicators of one paragraph; the subject is the department's until a project claims it."""
    seen = view(reading.source, paragraph.span)
    if "分" in seen.text:
        yield from _weights(reading, seen)
    goals = _GOALS.match(seen.text)
    if goals:
        yield from _planned(reading, seen, figures(seen), goals.end())
        return
    planned = _is_goal(reading, path)
    aimed = bool(_told().search(seen.text) and _aimed().search(seen.text))
    for start, end, context in _passages(seen, _above(path)):
        if not (context.level1 or aimed):
            continue
        found = figures(seen)
        if context.met is not None:
            label = context.start + len(seen.text[context.start : start].rstrip(_MARKS))
            yield _indicator(reading, seen, Claim(context.start, label, met=context.met), context)
        for claim in (_as_planned(claim, always=planned) for claim in claims(seen, found, start, end)):
            # 合格率82%，低于年初设定的85%的目标; 持证人数目标300人，实际完成326人
            told = isinstance(claim.target, Goal) or (claim.target is not None and isinstance(claim.actual, Figure))
            held = told and claim.met is not None
            stated = claim.level is not None and claim.met is not None  # 数量指标、质量指标均达标
            if held or stated or (context.level1 and (context.explicit or claim.target or claim.is_rate)):
                yield _indicator(reading, seen, claim, context)


@cache
def _aimed() -> re.Pattern[str]:
    """What a passage under no level of indicators must say to claim one: a level, or what was aimed at."""
    titles = (word for word, field in heads.spelled().items() if field == "target")
    return re.compile(either((*titles, "指标", "目标", "计划", "拟", "预计", "要求", "标准", "任务")))


@cache
def _told() -> re.Pattern[str]:
    """… and what it must say of that: a number to hold against the aim, or a level that was met."""
    return re.compile(rf"\d|{levels.pattern()}")


def _is_goal(reading: Reading, path: tuple[Section, ...]) -> bool:
    """Whether the section tells what is to be done: 绩效目标, and not 绩效目标完成情况."""
    role = next((reading.roles[section] for section in reversed(path) if section in reading.roles), "")
    return role == "goals" and not is_attained(reading, path)


def _as_planned(claim: Claim, *, always: bool) -> Claim:
    """培训人数≥300人: a figure behind a sign is a target, as is any among the goals."""
    actual = claim.actual if isinstance(claim.actual, Figure) and claim.target is None else None
    signed = actual is not None and actual.comparator in _SIGNS
    return replace(claim, target=actual, actual=None, met=None) if actual and (signed or always) else claim


@lru_cache(maxsize=64)  # paragraph after paragraph stands under the same headings
def _above(path: tuple[Section, ...]) -> _Context:
    """What the headings say, outermost first; 预算执行情况 among the accounts is no indicator."""
    titles = [folded(section.title) for section in path]
    context = _Context()
    for index, title in enumerate(titles):
        level = levels.level(title)
        if level and ("指标" in title or any(word in above for above in titles[:index] for word in ("指标", "绩效"))):
            context = context.under(level, explicit="指标" in title or context.explicit)
        elif index and context.explicit:  # a topic of its own under 产出指标: its figures tell of the work at large
            context = replace(context, explicit=False)
    return context


def _passages(seen: View, above: _Context) -> Iterator[tuple[int, int, _Context]]:
    """Stretches of a paragraph, each with the levels that hold in it."""
    opened = list(levels.labels(seen.text))
    ends = [*(label.start for label in opened), len(seen)]
    if ends[0]:
        yield 0, ends[0], above
    context = above
    for label, end in zip(opened, ends[1:], strict=True):
        context = context.under(label.level, explicit=label.explicit or above.explicit)
        yield label.end, end, replace(context, start=label.start, met=goal.verdict(label.verdict))


def _planned(reading: Reading, seen: View, found: Sequence[Figure], start: int) -> Iterator[Indicator]:
    """绩效指标：…: figures are targets; where there are none, the last clause is the indicator."""
    made = [claim for claim in claims(seen, found, start) if isinstance(claim.actual, Figure) or claim.target]
    for claim in made:
        planned = replace(claim, target=claim.target or claim.actual, actual=None, met=None)
        yield _indicator(reading, seen, planned, _Context())
    end = len(seen.text.rstrip(_MARKS))
    if not made and start < end:
        last = max(start, *(seen.text.rfind(mark, start, end) + 1 for mark in _MARKS))
        yield _indicator(reading, seen, Claim(0, end, seen.source.plain(seen.span(last, end))), _Context())


@cache
def _weighted() -> re.Pattern[str]:
    points = rf"(?:权重|分值|占|为|共){{0,2}}(?P<points>{numeral.ARABIC})分"
    return re.compile(rf"(?:^|(?<=[,:;、。及和中]))(?P<level>{levels.pattern(short=True)}){points}(?=$|[,。;、()])")


def _weights(reading: Reading, seen: View) -> Iterator[Indicator]:
    """产出指标50分、效益指标30分, where the sentence tells how points are set; next to 得分 they are scores."""
    for match in _weighted().finditer(seen.text):
        first = max(seen.text.rfind(mark, 0, match.start()) for mark in "。;!") + 1
        stop = seen.text.find("。", match.end())
        sentence = seen.text[first : stop if stop >= 0 else len(seen)]
        level, weight = levels.level(match["level"]), numeral.read(match["points"])
        set_here = _POINTS_SET.search(sentence) or ("指标" in match["level"] and _POINTS_SET.search(seen.text))
        if set_here and "得" not in sentence and level and weight is not None:
            context = _Context().under(level, explicit=True)
            yield replace(_indicator(reading, seen, Claim(*match.span()), context), weight=weight)


def _indicator(reading: Reading, seen: View, claim: Claim, context: _Context) -> Indicator:
    inside = _LEVELED.match(claim.name)
    level = levels.level(inside["level"]) if inside else None
    if inside and level:  # 数量指标“培训人数”
        context, claim = context.under(level, explicit=True), replace(claim, name=inside["name"])
    elif called := _CALLED.fullmatch(claim.name):  # “培训人数”指标，预期指标值…
        claim = replace(claim, name=called["name"])
    why = _REASON.match(seen.text, claim.end)
    named = levels.level(folded(claim.name))
    if named and named.label == "预算执行率指标":  # stands among the outputs, but is none of them
        context = _Context(named)
    if claim.planned and claim.actual:  # nothing says what came of it
        claim = replace(claim, target=claim.actual, actual=None)
    if claim.level and claim.level != context.level1:
        context = context.under(claim.level, explicit=True)
    target, actual = _goal(claim.target), _goal(claim.actual)
    return Indicator(
        evidence=cut(reading.source, seen.span(claim.start, why.end() if why else claim.end)),
        part=reading.part.label or None,
        subject=reading.subject,
        level1=context.level1.label if context.level1 else None,
        level2=context.level2.label if context.level2 else None,
        level3=claim.name or None,
        operator=(target.sign if target else "") or None,
        target=target.value if target else None,
        target_unit=(target.unit if target else "") or None,
        actual=actual.value if actual else None,
        actual_unit=(actual.unit if actual else "") or None,
        comparator=(actual.hedge if actual else "") or None,
        weight=claim.weight.value if claim.weight else None,
        score=claim.score.value if claim.score else None,
        completion=claim.completion.value if claim.completion else None,
        deviation_reason=seen.source.plain(seen.group(why, "why")) if why else None,
        met=_met(claim, target, actual),
    )


def _met(claim: Claim, target: Goal | None, actual: Goal | None) -> bool | None:
    """As the report says, or as target and actual value show; a 完成率 of 100% is complete."""
    if claim.met is None and target and actual:
        return goal.meets(target, actual)
    complete = actual is not None and actual.value == 100 and claim.name.endswith(_OF_ATTAINMENT)
    return True if claim.met is None and complete else claim.met


def _goal(value: Figure | Goal | str | None) -> Goal | None:
    if isinstance(value, Goal):
        return value
    if value is None or isinstance(value, str):
        return Goal(value) if value else None
    hedge = value.comparator or ""
    return Goal(value.value, value.unit, goal.sign(hedge), hedge)
