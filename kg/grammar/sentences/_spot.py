"""Where a figure stands, and what was said before it that it leans on."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.grammar.functional import Functional
from kg.grammar.lexicon import either, words
from kg.grammar.measures import Name, core, resolve
from kg.grammar.prose import Prose
from kg.grammar.sentences._clauses import Clause
from kg.grammar.statements import Sort, Statement

_SCOPE = re.compile(either(words("functional-words", "其中")))
_PARTS = frozenset({"基本支出", "项目支出"})
ROW = 24  # names that a later word may take up again
LONGEST_PROOF = 200  # characters between a functional class and the figure that it names


@dataclass(frozen=True, slots=True)
class Account:
    """What budget and outturn in a sentence are of: a measure or item (`thing`), or a whole project;
    `start` is where the words for it begin."""

    thing: str
    start: int
    project: str | None = None


@dataclass(slots=True)
class Memory:
    """What a section has said so far."""

    place: object = None  # the section
    year: int | None = None
    opened: int | None = None  # the year that a line ending in a colon gives to the items of its list
    year_outside: int | None = None  # before brackets that are still open
    ago: int | None = None  # the year before, where this clause speaks of it (上年为…)
    period: str | None = None
    hedge: str | None = None  # 预计, said of all that the sentence counts
    base: str | None = None  # what the sentence compares with
    named: tuple[Name, ...] = ()  # what the figure before was of
    start: int = 0  # where the words for that begin
    amounts: tuple[Name, ...] = ()  # what the amount before was of
    whole: tuple[Name, ...] = ()  # what 其中 parts
    whole_start: int | None = None  # where this paragraph's words for that begin
    outer: tuple[tuple[Name, ...], tuple[Name, ...], tuple[Name, ...]] | None = None  # before （其中…
    outer_start: int = 0
    account: Account | None = None
    row: deque[Name] = field(default_factory=lambda: deque(maxlen=ROW))  # names in a row, for 分别
    thing: str = ""  # the item that 投资额 goes on about
    unit: str = ""  # what that item is counted in
    anchor: int = 0  # where that item's clause begins
    fresh: bool = False  # this sentence named it
    rated: str = ""  # the rate that this sentence named last
    pending: str = ""  # 满意度 of 满意度由86%提高到93%
    handed: list[str] = field(default_factory=list)  # words for the figures behind 分别
    scale: Decimal = Decimal(0)  # yuan in the last unit of money
    aimed: bool = False  # the sentence tells what is aimed at: 绩效目标：支出率≥98%
    functional: Functional | None = None  # the class that an item's first lines named
    sums_up: bool = False  # the last paragraph ended in 其中：


@dataclass(frozen=True, slots=True)
class Spot:
    """One figure: its clause and paragraph, the names the department goes by, the functional class
    named last. `ranked` says that the paragraph reports a rank, so that its points are somebody
    else's marks."""

    clause: Clause
    prose: Prose
    owners: tuple[str, ...]
    functional: Functional | None
    ranked: bool
    memory: Memory

    @property
    def planned(self) -> bool:
        """Whether the figure tells what is to be done."""
        return self.prose.goal or self.memory.aimed

    def core(self, words_: str) -> str:
        """`words_` without what names nothing at its ends."""
        return core(words_, self.owners)

    def resolve(self, words_: str) -> tuple[Name, ...]:
        """What `words_` name as measures."""
        return resolve(words_, self.owners)


def state(spot: Spot, sort: Sort, name: Name, **more: Any) -> Statement:
    """A statement of the figure at `spot`; `start` is where its proof begins, if before its clause."""
    clause, view, account = spot.clause, spot.prose.view, spot.memory.account
    start = min(more.pop("start", clause.start), clause.start)
    if name.name and spot.functional and clause.start - spot.functional.start < LONGEST_PROOF:
        start = spot.functional.start
    scope = _SCOPE.match(view.text, start)
    start = scope.end() if scope and scope.end() <= clause.figure.start else start
    said: dict[str, Any] = {
        "value": clause.figure.value,
        "unit": clause.figure.unit,
        "span": view.span(min(start, clause.figure.start), clause.end),
        "subject": (account.project if account else None) or spot.prose.subject,
        "role": spot.prose.role,
        "year": spot.memory.ago or spot.memory.year,
        "period": spot.memory.period,
        "comparator": clause.figure.comparator or spot.memory.hedge,
    }
    return Statement(sort, name, **(said | more))


def taken_up(spot: Spot, item: str) -> tuple[tuple[Name, ...], int]:
    """The names that `item` takes up again, or the ones just named where it says nothing; and where
    the words for them begin."""
    memory, label = spot.memory, spot.core(item)
    if not label:
        return memory.named, memory.start
    again = next((name for name in reversed(memory.row) if label == name.thing), None)
    if again:
        return (again,), spot.clause.start
    parts = all(name.measure in _PARTS for name in memory.named)
    if label == "支出" and parts and "。" in spot.clause.gap:  # 项目支出70万元。支出比上年增加… is of all that is spent
        return spot.resolve(item), spot.clause.start
    # 收、支总计各增加 after 财政拨款收、支总计均为: the shorter words mean the fuller ones.
    if any(label in name.raw for name in memory.named):
        return memory.named, spot.clause.start
    return spot.resolve(item), spot.clause.start
