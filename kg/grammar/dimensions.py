"""What a score or a grade is about: 综合 for the whole, a level of indicators, or the report's own words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.grammar import levels
from kg.grammar.lexicon import either, folded, words
from ontology.loader import spellings

_LONGEST = 60  # characters that are looked at; no dimension is longer
WHOLE = "综合"
_PROJECTS = "项目评价"
_TAIL = re.compile(
    r"(?:的|完成|实现|实际|合计)*(?:得分情况|分值情况|得分|评分|总分|分数|分值|等级|等次|情况)?(?:分析|小计)?(?:\([^()]{0,12}\))?$"
)
_HEAD = re.compile(
    r"^(?:[^,;]{0,12}(?:开展|实施|组织|进行)的)?"
    r"(?:\d{4}年度?|其中|[省市县区乡镇本]级|根据|经|[我本该全](?:镇|乡|街道|中心|单位|[社厅队会台园])|我|本|该|各|次|此|局|委|办|院|所|校|站|馆|区|市|县|省|全)*+"
)
_ASIDE = re.compile(r"\([^()]{0,30}\)")


_VAGUE = frozenset({"目标", "任务", "工作"})
_DATED = re.compile(r"(?:(?!项目|专项|资金|经费)[^,。\d]){2,30}\d{4}年度?")
_TELLING = re.compile(r".{0,12}?(?:根据|按照|对照|依据|参照|经过|通过|结合|能够|严格)")


@cache
def _ends_whole() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(words('dimensions', WHOLE))})$")


@cache
def _dimensions() -> frozenset[str]:
    return frozenset(folded(word) for word in spellings("dimensions"))


@cache
def _made_of(*labels: str) -> re.Pattern[str]:
    pieces = either(word for label in labels for word in words("dimensions", label))
    return re.compile(rf"(?:{pieces}|[的及和与]|\d{{4}}年度?)*+")


@lru_cache(maxsize=1024)
def dimension(phrase: str, *, of_project: bool = False) -> str:
    """The dimension that `phrase` (folded) speaks of: 产出指标完成得分情况 → 产出指标, 部门整体支出绩效自评 →
    综合. What a report says of 项目 is the whole where the subject is itself a project."""
    phrase = phrase[-_LONGEST:]
    bare = _TAIL.sub("", phrase).strip(':,、"“”《》()')
    bare = phrase if bare in _VAGUE and phrase.endswith("完成") else bare  # 目标完成 is a dimension of some forms
    named = bare.removesuffix("指标")
    if named != bare and named in _dimensions():
        return named  # 管理效率指标 is no level but a dimension
    concept = levels.level(phrase) or levels.level(bare)
    if concept:
        name = concept.label.removesuffix("指标")
        return concept.label if name in bare or bare in name else levels.without_points(phrase)
    if bare in (WHOLE, ""):
        return WHOLE
    whole = _made_of(WHOLE, _PROJECTS) if of_project else _made_of(WHOLE)
    told = _TELLING.match(bare)
    if told and _ends_whole().search(bare, told.end()):
        return WHOLE  # 根据履职情况综合评价我部门总(得分)
    if whole.fullmatch(_HEAD.sub("", _ASIDE.sub("", bare))):
        return WHOLE
    dated = _DATED.match(bare)
    if dated and whole.fullmatch(bare, dated.end()):
        return WHOLE  # 某县水务局2024年度部门整体绩效自评
    return bare if bare in _dimensions() else _HEAD.sub("", bare) or bare


@lru_cache(maxsize=1024)
def is_known(dimension: str) -> bool:
    """Whether the vocabulary has this dimension, as one of its own or as a level of indicators."""
    return folded(dimension) in _dimensions() or levels.level(folded(dimension)) is not None


@lru_cache(maxsize=1024)
def is_generic(phrase: str) -> bool:
    """Whether `phrase` (folded) only says 'the projects', 'the evaluation', and names nothing."""
    return bool(_made_of(WHOLE, _PROJECTS).fullmatch(_HEAD.sub("", _ASIDE.sub("", phrase))))
