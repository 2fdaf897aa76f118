"""What a number of things, or of other people's money, counts: its name out of the words around it."""

from __future__ import annotations

import re

from kg.grammar.lexicon import either, words
from kg.grammar.measures import core

_DEPENDENT = frozenset(words("quantities", "从属量"))
# 合同引资额, 税收收入: other people's money heads the name; in 招商引资经费 it only says what for.
_EXTERNAL = re.compile(
    rf"(?:{either(words('quantities', '非本部门资金'))})(?:总?额|金额|总值|总量|规模|资金|款项?|收入|支出|完成|突破)*$"
    rf"|^(?:为.{{1,6}}?)?(?:{either(words('quantities', '引来的钱'))})|[人户村亩]均"
)
_OWN = re.compile(either(words("quantities", "本部门资金")))
_STAFF = re.compile(either(words("quantities", "人员词")))
_WORKFORCE = re.compile(rf"(?:{either(words('quantities', '队伍词'))})$")
_ORGANISATION = frozenset({"organisation", "staffing"})  # roles of sections that tell who works there
_MARK = re.compile(either(words("quantities", "评分词")))
_LIGHT = either(words("functional-words", "开展"))
_LIGHT_FIRST = re.compile(rf"^(?:{_LIGHT})(?=.{{2}})")
_LIGHT_LAST = re.compile(rf"(?:{_LIGHT})")
_PREDICATE = re.compile(
    rf"(?:{either(w for w in words('functional-words', '均') if len(w) > 1)}"
    r"|[,均都已较占为是仍]|中(?:有|$)|组成|构成)"
)
_NOT_A_NOUN = re.compile(rf"^(?:{either(words('functional-words', '均'))})")
_COUNTABLE = re.compile(rf"^(?P<noun>{either(words('quantities', '可数名词'))})(?P<rest>.{{2,}})$")
# 34个村的防洪标准 says something of the standard, not how many villages there are.
_ATTRIBUTE = re.compile(rf"^[^的]{{0,10}}(?:{either(words('quantities', '可数名词'))})的")
_TOWARDS = re.compile(r"[对向给从在为][^、]*$")
_ENDS_IN_NOUN = re.compile(rf"(?:{either(words('quantities', '可数名词'))})$")
_HAVING = re.compile(
    r"^(?:由|包括|含).*[和及与、]$|^(?:包含|包括|含)(?=.{2}|$)|^.*[和及与](?:上述|以上)$|^.*(?:中有|(?<![意方去流趋倾行])[对在从将把为向](?:以上|上述|全部|所有|这)?)$|(?<![没拥占享])(?:设|共|均|都)?有$|中$|(?:^|机关)设$"
)
_ENUMERATED = re.compile(
    r"^(?:[局委厅院]?机关)?(内设|下设|下辖|设立?)?(?:.*、.*|.{4,}[所站中心队院校馆局社])$"
)  # 内设办公室、财务股|2个股室
_LISTED = re.compile(r"^(?P<noun>[^和及与、的\d]{2,12})[和及与]")  # 6个|监管所和检测中心|1个…
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


def is_staff(label: str, role: str = "") -> bool:
    """Whether persons called `label` in a section with `role` are the department's staff: 社区工作者 are
    where the report tells of its people, not where it trains them."""
    return bool(_STAFF.search(label)) or (role in _ORGANISATION and bool(_WORKFORCE.search(label)))


def is_mark(label: str) -> bool:
    """Whether points called `label` are marks of the evaluation itself."""
    return bool(_MARK.search(label))


def ending_of(name: str) -> str:
    """The dependent name that `name` ends in: 投资额 of 八镇项目投资额; '' where there is none."""
    return next((word for word in words("quantities", "从属量") if name.endswith(word) and name != word), "")


def noun_behind(lead: str, tail: str, *, runs_on: bool) -> str:
    """The words at the head of `tail` that a figure behind `lead` counts: 5个|项目开工建设; '' where the
    lead has named it already or no noun follows. `runs_on` says that the next figure follows without
    a comma, so that all but the noun itself is that figure's."""
    if not tail or _NOT_A_NOUN.match(tail) or _ENDS_IN_NOUN.search(lead):
        return ""
    if runs_on:
        counted_ = _COUNTABLE.match(tail) or _LISTED.match(tail)
        return counted_["noun"] if counted_ else ""
    cut = _PREDICATE.search(tail)
    return tail[: cut.start()] if cut else tail


def counted(lead: str, noun: str, owners: tuple[str, ...]) -> str:
    """The name of what stands between `lead` and `noun`: 聘请招商大使|11人 → 聘请招商大使, 有|5个|项目开工建设 →
    开工建设项目. '' where the words name nothing."""
    name = _HAVING.sub("", _head(lead, owners)).removesuffix("的")
    if _ATTRIBUTE.match(noun):
        return ""
    if noun and _TOWARDS.match(name):
        name = ""  # 对全市|126座|加油站开展检查
    elif noun:
        name = _ENUMERATED.sub(r"\1", name)
    if "%" in name:
        return ""  # the words belong to a range of percentages before
    return name + _turned(noun)


def _head(lead: str, owners: tuple[str, ...]) -> str:
    name = core(lead, owners)
    examples = list(_EXAMPLES.finditer(name))
    if examples:
        name = name[examples[-1].end() :]
    if dependent(name):
        return name
    if len(name) > LONG:
        acts = [m for m in _LIGHT_LAST.finditer(name) if len(name) - m.end() >= 2]
        name = name[acts[-1].end() :] if acts else name
    return _LIGHT_FIRST.sub("", name)


def _turned(noun: str) -> str:
    """What is said of a thing put in front of it: 项目开工建设 → 开工建设项目."""
    said = _COUNTABLE.match(noun)
    if said is None or said["rest"].startswith("级"):  # 工程级投影仪
        return noun if len(noun) <= LONG * 2 else ""
    if is_mark(said["rest"]) or said["rest"].startswith("的"):
        return said["noun"]
    return _LIGHT_FIRST.sub("", said["rest"]) + said["noun"]
