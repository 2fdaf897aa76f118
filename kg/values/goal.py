"""A target or an actual value as a cell of an indicator table writes it: ≥95%, 不低于3次, 151个。, 控制在预算内."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from kg.grammar.lexicon import either, folded, words
from kg.values import numeral
from ontology.loader import scheme, spellings

LONGEST = 60  # characters of a cell that can still be one number


@dataclass(frozen=True, slots=True)
class Goal:
    """`value` is a number, or the words of a cell that holds none. `sign` is a label of the scheme
    operators (≥), '' where the cell has none; `hedge` keeps the words 超, 约, 以上 as written."""

    value: Decimal | str
    unit: str = ""
    sign: str = ""
    hedge: str = ""


_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "≥": operator.ge,
    "≤": operator.le,
    "＞": operator.gt,
    "＜": operator.lt,
    "＝": operator.eq,
}
_NOTHING = re.compile(r"[/\\—–\-_*.…·]*|无|暂无|不适用|无偏差|未发生偏差")
_CLOSERS = "。;,、."
_ADVERBS = re.compile(r"^(?:已经|已|均|都|全部|基本上|也|各项){1,3}(?=.)")


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a stroke, or 无."""
    return bool(_NOTHING.fullmatch(text))


@cache
def _signs() -> Mapping[str, str]:
    """Every spelling of a comparison before a number → its sign, 不低于 → ≥."""
    by_notation = {concept.notation: concept.label for concept in scheme("operators").values()}
    by_notation |= {label: label for label in by_notation.values()} | {">": "＞", "<": "＜"}
    hedges = {
        folded(word): by_notation[concept.notation]
        for concept in scheme("comparators").values()
        if concept.notation in by_notation
        for word in (concept.label, *concept.aliases)
    }
    return hedges | {folded(word): label for word, label in spellings("operators").items()}


def sign(text: str) -> str:
    """The sign that `text` (folded, a whole cell) writes: ≧ and 大于等于 are ≥; '' where it is none."""
    return _signs().get(text, "")


@cache
def _pattern() -> re.Pattern[str]:
    before = either({*_signs(), *words("comparators", "数前")})
    after = either(words("comparators", "单位之后"))
    between = either(words("comparators", "数与单位之间"))
    return re.compile(
        rf"(?P<before>{before})?[为达到是]{{0,2}}(?P<number>-?{numeral.ARABIC})(?P<between>{between})?"
        rf"(?P<unit>\([^()\d]{{1,8}}\)|k?m[23]|[^\d≥≤=<>,。;:、()]{{1,8}}?(?:\([^()\d]{{1,4}}\))?)?(?P<after>{after})?"
    )


@lru_cache(maxsize=1024)
def read(text: str) -> Goal | None:
    """What a cell (folded) states; None where it says nothing.

    Only a cell that is one number with its sign and unit is read as a number: 2023年12月, 90%-95%
    and 按合同执行 stay words."""
    text = text.rstrip(_CLOSERS)
    if is_blank(text):
        return None
    match = _pattern().fullmatch(text) if len(text) <= LONGEST else None
    value = numeral.read(match["number"]) if match else None
    if match is None or value is None or _is_date(match):
        return Goal(text)
    hedge = match["before"] or match["between"] or match["after"] or ""
    return Goal(value, _unit(match["unit"] or ""), _signs().get(hedge, "") or _side(match["after"]), hedge)


def _side(after: str | None) -> str:
    """100%以上 aims at ≥ 100%, 8天以内 at ≤ 8."""
    concepts = scheme("comparators").values()
    notation = next((c.notation for c in concepts if after and after in (c.label, *c.aliases)), "")
    return notation if notation in _COMPARE else ""


def _is_date(match: re.Match[str]) -> bool:
    """2023年 and 12月底前 are days, not counts; 3年 is a count."""
    unit, number = match["unit"] or "", match["number"]
    return unit.startswith(("月", "日")) or (unit.startswith("年") and (len(number) == 4 or len(unit) > 1))


def _unit(written: str) -> str:
    """The unit without brackets; '' where OCR left only a stray sign (5 ↑ for 5个)."""
    unit = written.strip("()") if written.startswith("(") else written
    unit = {"百分比": "%", "百分号": "%"}.get(unit, unit)
    return unit if re.search(r"[\w%‰℃㎡°]", unit) else ""


def meets(target: Goal, actual: Goal) -> bool | None:
    """Whether `actual` reaches `target`: by the sign where both are numbers in one unit, by being
    equal where there is no sign. None where that does not show it."""
    if isinstance(target.value, str) or isinstance(actual.value, str):
        return True if target.value == actual.value else None
    if target.unit and actual.unit and target.unit != actual.unit:
        return None
    if target.sign:
        return _COMPARE[target.sign](actual.value, target.value)
    return True if actual.value == target.value else None


@cache
def _verdicts() -> Mapping[str, bool]:
    return {
        folded(word): concept.notation == "true"
        for concept in scheme("attainment").values()
        for word in (concept.label, *concept.aliases)
    }


@cache
def _sizes() -> list[int]:
    """How long the words of attainment are, longest first."""
    return sorted({len(word) for word in _verdicts()}, reverse=True)


@lru_cache(maxsize=1024)
def verdict_at_end(text: str) -> tuple[int, bool] | None:
    """Where the fullest word of attainment at the end of `text` (folded) begins, and what it says."""
    said = next((word for size in _sizes() if (word := text[-size:]) in _verdicts()), "")
    return (len(text) - len(said), _verdicts()[said]) if said else None


@lru_cache(maxsize=1024)
def verdict(text: str) -> bool | None:
    """What a cell or clause end (folded) says of a target: 已完成 → True, 部分达成预期指标 → False."""
    said = text.rstrip(_CLOSERS)
    return _verdicts().get(said, _verdicts().get(_ADVERBS.sub("", said)))
