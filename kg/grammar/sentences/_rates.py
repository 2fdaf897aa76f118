"""Percentages: shares (占本年支出合计的100%), execution (完成预算98%), and rates that have a name (满意度98%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.grammar.lexicon import words
from kg.grammar.measures import BUDGETS, Name, known
from kg.grammar.sentences._clauses import RATED
from kg.grammar.sentences._spot import Spot, state, taken_up
from kg.grammar.statements import Sort, Statement

_SHARE = re.compile(
    r"^(?P<item>.*?)[所仅只]?占(?P<whole>.*?)(?:的(?:比例|比重|比率|比)?|比例|比重|比)?(?:为|达到?|约)*$"
)
_EXECUTION = re.compile(
    r"^(?P<item>.*?)完成了?(?:年初|全年|调整后?的?|年度|当年|本年|收入|支出|部门|批复)*预算(?:数|安排|总额)?的?$"
)
_TASK = re.compile(r"^(?P<item>.*?)(?:完成|占|达到)(?P<of>.{0,20}?(?:任务|目标|计划)数?)的?$")
_AIM = re.compile(r"(?:任务|目标|计划)数?的?$")
_BARE = frozenset(words("functional-words", "完成率"))
EXECUTION = "预算执行率"
_SURVEY = re.compile(r"(?<=满意[率度])(?:抽样|问卷|民意|测评|调查|综合|总体)*(?:结果|得分|分值|情况)?$")
_OF_THE_LAST = ("幅", "速", "占比", "比重")  # rates of what was just named, not of the section
AND = re.compile(r"[、和与]|(?<!普)及(?![时格早])")
NEAR = 120  # characters before a rate that may say whose it is
_SUBJECT = re.compile(r"(?:^|[,。;])(?P<subject>[^,。;:]{2,14}?)(?:都|均)")
_PART_OF_YEAR = re.compile(r"[上下]半年|前?[一二三四]季度")
_NO_ITEM = re.compile(r"目标|收支|基本情况|概况|概述")  # headings of chapters
_HEADING_TAIL = re.compile(r"(?:完成|实现|实施)?(?:情况|分析|指标)*$")


def rate(spot: Spot) -> Iterator[Statement]:
    """What the percentage at `spot` states; nothing where the words do not say of what it is."""
    lead = spot.clause.lead
    share = _SHARE.match(lead) if "占" in lead else None
    executed = _EXECUTION.match(lead) if "完成" in lead else None
    if share:
        yield from _share(spot, share)
    elif executed:
        yield from _executed(spot, executed["item"])
    else:
        yield from _named(spot)


def _share(spot: Spot, found: re.Match[str]) -> Iterator[Statement]:
    names, start = taken_up(spot, found["item"])
    wholes = spot.resolve(found["whole"].strip(":的")) or spot.memory.whole
    whole = wholes[0].thing if wholes else None
    kind = "完成率" if _AIM.search(found["whole"]) else "占比"
    for name in names:
        yield state(spot, Sort.RATE, replace(name, measure=f"{name.thing}{kind}"), start=start, relative_to=whole)


def _executed(spot: Spot, item: str) -> Iterator[Statement]:
    names, start = taken_up(spot, item)
    for name in names or (Name(""),):
        thing = "" if name.thing in BUDGETS else name.thing
        yield state(spot, Sort.RATE, replace(name, measure=f"{thing}{EXECUTION}"), start=start)


def _named(spot: Spot) -> Iterator[Statement]:
    label = _SURVEY.sub("", spot.core(spot.clause.lead))
    parts = _parts(label)
    task = _TASK.match(spot.clause.lead)
    if parts and all(RATED.search(part) for part in parts) and "权重" not in label:
        for part in parts:
            name = _rate_name(spot, part)
            spot.memory.named, spot.memory.start = (Name(name, name),), spot.clause.start
            spot.memory.rated = name
            yield state(spot, Sort.RATE, Name(f"目标{name}" if spot.planned else name))
    elif task:
        item = spot.core(task["item"]) or next((n.thing for n in spot.memory.named), "")
        yield state(spot, Sort.RATE, Name(f"{item}完成率"), relative_to=task["of"])


def _parts(label: str) -> list[str]:
    """The names in `label`; 国、省控断面达标率 is one."""
    parts = [part for part in AND.split(label) if part]
    return [label] if len(parts) > 1 and len(parts[0]) == 1 else parts


def _rate_name(spot: Spot, label: str) -> str:
    """`label`, or its measure; a rate that says nothing alone has its item put in front, one of a part
    of the year that part."""
    part = _PART_OF_YEAR.search(spot.clause.lead)
    if part and label:
        return label if part.group() in label else f"{part.group()}{label}"
    if label not in _BARE or known(label) == EXECUTION:
        return known(label) or label
    last = spot.memory.named[-1].thing if spot.memory.named else ""
    if last.endswith(stem := label.removesuffix("率")) and len(stem) > 1:  # 配套资金到位20万元，|到位率50%
        return f"{last}率"
    if label.endswith(_OF_THE_LAST) and spot.memory.named:
        return f"{spot.memory.named[-1].thing}{label}"
    if spot.memory.fresh:
        return f"{spot.memory.thing}{label}"
    start = spot.clause.start
    subjects = _SUBJECT.findall(spot.prose.view.text[max(0, start - NEAR) : start])
    item = subjects[-1] if subjects else _HEADING_TAIL.sub("", spot.prose.title).removesuffix(stem)
    return f"{item}{label}" if item and not item.endswith(label[-2:]) and not _NO_ITEM.search(item) else label
