"""Columns of money in a table: the measure, unit, year and side of the accounts that its heads give each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.grammar.lexicon import words
from kg.grammar.measures import ALLOCATED, Name, bare, known, resolve

NUMBER = re.compile(
    r"(?P<number>-?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,8})?)(?:(?P<percent>%)|(?P<unit>亿元|万元|千元|元))?"
)
_UNIT = re.compile(
    r"(?:单位|币种)[:为是]?(?:人民币)?(?P<unit>亿元|万元|千元|元)"
    r"|\((?:单位:)?(?P<bare>亿元|万元|千元|元)(?:\)|$)"  # narrow columns lose what closes
)
ITEM = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、](?!\d))")
_LABELS = re.compile(r"项目$|科目")
ASIDE = re.compile(r"\([^()]{0,20}\)|[A-Z÷/=]{1,5}$")
SOURCE = re.compile(r"拨款|预算|基金|资金")  # what a balance carried forward is made of
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年")
_PLAIN = frozenset(words("functional-words", "决算数"))
_BUDGET = frozenset(words("functional-words", "预算数"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of money. `title` is its head without remarks, `above` the heads over it, the nearest
    first (小计, 公务用车购置及运行费, “三公”经费); `side` is 收入 or 支出, as the head or the rows so far
    say, `balance` the 年初结转和结余 whose parts the rows now list."""

    title: str
    above: tuple[str, ...]
    unit: str
    year: int | None
    side: str = ""
    balance: str = ""

    @property
    def name(self) -> Name | None:
        """The measure that the head names itself; None for 决算数, 金额 and the like."""
        if self.title in _PLAIN:
            return None
        if self.title in _BUDGET:
            return Name(ALLOCATED, known=True)
        over = self.above[0] if self.above else ""
        return measured(self.title) or measured(_spelt_out(self.title, over)) or sided(self.title, self.side)

    @property
    def fund(self) -> bool:
        """Whether the head is a fund on one side of the accounts: 政府性基金预算财政拨款 under 支出."""
        return measured(self.title) is None and sided(self.title, self.side) is not None

    @property
    def whole(self) -> Name | None:
        """The measure that the nearest head above names: 公务接待费 over 预算数."""
        return next(filter(None, map(measured, self.above)), None)


@lru_cache(maxsize=1024)  # the head of a column is asked for in every row
def _spelt_out(title: str, over: str) -> str:
    """运行费 under 公务用车购置及运行费 is 公务用车运行费."""
    over = bare(over)
    made = (f"{over[:length]}{title}" for length in range(len(over) - 1, 1, -1))
    return next((name for name in made if known(name) and known(name) != known(over)), "")


@lru_cache(maxsize=4096)
def measured(words_: str) -> Name | None:
    """The one known measure that `words_` name."""
    return next((name for name in resolve(words_) if name.known), None) if words_ else None


def sided(words_: str, side: str) -> Name | None:
    """一般公共预算财政拨款 on the side of the income is its income."""
    return measured(f"{words_}{side}") if side and not side_of(words_) and SOURCE.search(words_) else None


def unit_in(text: str) -> str:
    match = _UNIT.search(text) if "元" in text else None
    return (match["unit"] or match["bare"]) if match else ""


def opened(texts: list[str], above: list[list[str]], unit: str, before: dict[int, Column]) -> dict[int, Column]:
    """The columns of money that a row of titles opens, under the rows of titles `above`; none where it
    is no such row."""
    if any(NUMBER.fullmatch(text) and not _YEAR.match(text) for text in texts):
        return {}
    unit = next(filter(None, map(unit_in, [*texts, *(above[-1] if above else [])])), unit)
    found: dict[int, Column] = {}
    beside = ""  # the side of the nearest column of labels: 支出项目 | 合计 | 一般公共预算财政拨款
    for index, text in enumerate(texts):
        titles = [text, *(row[index] for row in reversed(above) if index < len(row))]
        path = [title for title in dict.fromkeys(titles) if title] or [""]
        (title, year), over = _title(path[0]), tuple(_title(words_)[0] for words_ in path[1:])
        side = next(filter(None, map(side_of, over)), "") or beside
        column = Column(title, over, next(filter(None, map(unit_in, path)), unit), year, side)
        label = ITEM.match(text) or any(map(_LABELS.search, over))  # 合计 under 科目编码 in an empty account
        if (index or above) and not label and (title in _PLAIN or column.name):
            found[index] = column
        if _LABELS.search(text):
            beside = side_of(text)
    # 本年收入合计 | | 本年支出合计 | in an empty account looks like a head, but names no column that was one.
    return found if not before or above or before.keys() & found.keys() else {}


def _title(text: str) -> tuple[str, int | None]:
    """A head without its remarks and year: 2023年决算数（万元） → 决算数, 2023."""
    match = _YEAR.match(text)
    words_ = text[match.end() :] if match else text
    plain = ASIDE.sub("", words_.replace("(境)", "境").replace("(护)", "护")).strip(":")
    return plain, int(match["year"]) if match else None


def side_of(words_: str) -> str:
    """收入 or 支出, where the words name one of the two."""
    sides = [side for side in ("收入", "支出") if side in words_]
    return sides[0] if len(sides) == 1 else ""
