"""Counts, ranks and other people's money: results of the work, each with a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.grammar.figures import Kind
from kg.grammar.lexicon import folded
from kg.grammar.measures import BUDGETS, Name, known
from kg.grammar.quantities import PERSONS, counted, dependent, is_staff
from kg.grammar.sentences._spot import Spot, state
from kg.grammar.statements import Sort, Statement
from ontology.loader import spellings

_KINDS = frozenset(map(folded, spellings("staffing-categories")))  # 其中行政28人、事业34人
_RANK_ONLY = re.compile(r"^(?:在|位|列|居|名|排|序|综合|全[国省市区县州]|同类|并|前|得分|次|为|第)*$")
_CARRIED_OUT = re.compile(r"(?:全年|年度|最终|实际|共)*(?:完成|实际[一-鿿]{0,2})了?")
_PLAN = re.compile(
    r"^(?:年初|全年|年度|原)*(?:计划|拟|预计)(?:完成)?|(?:年初|年度|计划)?目标$|(?<=.{4})(?:计划|拟)[一-鿿]{0,2}$"
)
_RANKED = re.compile(r"(?:在|位列|位居|居)?全[国省市区县州](?:综合)?排名$")
_REGION = re.compile(r"全[国省市区县州]")
_ALSO = {"人": "人数", "户": "户数", "万元": "金额", "亿元": "金额", "元": "金额"} | dict.fromkeys(
    ("公里", "千米", "米"), "里程"
)  # 5678户12345人, 1234笔5678万元
_POSTS = ("编制", "编制数")  # 行政编制24个
_GENERIC = frozenset({"个", "家", "项", "条", "件"})
_PLANNED = re.compile(r"指标|拟|计划|目标|需|预计|力争")
_TIMES = frozenset({"分钟", "小时", "天", "年"})
_STANDARD = re.compile(r"(?P<what>.+(?:到|为|达|至))(?:每[^每,。;]{1,3}){1,3}$")
_EACH = re.compile(r"每[^,。;]{0,4}$|按?[生人户村亩床]均$")
_MARKS = "分"
_SELF_MARKED = "自评"


def of_staff(spot: Spot, label: str) -> bool:
    """Whether the figure counts the department's own people, which are no result of its work."""
    clause = spot.clause
    told = label in _KINDS or is_staff(label + clause.lead + clause.noun, spot.prose.role)
    return told and (clause.figure.unit in PERSONS or (clause.figure.unit == "个" and label.endswith(_POSTS)))


def quantity(spot: Spot) -> Iterator[Statement]:
    """The quantity at `spot`; nothing where it counts staff, marks, or nothing that is named."""
    memory, clause, figure = spot.memory, spot.clause, spot.clause.figure
    standard = _STANDARD.match(clause.lead)  # 低保标准提高到每人每月795元
    name = counted(standard["what"] if standard else clause.lead, clause.noun, spot.owners)
    ours = not spot.ranked or _SELF_MARKED in clause.lead
    if of_staff(spot, name) or (figure.unit == _MARKS and ours):
        memory.named = ()
        return
    if (_EACH.search(clause.lead) and not standard) or (figure.unit in _TIMES and not clause.lead):
        return  # 每社区10万元 is a standard, 15分钟生活圈 a name
    if figure.kind is Kind.RANK and _RANK_ONLY.match(name):
        name = "".join(_REGION.findall(name)[:1]) + "排名"
    name = name.removeprefix("在") if figure.kind is Kind.RANK else name
    if figure.kind is Kind.RANK and memory.rated and dependent(name):
        yield state(spot, Sort.QUANTITY, Name(f"{memory.rated}{name}"), start=memory.start)
        return
    carried = figure.unit == memory.unit and bool(_CARRIED_OUT.fullmatch(clause.lead))
    if carried and (not name or _PLAN.search(memory.thing)):
        name = _PLAN.sub("", memory.thing)  # 计划改造8处，实际完成|7处
    if known(name) in BUDGETS:  # 年初批复预算|8个|项目985万元: how many projects the money is for
        memory.thing, memory.anchor, memory.unit, memory.fresh = name, clause.start, figure.unit, True
        return
    if name in _ALSO.values() and memory.thing in ("", name):
        return  # 参会人数380人: of what, nothing said before
    leans = not name or dependent(name)
    again = memory.ago is not None and figure.unit == memory.unit  # 上年为385万人次
    if (
        not name
        and not again
        and (not memory.thing or not memory.fresh or figure.unit in _GENERIC or figure.unit == memory.unit)
    ):
        return
    if leans and memory.thing:
        thing = _RANKED.sub("", memory.thing) if figure.kind is Kind.RANK else memory.thing  # 全市第5，全省第3
        name = thing + (name or ("" if again else _ALSO.get(figure.unit, figure.unit)))
    else:
        memory.thing, memory.anchor, memory.unit, memory.fresh = name, clause.start, figure.unit, True
    memory.named, memory.start = (Name(name, name),), memory.anchor
    memory.row.extend(memory.named)
    planned = spot.planned and not _PLANNED.search(name)
    yield state(spot, Sort.QUANTITY, Name(f"目标{name}" if planned else name), start=memory.start)
