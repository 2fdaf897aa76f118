"""The levels of the indicator system: which words name one, in cells, labels and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.grammar.lexicon import either, folded
from ontology.loader import Concept, scheme

_POINTS = re.compile(r"\(\d[^()]{0,8}\)|\([^()]{0,4}分[^()]{0,4}\)")  # 产出指标(50分)
_ABOUT = r"(?:的)?(?:目标)?(?:完成|实现|达成)?(?:情况|得分情况)?(?:及)?(?:分析|说明)?"
_ABOUT_IT = re.compile(_ABOUT + "$")
_LETTER = re.compile(r"^[A-Z][.、]?(?=[一-鿿])")  # B效益指标
_LONGEST = 12  # characters of a level's name


@cache
def _levels() -> Mapping[str, Concept]:
    """Every spelling (folded) of a level, longest first."""
    pairs = {folded(w): c for c in scheme("indicator-levels").values() for w in (c.label, *c.aliases)}
    return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


@cache
def pattern(*, short: bool = False) -> str:
    """The levels as prose names them, fullest first: with 指标, as 数量 alone is just a word, unless
    `short` admits that too."""
    return either(word for word in _levels() if short or word.endswith("指标"))


@lru_cache(maxsize=4096)
def level(words: str) -> Concept | None:
    """The level that `words` (folded) name, all of them: 产出指标(50分), 项目产出 and 产出指标完成情况 are
    产出指标; None where they name none."""
    bare = _LETTER.sub("", _POINTS.sub("", words)).strip(":、.。")
    found = _levels().get(bare)
    return found or _levels().get(_ABOUT_IT.sub("", bare))


def restored(words: str) -> Concept | None:
    """The level behind a narrow cell from which OCR lost characters: 产指 → 产出指标, 服对满度标 →
    服务对象满意度指标. The first character, the order and a trace of 指标 must be left."""
    found = level(words)
    if found or not 2 <= len(words) <= _LONGEST or not {"指", "标"} & set(words[1:]):
        return found
    whole = sorted((w for w in _levels() if w.endswith("指标")), key=len)
    return next((_levels()[w] for w in whole if _thinned(words, w)), None)


def _thinned(damaged: str, whole: str) -> bool:
    rest = iter(whole)
    return damaged[0] == whole[0] and all(char in rest for char in damaged)


def without_points(words: str) -> str:
    """A level's cell without the points that stand behind it: 产出指标(50分) → 产出指标."""
    return _POINTS.sub("", words).strip(":、")


def first(concept: Concept) -> Concept:
    """The first-level indicator that `concept` belongs to; 成本指标 stands on its own since 2021."""
    if concept.notation == "1":
        return concept
    return next(c for c in scheme("indicator-levels").values() if c.iri == concept.broader)


@dataclass(frozen=True, slots=True)
class Label:
    """A level that opens a passage: 数量指标：… or （1）产出指标情况：… . `start` and `end` enclose the
    label with its number and colon; `explicit` says that the word 指标 is written."""

    start: int
    end: int
    level: Concept
    explicit: bool
    verdict: str = ""


@cache
def _label() -> re.Pattern[str]:
    number = r"(?:\(?[\d一二三四五六七八九十]{1,2}[.、)]|[①-⑳]|[A-Z][.、]?)?"
    whole = either(word for word in _levels() if len(word) > 2)
    return re.compile(
        rf"(?:^|(?<=[。;:!]))(?P<number>{number})(?:项目)?(?P<level>{whole}){_ABOUT}(?P<points>\([^()]{{0,16}}\))?"
        r"(?:[:。]|$|(?P<verdict>(?:已|均|都|全部|基本){0,2}(?:完成|达标))[,。:])"
    )


def labels(text: str) -> Iterator[Label]:
    """The levels that open a passage of `text` (folded), in order."""
    for match in _label().finditer(text):
        concept = _levels()[match["level"]]
        yield Label(match.start(), match.end(), concept, match["level"].endswith("指标"), match["verdict"] or "")
