"""A report before it has a format: headings, paragraphs and tables, each with the facts it states.

Facts are objects of the exchange format without their place: `{"kind": "amount", "measure": …}`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Fact = dict[str, Any]

ABOVE = "\0above"  # a cell merged with the one above it
BEFORE = "\0before"  # … with the one before it


@dataclass(frozen=True, slots=True)
class Title:
    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 0 is 第一部分, 1 一、, 2 （一）, 3 1.; `number` as written."""

    level: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of equal length; ABOVE and BEFORE mark merged cells."""

    rows: tuple[tuple[str, ...], ...]
    facts: tuple[Fact, ...] = ()


Block = Title | Heading | Paragraph | Grid

_HAN = "〇一二三四五六七八九十"
_NUMBERS = (
    ("第{han}部分 ", "第{han}部分  "),
    ("{han}、",),
    ("（{han}）", "({han})", "（{han}）"),
    ("{n}.", "{n}、", "{n}．", "{n}. "),
)
_EDGE = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=[\d%])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Pen:
    """How one report is written, the same from its first line to its last.

    `grouped` writes 1,202.95; `spaced` puts blanks between figures and words (2023 年度); `ascii` writes
    half-width punctuation; `numbers` is the numbering of each level of headings."""

    dice: random.Random
    grouped: bool
    spaced: bool
    ascii: bool
    numbers: tuple[str, ...]

    def wan(self, value: Decimal) -> str:
        """1202.95万元."""
        return self.figure(value) + "万元"

    def figure(self, value: Decimal) -> str:
        return f"{value:,.2f}" if self.grouped else f"{value:.2f}"

    def yuan(self, value: Decimal) -> str:
        """An amount in 万元 as a figure in a table in 元."""
        return f"{value * 10000:,.2f}" if self.grouped else f"{value * 10000:.2f}"

    def heading(self, level: int, at: int, text: str) -> Heading:
        return Heading(level, self.numbers[level].format(han=han(at), n=at), text)

    def say(self, *ways: str, facts: Iterable[Fact] = (), **words: object) -> Paragraph:
        """A paragraph worded in one of several ways, filled with `words`."""
        return Paragraph(self.write(self.dice.choice(ways).format(**words)), tuple(facts))

    def write(self, text: str) -> str:
        """`text` as this pen writes it."""
        text = _EDGE.sub(" ", text) if self.spaced else text
        return text.translate(str.maketrans("，；：（）", ",;:()")) if self.ascii else text


def pen(dice: random.Random) -> Pen:
    """A pen at random; most write as most reports do."""
    return Pen(
        dice=dice,
        grouped=dice.random() < 0.4,
        spaced=dice.random() < 0.2,
        ascii=dice.random() < 0.1,
        numbers=tuple(dice.choice(ways) for ways in _NUMBERS),
    )


def han(number: int) -> str:
    """1 to 99 in Chinese: 十二."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones else "")


def amount(subject: str, measure: str | None, value: Decimal, year: int, **more: object) -> Fact:
    """Money as the exchange format has it, `value` in 万元. Without a measure where careful readers may
    differ on it (what the sum of a budget's table is called)."""
    named = {"measure": measure} if measure else {}
    return {"kind": "amount", "subject": subject, **named, "value_yuan": value * 10000, "year": year, **more}


def percent(subject: str, measure: str, value: Decimal, year: int) -> Fact:
    return {"kind": "rate", "subject": subject, "measure": measure, "value": value, "year": year}


def listed(pen: Pen, items: Sequence[str], facts: Sequence[Fact]) -> list[Paragraph]:
    """Items as a list: numbered lines, one run-on paragraph, or 一是 … 二是 …."""
    way = pen.dice.randrange(4)
    if way == 0:
        return [Paragraph(pen.write(f"{at}、{item}。"), (fact,)) for at, (item, fact) in _counted(items, facts)]
    if way == 1:
        return [Paragraph(pen.write(f"（{han(at)}）{item}。"), (fact,)) for at, (item, fact) in _counted(items, facts)]
    if way == 2:
        return [Paragraph(pen.write("；".join(items) + "。"), tuple(facts))]
    text = "；".join(f"{han(at)}是{item}" for at, item in enumerate(items, 1))
    return [Paragraph(pen.write(text + "。"), tuple(facts))]


def _counted(items: Sequence[str], facts: Sequence[Fact]) -> Iterable[tuple[int, tuple[str, Fact]]]:
    return enumerate(zip(items, facts, strict=True), 1)
