"""What a label says that a number of people counts: 核定全额事业编制 is 编制 of 事业."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.grammar.lexicon import either, folded, words
from ontology.loader import spellings

POSTS, ACTUAL, LEADERS, TOTAL = "编制", "实有", "领导职数", "总计"
CHANGES = ("增加", "减少")
_PAST = ("退休", "离休", "离退休", "遗属")  # people, never posts
_STAFFED_POSTS = re.compile(r"(?:实有|在职|在编)(?:在[编职])?人员编制$")  # 年末实有人员编制16人 counts posts
_APPROVED = re.compile(r"核定|核准|批准|总编|编制总?数")
_PEOPLE = re.compile(r"人员|工作者|职工|干部|教师|民警|辅警|职称|人$")
# What may stand in a label beside the words for posts and people; with any other word in it the
# number counts something else (培训在职教师300人).
_FILLER = re.compile(
    r"其中|其余|公办|另外|此外|还|以及|经|截[至止]到?|共计|合计|目前|期|现|共|有|具有|取得|正式|为|计|是|的|和|及|与|含|包括|核[定准]|批准|配备|设置?|"
    r"人员|人数|职工|干部|在册|总|机构|数量?|名额|编制?|在|另|全|部门|单位|机关|系统|岗位?|类|实际|本|我|局|委|人|街道|[社院校所站馆队厅台园镇乡]|"
    r"较|比|同比|上年度?|去年|年末|年底|年初|末|底|\d{4}年?度?|年度?|\d{1,2}月份?|\d{1,2}日|[()+、]"
)
# 由单位管理的离退休人员: who looks after them says nothing of what is counted.
_LOOKED_AFTER = re.compile(
    r"由?(?:本|我)?(?:单位|部门|财政|[局委院校])?(?:统一|归口|代)?管理?的(?=离退|离休|退休|遗属)"
)


class Count(NamedTuple):
    """`measure` and `category` as the vocabulary names them; `category` None where the label gives none."""

    measure: str
    category: str | None


def read(label: str, before: str | None = None, *, among_staff: bool = False) -> Count | None:
    """What `label` (folded) counts; None where it holds words that are not about staff. `before` is
    the measure of the number before it, which a bare 行政人员 takes over; `among_staff` says that
    the label stands where staff is all that is counted."""
    label = _LOOKED_AFTER.sub("", label)
    category, kind = _category(label)
    rest = label.replace(category, "", 1) if category else label
    measure = _measure(rest, label, before)
    if kind == "post" and measure in (None, before):
        measure = LEADERS
    if measure is None and category and (among_staff or before) and _PEOPLE.search(label):
        measure = ACTUAL
    if measure in CHANGES and before is None and not among_staff:
        return None  # what rose by so many is not known to be staff
    rest = _kinds()["kind"].sub("", _measures().sub("", rest))
    if measure is None or _FILLER.sub("", rest):
        return None
    named = _categories().get(category, category) if category else None
    return Count(ACTUAL if named in _PAST and measure == POSTS else measure, named)


def _measure(rest: str, label: str, before: str | None) -> str | None:
    said = {_spelled()[match.group()] for match in _measures().finditer(rest)}
    said |= {_spelled()[match.group()] for match in _measures().finditer(label)}
    if _STAFFED_POSTS.search(label):
        return POSTS
    for measure in (*CHANGES, LEADERS, ACTUAL):
        if measure in said:
            return measure
    if POSTS in said:
        # 年末总人数19人，行政编制9人 goes on counting people.
        return ACTUAL if before == ACTUAL and not _APPROVED.search(label) else POSTS
    return before


def _category(label: str) -> tuple[str | None, str]:
    """The words in `label` that say which staff, and whether they are a kind, a rank or a post."""
    found = [(m.group(), kind) for kind, pattern in _kinds().items() for m in pattern.finditer(label)]
    return max(found, key=lambda pair: len(pair[0])) if found else (None, "")


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    posts = [word for word in words("person-roles", "职务") if word not in ("干部", "财务", "负责人", "工作人员")]
    return {
        "kind": re.compile(either(word for word in _categories() if word not in ("正", "副"))),
        "rank": re.compile(either(folded(word) for word in spellings("ranks")) + "(?=领导|职数|干部)"),
        "post": re.compile(either(posts)),
    }


@cache
def _categories() -> dict[str, str]:
    return {folded(word): label for word, label in spellings("staffing-categories").items()}


@cache
def _spelled() -> dict[str, str]:
    return {folded(word): label for word, label in spellings("staffing-measures").items()}


@cache
def _measures() -> re.Pattern[str]:
    return re.compile(either(_spelled()))
