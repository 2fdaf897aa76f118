"""What a number of things, or of other people's money, counts: its name out of the words around it."""

from __future__ import annotations

import re

from kg.lexicon import either, words
from kg.measures import core

_DEPENDENT = frozenset(words("quantities", "从属量"))
_EXTERNAL = re.compile(either(words("quantities", "非本部门资金")))
_OWN = re.compile(either(words("quantities", "本部门资金")))
_STAFF = re.compile(either(words("quantities", "人员词")))
_MARK = re.compile(either(words("quantities", "评分词")))
_LIGHT = either(words("functional-words", "开展"))
_LIGHT_FIRST = re.compile(rf"^(?:{_LIGHT})(?=.{{2}})")
_LIGHT_LAST = re.compile(rf"(?:{_LIGHT})")
_PREDICATE = re.compile(
    rf"(?:{either(w for w in words('functional-words', '均') if len(w) > 1)}|[,均都已较比占为是能将也仍])"
)
_NOT_A_NOUN = re.compile(rf"^(?:{either(words('functional-words', '均'))})")
_COUNTABLE = re.compile(rf"^(?P<noun>{either(words('quantities', '可数名词'))})(?P<rest>.{{2,}})$")
# 等 that closes a list of examples; not the one of 等级, 高等.
_EXAMPLES = re.compile(r"(?<![高初中平同均对优特])等(?:地|国家|方面|项)?(?![级次教学量额待候同奖分])")
LONG = 16  # characters; a longer name has its actor and place in it

PERSONS = frozenset({"人", "名", "位"})


def dependent(name: str) -> bool:
    """Whether `name` goes on about the item named before it: 投资额, 全市排名."""
    return name in _DEPENDENT


def external(label: str) -> bool:
    """Whether money called `label` is not the department's own: 合同引资额, 税收."""
    return bool(_EXTERNAL.search(label))


def own_money(label: str) -> bool:
    """Whether money called `label` can be the department's own: 补贴, 经费."""
    return bool(_OWN.search(label))


def is_staff(label: str) -> bool:
    """Whether persons called `label` are the department's staff."""
    return bool(_STAFF.search(label))


def is_mark(label: str) -> bool:
    """Whether points called `label` are marks of the evaluation itself."""
    return bool(_MARK.search(label))


def counted(lead: str, tail: str, owners: tuple[str, ...]) -> str:
    """The name of what stands between `lead` and `tail`: 聘请招商大使|11人 → 聘请招商大使, 有|5个|项目开工建设 →
    开工建设项目. '' where the words name nothing."""
    name = _head(lead, owners)
    noun = _noun(tail)
    if not noun:
        return name
    if not name or name.endswith("的") or not _ends_in_noun(name):
        return f"{name.removesuffix('的')}{noun}"
    return name


def _head(lead: str, owners: tuple[str, ...]) -> str:
    name = core(lead, owners)
    examples = list(_EXAMPLES.finditer(name))
    if examples and len(name) - examples[-1].end() >= 2:
        name = name[examples[-1].end() :]
    elif examples and examples[-1].end() == len(name):
        name = ""
    if dependent(name):
        return name
    if len(name) > LONG:
        acts = [m for m in _LIGHT_LAST.finditer(name) if len(name) - m.end() >= 2]
        name = name[acts[-1].end() :] if acts else name
    return _LIGHT_FIRST.sub("", name)


def _ends_in_noun(name: str) -> bool:
    return bool(re.search(rf"(?:{either(words('quantities', '可数名词'))})$", name))


def _noun(tail: str) -> str:
    """The noun at the head of `tail`, what is said of it put in front: 项目开工建设 → 开工建设项目."""
    if not tail or _NOT_A_NOUN.match(tail):
        return ""
    cut = _PREDICATE.search(tail)
    noun = tail[: cut.start()] if cut else tail
    said = _COUNTABLE.match(noun)
    if said and not said["rest"].startswith(("数", "线索", "人", "的")):
        return _LIGHT_FIRST.sub("", said["rest"]) + said["noun"]
    return noun if len(noun) <= LONG * 2 else ""
