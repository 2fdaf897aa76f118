"""Which words can be the name of a budget project, and a project as a report names it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg import numbering
from kg.grammar import dimensions, levels
from kg.grammar.lexicon import folded
from kg.grammar.measures import bare, known
from kg.text import Span, View

LONGEST = 60  # characters of a name
# 110105T000000123456-校园维修: the code that the budget system puts before the name.
_CODED = re.compile(r"(?P<code>\d{6,8}[0-9A-Z]{6,24})[-—_:\s]*(?P<name>.+)")
_LEAD = re.compile(r"项目[一二三四五六七八九十\d]{1,2}[:、.]|\d{4}年度|[“\"《【]")
_QUOTES = {"“": "”", '"': '"', "《": "》"}
_TRAIL = '”"》】:。、'
_TOTALS = re.compile(r"合计|总计|小计|总分|平均.{0,4}|/|—|-|无")
# 涉及项目预算资金…, 预留给小微企业的政府采购项目预算…: the words before 项目 say something of projects at large.
_VAGUE = re.compile(
    r"(?:以上|上述|该|本|其|各|我|全部|所有|部门整体|整体|涉及|预留|面向|纳入|列入|编报|申报|安排|新增|相关|有关)"
    r"|(?:预算)?调整(?:预算)?(?:之?后|前)的?"
    r"|.*(?:[\d一二两三四五六七八九十]个|政府采购|年度|部门|单位)$"
)
_NOT_A_NAME = re.compile(
    rf"{_VAGUE.pattern}|.*(?:绩效|目标|指标|情况|分析|评价|自评|概况|结论|预算执行|资金到位|资金使用|资金管理"
    r"|组织|问题|建议|措施|职责|职能|决算|开展|形成|.[中的]$)"
)
PAID = re.compile(r"(?:经费|费用?|资金|专项|补贴|补助|工程|项目)(?:\([^()]*\))?$")
_CLASS = re.compile(r"\((?:类|款|项)\)")
SHORT = 3  # characters; a heading as short as that names a kind of money
EXPENSE = re.compile(
    r"(?:办公|印刷|差旅|会议|培训|水电?|电|邮电|取暖|物业管理|租赁|劳务|交通|接待|维修|咨询)费$|基本支出"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """A project as it is named at `place`; `scope` is the stretch that speaks of it."""

    name: str
    place: Span
    scope: Span
    code: str | None = None

    @property
    def key(self) -> str:
        """The same for two namings of one project."""
        return folded(self.name).removesuffix("项目")


def name_at(seen: View, start: int, end: int, scope: Span) -> Naming | None:
    """The name between two offsets of a view, without its list number, year and quotes; None where
    the words there name no project."""
    text = seen.text
    first, last = numbering.strip(text[:end], start), end
    while (lead := _LEAD.match(text, first, end)) and not _closes_inside(text, first, end):
        first = lead.end()
    while last > first and text[last - 1] in _TRAIL:
        last -= 1
    coded = _CODED.fullmatch(text, first, last)
    words = coded["name"] if coded else text[first:last]
    if not 2 <= len(words) <= LONGEST or _TOTALS.fullmatch(words):
        return None
    if dimensions.is_generic(words) or levels.level(words):
        return None
    name = seen.source.plain(seen.span(last - len(words), last))
    return Naming(name, seen.span(first, last), scope, coded["code"] if coded else None)


def _closes_inside(text: str, start: int, end: int) -> bool:
    """Whether quotes that open at `start` close before the name ends: “家家幸福”家庭教育项目."""
    closing = _QUOTES.get(text[start])
    place = text.find(closing, start + 1, end) if closing else -1
    return 0 <= place < end - 1


def is_name(words: str) -> bool:
    """Whether `words` (folded) may name a project; what ends like one (经费, 补助) needs no more proof."""
    return len(words) > 1 and (not _NOT_A_NAME.match(words) or bool(PAID.search(words) and not _VAGUE.match(words)))


def is_paid_for(words: str) -> bool:
    """Whether `words` (folded) name something that money is given for by its own name: no kind of
    money (人员经费, 差旅费) and no class of the accounts."""
    kind = known(bare(words)) or EXPENSE.search(words) or _CLASS.search(words)
    return bool(PAID.search(words)) and is_name(words) and len(words) > SHORT and not kind


def within(words: str, names: Mapping[str, str]) -> list[str]:
    """The projects that `words` (folded) speak of; `names` are all there are, by their folded form."""
    stretches = (words[start:end] for start in range(len(words)) for end in range(start + 2, len(words) + 1))
    return [names[stretch] for stretch in stretches if stretch in names]
