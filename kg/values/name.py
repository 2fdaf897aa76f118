"""Names of organisations and places: their kind by their last word, their region, and when two are one.

Text in, names out; what an organisation's name ends in is vocabulary (organisation-endings).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ontology.loader import scheme, spellings

_ENDINGS = tuple(spellings("organisation-endings"))
_REGIONS = {concept.notation: (concept.label, *concept.aliases) for concept in scheme("region-endings").values()}
_NO_REGIONS = frozenset(_REGIONS.pop("none"))
_CJK = "\u4e00-\u9fff"
# A name does not reach back over these: grammar words and marks that stand before names.
_BOUNDARY = re.compile(
    rf"[^{_CJK}A-Za-z0-9()]|由|为|是|和|与|及|的|在|将|把|按|经|向|对|从|被|包括|包含|成立|设立|设有|设|隶属|属于|属|称|即|纳入|根据|成为|各"
)
_NAME = re.compile(rf"(?:{'|'.join(map(re.escape, _ENDINGS))})(?:\((?:本级|机关|汇总)\))?")
# Characters that make another word of an ending: 局面, 处理, 科学, 所有, 部门, 队伍.
_OTHER_WORDS = tuple("长面势限员门属署位理分罚置于在法公事好学技研教普权份东有需以谓会结体账式阶风内外校伍级点")
_LONGEST = 40  # characters of a name
_REGION = re.compile(
    "".join(
        rf"(?P<{level}>[{_CJK}]{{1,8}}?(?:{'|'.join(map(re.escape, sorted(_REGIONS[level], key=len, reverse=True)))}))?"
        for level in ("province", "city", "county", "town")
    )
)
_BRACKETS = str.maketrans("（）〔〕【】", "()()()")


@dataclass(frozen=True, slots=True)
class Name:
    """An organisation's name at `start`..`end`; `ending` is the word that makes it one (局, 中心)."""

    start: int
    end: int
    text: str
    ending: str


def find(text: str) -> Iterator[Name]:
    """What looks like organisations' names in `text`: back from an ending to the last word of grammar.

    It is a proposal: grammar inside names (由, 和) cuts them short, so take the names of the
    header before these."""
    done = 0
    for match in _NAME.finditer(text):
        start = max(done, match.start() - _LONGEST)
        for stop in _BOUNDARY.finditer(text, start, match.start()):
            start = stop.end()
        ending = match.group().partition("(")[0]
        named = match.start() > start or len(ending) >= 3
        if named and text[match.end() : match.end() + 1] not in _OTHER_WORDS:
            yield Name(start, match.end(), text[start : match.end()], ending)
            done = match.end()


def is_organisation(name: str) -> bool:
    """Whether `name` ends as a bureau's, an office's or an institution's name does."""
    plain = fold(name)
    plain = re.sub(r"\([^()]{1,8}\)$", "", plain)
    return any(plain.endswith(ending) and len(plain) > len(ending) for ending in _ENDINGS)


def region(name: str) -> str:
    """The place that `name` begins with, at its fullest (某省某市某县); '' where it names none."""
    name = re.sub(r"^(?:中共|中国共产党)", "", name)
    match = _REGION.match(name)
    if not match or not match.group():
        return ""
    end = 0
    for level in ("province", "city", "county", "town"):
        word = match[level]
        if word is None:
            continue
        if word in _NO_REGIONS:
            break
        end = match.end(level)
    return name[:end]


def fold(name: str) -> str:
    """`name` for comparing: one width, no blanks, no quotation marks, round brackets."""
    plain = unicodedata.normalize("NFKC", name).translate(_BRACKETS)
    return re.sub(r"[\s\"'“”‘’《》·]+", "", plain)


def abbreviates(short: str, full: str) -> bool:
    """Whether `short` can stand for `full`: the same last character, and all others in the same order.

    投促局 for 投资促进局; a region in front of `full` may be missing or shortened in `short`."""
    small, large = (fold(name).replace("委员会", "委") for name in (short, full))
    if not small or not large or len(small) >= len(large) or small[-1] != large[-1]:
        return False
    rest = iter(large)
    return all(char in rest for char in small)
