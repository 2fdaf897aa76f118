"""Classes of expenditure by function as prose writes them: codes before names, after names, or 类款项.

201（一般公共服务）13（商贸事务）01（行政运行） · 教育支出（类）普通教育（款）小学教育（项） ·
教育支出（205）普通教育（02）小学教育（02） · “教育支出-普通教育-小学教育”科目
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

# What closes a level; its name is looked for around it, so that no text is scanned twice.
_MARK = re.compile(
    r"\((?P<within>\d{2,7})?(?P<level>类|款|项)\)(?:(?P<after>\d{2,7})(?![\d.,万亿元年]))?"
    r"|(?<!\d)(?P<code>\d{2,7})\((?P<inside>[^()\d]{2,40}(?:\([^()\d]{1,6}\)[^()\d]{0,20})?)\)"
    r"|\((?P<number>\d{2,7})\)"
)
_NAME = re.compile(
    r"(?P<code>\d{2,7})?[-—]?(?P<name>[^\d,.。;:、()\"“”]{2,40}(?:\([^()\d]{1,6}\)[^\d,。;:、()]{0,20})?)(?P<own>\d{2,7})?$"
)
# “教育支出-普通教育-小学教育”科目: budgets of Shanghai write the levels in a row.
_IN_A_ROW = re.compile(
    r"[“\"](?P<top>[^\d,。;:“”\"—-]{2,20}支出)(?:[—-](?P<name>[^\d,。;:“”\"—-]{2,40})){1,2}[”\"](?:支出)?(?:功能分类)?科目"
)
# 2050202小学教育支出80万元: budgets of Yunnan write code and name without a mark between.
_BARE_CODE = re.compile(
    r"(?<![\d.,])(?P<code>2\d{4}(?:\d{2})?)[-—]?(?P<name>[^\d\W年月亿万千百元][^\d,。;:、()\"“”]{1,39}?)(?=[为:]?\d[\d,.]*[万亿]?元)"
)
WIDE = str.maketrans("()", "（）")  # brackets as classes are written: 政府办公厅（室）
_BACK = 60  # characters; no name of a class is longer
OUTSIDE = 10**6  # characters; farther away than any proof reaches
_FULL = (3, 5, 7)  # digits of a 类, 款 and 项


@dataclass(frozen=True, slots=True)
class Functional:
    """A class at `start`..`end` of a view: `name` of its lowest level, `code` where the text gives one."""

    start: int
    end: int
    name: str
    code: str | None = None


def outside(found: Functional) -> Functional:
    """`found` for a text that it does not stand in: a heading's class for the paragraph below."""
    return replace(found, start=-OUTSIDE, end=-OUTSIDE)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    marked: bool


def classes(text: str) -> Iterator[Functional]:
    """Every class that the folded `text` names, its levels joined, in order."""
    yield from _bare(text)
    if "(" not in text and "科目" not in text:
        return
    rows = [Functional(row.start(), row.end(), row["name"].translate(WIDE)) for row in _IN_A_ROW.finditer(text)]
    marked = (found for found in _marked(text) if not any(row.start <= found.start < row.end for row in rows))
    yield from sorted((*rows, *marked), key=lambda found: found.start)


def _bare(text: str) -> Iterator[Functional]:
    for found in _BARE_CODE.finditer(text):
        yield Functional(found.start(), found.end(), found["name"].translate(WIDE), found["code"])


def _marked(text: str) -> Iterator[Functional]:
    chain: list[_Level] = []
    for level in _levels(text):
        if chain and level.start != chain[-1].end:
            yield from _joined(chain)
            chain = []
        chain.append(level)
    yield from _joined(chain)


def _levels(text: str) -> Iterator[_Level]:
    end = 0
    for mark in _MARK.finditer(text):
        if mark["code"]:
            yield _Level(mark.start(), mark.end(), mark["inside"], (mark["code"],), False)
        else:
            name = _NAME.search(text[max(end, mark.start() - _BACK) : mark.start()])
            if not name:
                continue
            codes = (name["code"], name["own"], mark["within"], mark["after"], mark["number"])
            start = mark.start() - len(name.group())
            yield _Level(start, mark.end(), name["name"], tuple(c for c in codes if c), bool(mark["level"]))
        end = mark.end()


def _joined(chain: list[_Level]) -> Iterator[Functional]:
    code = _code([code for level in chain for code in level.codes])
    if chain and (code or any(level.marked for level in chain)):  # else a name with some number in brackets
        yield Functional(chain[0].start, chain[-1].end, chain[-1].name.translate(WIDE), code)


def _code(codes: list[str]) -> str | None:
    """201·13·01 → 2011301; 201·20113·2011301 → 2011301."""
    whole = ""
    for code in codes:
        whole = code if code.startswith(whole) else whole + code
    return whole if len(whole) in _FULL and whole[0] == "2" else None
