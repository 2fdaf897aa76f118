"""Rises and falls: 比2022年度增加1.42万元，增长3.37% · 总负债减少1.89万元 · 分别增长54.3%和13.6%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.grammar.figures import Kind
from kg.grammar.lexicon import either, words
from kg.grammar.measures import ALLOCATED, BUDGETS, CHANGE, Name, known, stage
from kg.grammar.quantities import external, own_money
from kg.grammar.sentences._counts import of_staff
from kg.grammar.sentences._spot import Spot, state, taken_up
from kg.grammar.sentences._times import year_in
from kg.grammar.statements import Sort, Statement

SIGNS = dict.fromkeys(words("functional-words", "增加"), 1) | dict.fromkeys(words("functional-words", "减少"), -1)
_VERB = either(verb for verb in SIGNS if len(verb) > 1)
_CHANGE = re.compile(
    r"^(?P<item>.*?)(?:(?:同比(?=[上去前\d])|比|较|对比)(?P<base>.{1,24}?)|同比|环比)?(?:同比|环比|相比|各|均|分别|共|总体|略有?|有所|大幅|净|又|而)*"
    rf"(?P<verb>{_VERB})(?:{_VERB})*(?:了|额|额为|(?<!节约)率|幅度|约|达|为)*$"
)


# 支出决算大于年初预算3.5万元 is a difference, and no budget.
_MORE = dict.fromkeys(("大于", "多于", "高于", "超出", "超过"), 1)
_LESS = dict.fromkeys(("小于", "少于", "低于"), -1)
_DIFFERENCE = re.compile(
    rf"^(?P<item>.*?)(?P<verb>{either([*_MORE, *_LESS])})了?"
    r"(?P<base>[^,。;]{0,8}?(?:预算|决算|上年|去年|年初|计划)[^,。;]{0,8}?)(?:的)?$"
)
_DIFFERS, _CHANGES = re.compile(either([*_MORE, *_LESS])), re.compile(_VERB)  # without such a verb there is none
_SIGN = SIGNS | _MORE | _LESS
_OUTTURN = frozenset(
    {"决算", "决算数", "支出数", "执行数", "支出决算", "支出决算数", "实际支出", "费用", "费用支出", "经费支出"}
)


_ASIDE = re.compile(r"\([^()]{0,20}\)")  # 比2022年(上一年度,下同)预算
_DATED = re.compile(r"[上去前]年|\d{4}年|上期")
_NEAR = 60  # characters
_COMPARES = ("相比", "对比", "比较")
_AGAINST_ALONE = re.compile(
    r"(?:^|[,。;:])(?P<item>)[与同和](?P<base>[^,。;:]{0,20}(?:[上去前]年|\d{4}年|年初|预算|决算)[^,。;:]{0,12}?)的?$"
)
_BASE_ALONE = re.compile(
    r"^(?P<item>[^,。;]*?)(?:比|较)(?P<base>(?:[上去前]年|(?:19|20)\d{2}年|年初|上期|预算)[^,。;]{0,20}?)的?$"
)


def change(spot: Spot) -> re.Match[str] | None:
    """The rise or fall that the words before `spot` end in, with its item and what it is compared with.

    Behind a name that was not heard before, a verb of rising is part of the name (饮水安全巩固提升596万元)
    unless a percentage follows or something is compared."""
    lead = spot.clause.lead
    differs = spot.clause.figure.kind is Kind.MONEY and _DIFFERS.search(lead) and _DIFFERENCE.match(lead)
    found = differs or (_CHANGE.match(lead) if _CHANGES.search(lead) else None)
    if found is None or spot.clause.figure.kind is Kind.PERCENT or found["base"] or spot.memory.base:
        return found
    names, _ = taken_up(spot, found["item"])
    return found if all(name.known or name in spot.memory.row for name in names) else None


def is_base(spot: Spot) -> bool:
    """Whether the figure at `spot` is what the next one is compared with: 比2024年预算|22150万元|增加…,
    与年初预算|510万元|相比，增加…"""
    return _base_alone(spot) is not None


def _base_alone(spot: Spot) -> re.Match[str] | None:
    lead = spot.clause.lead
    compared = spot.prose.view.text.startswith(_COMPARES, spot.clause.figure.end)
    against = _AGAINST_ALONE.search(spot.clause.gap[-_NEAR:]) if compared else None
    return against or (_BASE_ALONE.match(lead) if "比" in lead or "较" in lead else None)


def base(spot: Spot) -> Iterator[Statement]:
    """The amount that what follows is compared with: the same thing in the year before, or its budget
    (较年初预算数|20万元|减少…)."""
    found, memory = _base_alone(spot), spot.memory
    if found is None:
        return
    memory.named, memory.start = taken_up(spot, found["item"])
    memory.base = found["base"]
    year = year_in(memory.base) or (memory.year - 1 if memory.year else None)
    this_year = year is not None and year == memory.year
    planned = "预算" in memory.base and (this_year or not _DATED.search(memory.base))
    said, staged = spot.core(memory.base), stage(spot.core(memory.base))
    budget = next((measure for measure in BUDGETS if measure == known(said)), staged[0] if staged else ALLOCATED)
    for name in memory.named if spot.clause.figure.yuan is not None else ():
        if name.known and planned:
            own = Name(budget, item=None if name.measure in BUDGETS else name.thing, known=True)
            yield state(spot, Sort.AMOUNT, own, yuan=spot.clause.figure.yuan, year=memory.year, start=memory.start)
        elif name.known:
            yield state(spot, Sort.AMOUNT, name, yuan=spot.clause.figure.yuan, year=year, start=memory.start)


def changed(spot: Spot, found: re.Match[str]) -> Iterator[Statement]:
    """What the change `found` in the lead of `spot` states, once for each thing that changed."""
    memory, figure = spot.memory, spot.clause.figure
    names, start = taken_up(spot, found["item"])
    if spot.core(found["item"]) in _OUTTURN:
        thing = memory.account.thing if memory.account else ""
        names = spot.resolve(thing) or memory.amounts or memory.named
        start = memory.start
    memory.base = _ASIDE.sub("", found["base"] or memory.base or "").strip("、,") or None
    sign = _SIGN[found["verb"]] if figure.value > 0 else 1
    more: dict[str, Any] = {
        "value": sign * figure.value,
        "relative_to": memory.base or ("上年同期" if "同比" in spot.clause.lead else None),
        "start": start,
    }
    for name in names:
        if figure.unit == "%":
            yield state(spot, Sort.RATE, replace(name, measure=f"{name.thing}增长率"), **more)
        elif figure.yuan is not None and (name.known or own_money(name.measure)) and not external(name.thing):
            amount = replace(name, measure=CHANGE, item=name.thing)
            yield state(spot, Sort.AMOUNT, amount, yuan=sign * figure.yuan, **more)
        elif figure.kind in (Kind.MONEY, Kind.COUNT, Kind.PERCENT) and not of_staff(spot, name.thing):
            more["value"] = figure.value  # the name says already whether it rose or fell
            yield state(spot, Sort.QUANTITY, Name(f"{name.thing}{found['verb']}"), **more)
    memory.named, memory.start = names, start
