"""What own money a clause names, said outright or by what the sentence said before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.grammar.lexicon import folded
from kg.grammar.measures import ALLOCATED, BUDGETS, CHANGE, EXECUTED, FUNCTIONAL, Name, bare, known, stage
from kg.grammar.project_names import within
from kg.grammar.quantities import external, own_money
from kg.grammar.sentences._spot import Account, Spot
from ontology.loader import spellings

_SPENT = "本年支出"  # what 支出决算为 means where nothing else was named
_TOTALS = frozenset({_SPENT, "支出总计", "支出预算", "财政拨款支出", "一般公共预算财政拨款支出"})  # parted by function
_PROJECTS = "项目支出"
_ARRIVED, _MONEY = ("到位资金", "资金到位"), "money"  # investors' money arrives too, but not among the accounts
_CALLED = ("项目", "专项")
_INCOMES = frozenset({"收入总计", "本年收入"})
_OUTTURN = frozenset({"决算", "决算数"})
_GROUPS = "团组"  # that travelled
_SAYS_NOTHING = frozenset({"支出", "金额", "总额", "费用"})
WORTH = "价值"
_PROPERTY = re.compile(r"(?:房屋|构筑物|土地|车辆?|用车|家具|用具|设备|资产|图书|档案|动植物)$")
_ADDED = re.compile(r"^(?:年中|年内|中期|当年)?(?:预算)?(?:追加|调增)(?:预算|资金|经费)?(?:安排)?$")
_ACTUAL = frozenset({"支出", "执行", "使用", "实际支出", "实际执行", "实际使用"})
_WITHIN = re.compile(
    r"(?:严格|均)?(?:控制在|未超过?|不超过|低于|小于)(?=.*预算)"
)  # 支出21万元，控制在年初预算25万元以内
_CONCERNS = "涉及"
_ASIDE = re.compile(r"\([^()\d]{0,12}")  # 公务接待费6.8万元|（预算|10万元
_ITSELF = frozenset({"项目", "该项目", "本项目"})
_LISTED = re.compile(
    r"(?:(?:主要|重点|具体)的?(?:支出)?项目(?:有|包括|为|是|如下)[:,]?[^。;]*|项目支出[^。:]*用于(?:以下|下列)[^。]*)$"
)
_LISTED_NEAR = 300  # characters
_ALLOTTED = re.compile(r"(?:安排|下达|批复)(?:预算|项目|专项|财政)?(?:资金|经费)$")
_THEN_SPENT = re.compile(r",(?:全年|本年|当年|已)?实际(?:支出|使用|执行|拨付)")
_IS = frozenset({"为", "仍为", "均为", "是"})
# What can be a name: words that ran together (…情况我校2022年安排|80万元) say nothing for certain.
_NAME = re.compile(
    r"(?:(?![我本该][部单局委办厅院校馆站所会队镇乡处]|\d{4}年|[一二三四五六七八九十]、|\d \d)[^\n]){1,24}"
)
_SPENDING = re.compile(r"(?:使用|支付|列支|拨付|支出)(?:.{0,20}(?:经费|资金|费用|款))$")


@cache
def _classes() -> frozenset[str]:
    return frozenset(folded(word) for word in spellings("functional-classes"))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words before an amount and what they resolve to."""

    lead: str
    names: tuple[Name, ...]

    @property
    def first(self) -> Name:
        return self.names[0] if self.names else Name("")

    @property
    def label(self) -> str:
        return self.first.raw if self.first.known else self.first.measure


def names(spot: Spot) -> tuple[Name, ...]:
    """What the amount at `spot` is of; nothing where it is not the department's own money or the words
    do not say. Remembers the account that a budget and its outturn share."""
    lead = spot.clause.lead
    head, _, rest = lead.partition("为")
    if rest and (whole := spot.resolve(head)) and whole[0].measure in BUDGETS:
        spot.memory.whole, lead = whole, rest  # 预算安排为接待费80万元
    words = _Words(lead, spot.resolve(lead))
    for read in _READINGS:
        found = read(spot, words)
        if found:
            return found
    return ()


def _unsaid(spot: Spot, words: _Words) -> tuple[Name, ...]:
    """在建工程1项|12277.73万元; 2023年安排|300万元."""
    if words.names:
        return ()
    held = known(spot.memory.thing) if spot.memory.fresh else None
    if spot.memory.account and words.lead in _IS:  # 公务用车运行维护费与上年持平，为5万元
        held = known(bare(spot.memory.account.thing))
    measure = held or (ALLOCATED if words.lead.endswith("安排") else None)
    return (Name(measure, words.lead, known=True),) if measure else ()


def _of_a_class(spot: Spot, words: _Words) -> tuple[Name, ...]:
    """支出决算为 and 年初预算为 behind a functional class, or an amount right behind it."""
    functional, measure = spot.functional, words.first.measure
    if functional is None or not (measure in (*BUDGETS, _SPENT) or (not words.names and functional.start >= 0)):
        return ()
    measure = measure if measure in BUDGETS else FUNCTIONAL
    return (Name(measure, words.lead, code=functional.code, name=functional.name, known=True),)


def _of_a_project(spot: Spot, words: _Words) -> tuple[Name, ...]:
    """校园维修项目年初预算, where the report has a project of that name; what a project spent is its execution."""
    measure, what = stage(words.label) or ("", "")
    projects = within(what, spot.prose.projects)
    if projects:
        spot.memory.account = Account("", spot.clause.start, max(projects, key=len))
        return (Name(measure, words.label, known=True),)
    if among := _among_projects(spot, words):
        return among
    account = spot.memory.account
    of_project = _of_project(spot)
    if of_project and what in _ITSELF:  # 项目全年预算数为80万元
        return (Name(measure, words.label, known=True),)
    if of_project and _is_allotted(spot, words):
        return (Name(ALLOCATED, words.label, known=True),)
    in_project = of_project or (account is not None and account.project is not None)
    spent = words.first.measure == _SPENT or words.label in _ACTUAL
    return (Name(EXECUTED, words.label, known=True),) if in_project and spent else ()


def _of_project(spot: Spot) -> bool:
    """Whether the paragraph speaks of a project."""
    return spot.prose.projects.get(folded(spot.prose.subject)) == spot.prose.subject


def _is_allotted(spot: Spot, words: _Words) -> bool:
    """Whether the amount is what a project was given: 安排资金|80万元, or 校园维修经费|80万元，实际支出…"""
    called = words.label == folded(spot.prose.subject)
    rest = spot.prose.view.text[spot.clause.figure.end :]
    return bool(_ALLOTTED.search(words.lead) or (called and _THEN_SPENT.match(rest)))


def _among_projects(spot: Spot, words: _Words) -> tuple[Name, ...]:
    """在项目支出中，校园维修专项80万元: what the project itself spent, where it calls itself one or stands
    in a list of them (主要项目有：校园维修80万元、…)."""
    whole = spot.memory.whole[0] if spot.memory.whole else None
    called = words.label.endswith(_CALLED) and whole is not None and whole.measure == _PROJECTS
    project = spot.prose.projects.get(words.label)
    before = spot.prose.view.text[max(0, spot.clause.start - _LISTED_NEAR) : spot.clause.start]
    if project is None or not (called or _LISTED.search(before)):
        return ()
    spot.memory.account = Account("", spot.clause.start, project)
    return (Name(_PROJECTS, words.label, known=True),)


def _of_the_item(spot: Spot, words: _Words) -> tuple[Name, ...]:
    """支出 and 金额 behind a count: 国内公务接待0批次，共计支出0万元; 轿车0辆、金额0万元."""
    memory = spot.memory
    budget = known(memory.thing) if words.label in _ITSELF and memory.fresh else None
    if budget in BUDGETS:  # 年初批复预算8个|项目|985万元
        return (Name(budget, words.label, known=True),)
    if words.label.endswith(WORTH) and (own := _worth(words.label, memory.thing if memory.fresh else "")):
        return own
    told = memory.fresh and memory.account is None and not words.first.item
    fee = (
        known(f"{memory.thing.removesuffix(_GROUPS)}费") if told and words.first.measure in (*BUDGETS, _SPENT) else None
    )
    if fee:  # 公务接待12批次，86人次，预算为2万元，支出决算为|1万元
        memory.account = Account(fee, memory.anchor)
    if words.label not in _SAYS_NOTHING or not memory.fresh:
        return ()
    spent = known(f"{memory.thing}支出")
    if spent and words.label == "支出":
        return (Name(spent, words.label, known=True),)
    return tuple(replace(name, item=memory.thing) for name in memory.amounts or memory.whole)


def _worth(label: str, thing: str) -> tuple[Name, ...]:
    """房屋3860平方米，价值|512万元; 办公家具价值|45万元: what the property of the department is worth."""
    owned = label.removesuffix(WORTH) or thing
    return (Name(f"{owned}{WORTH}", label),) if _PROPERTY.search(owned) else ()


def _of_the_account(spot: Spot, words: _Words) -> tuple[Name, ...]:
    """公务接待费年初预算为9万元，调整后预算为|8万元，支出决算为|7万元."""
    thing = spot.memory.account.thing if spot.memory.account else ""
    if thing.endswith("收入") and "支出" in words.label:
        return ()  # 部门预算收入为90万元，实际支出为|85万元
    within = _WITHIN.match(words.lead) if spot.memory.amounts else None
    limits = spot.resolve(words.lead[within.end() :]) if within else ()
    if limits and limits[0].measure in BUDGETS:
        return (replace(limits[0], item=spot.memory.amounts[0].thing),)
    budget = spot.memory.named[0] if spot.memory.named else words.first
    if words.label in _ACTUAL and not words.first.known and budget.measure in BUDGETS:
        return (replace(budget, measure=EXECUTED, raw=words.label),)  # 年初预算90万元，全年执行|85万元
    outturn = words.label in _OUTTURN or (words.first.measure == _SPENT and words.label.endswith(("决算", "决算数")))
    measure = known(bare(thing))
    if measure and words.label in _ACTUAL and words.first.measure in (EXECUTED, _SPENT):
        return (Name(measure, words.label, known=True),)
    if _ASIDE.fullmatch(spot.clause.gap) and spot.memory.named and spot.memory.named[0].measure not in BUDGETS:
        thing = spot.memory.named[0].thing  # 公务接待费6.8万元（预算10万元）
    if thing and words.first.measure in BUDGETS and not words.first.item:
        return (replace(words.first, item=thing),)
    if thing and outturn:
        return (Name(thing if measure else thing.removesuffix("预算"), words.label, known=True),)
    return (Name(EXECUTED, words.label, known=True),) if words.label in _OUTTURN else ()


def _added(spot: Spot, words: _Words) -> tuple[Name, ...]:
    """年中追加|20万元 behind an initial budget."""
    if spot.memory.named and _ADDED.match(words.label) and not words.first.known:
        return (Name(CHANGE, words.label, item="预算追加", known=True),)
    return ()


def _of_a_source(spot: Spot, words: _Words) -> tuple[Name, ...]:
    """一般公共预算财政拨款 among the parts of an income is income from that source."""
    whole = spot.memory.whole[0].measure if spot.memory.whole else ""
    source = known(f"{words.label}收入") if whole in _INCOMES or whole.endswith("收入") else None
    return (Name(source, words.label, known=True),) if source else ()


def _of_a_measure(spot: Spot, words: _Words) -> tuple[Name, ...]:
    """A measure of the vocabulary; among the parts of an income 人员经费 is income for it, and within
    what has no measure (在其他采购项目中，采购金额…) it is of that. 公务接待费 is itself wherever it stands."""
    if not words.first.known:
        return ()
    whole = spot.memory.whole[0] if spot.memory.whole else None
    if whole and not whole.known and not words.first.measure.endswith("费"):
        return tuple(replace(name, item=whole.thing) for name in words.names)
    if whole and whole.measure.endswith("收入") and words.first.measure.endswith(("支出", "经费")):
        return (Name(f"{words.label}收入", words.label, known=True),)
    return words.names


def _of_own_words(spot: Spot, words: _Words) -> tuple[Name, ...]:
    """Own money that the vocabulary has no measure for: a part of what was named, or the words themselves."""
    label, whole = words.label, spot.memory.whole[0] if spot.memory.whole else None
    if label.endswith(_ARRIVED) and not words.first.known and (spot.prose.role == _MONEY or _of_project(spot)):
        return (words.first,)
    if words.first.known or not _NAME.fullmatch(label) or external(label):
        return ()
    if label.startswith(_CONCERNS):  # 人员类项目4个，涉及预算19万元
        return (replace(words.first, item=spot.memory.thing or None if spot.memory.fresh else None),)
    if label in _classes():  # 教育支出20万元，占0.2%: a class of the first level, （类） left out
        return (replace(words.first, measure=FUNCTIONAL, name=label, known=True),)
    if _SPENDING.search(label):
        return (replace(words.first, measure=EXECUTED, known=True),)
    if whole and label.endswith("支出") and whole.measure in _TOTALS:
        return (replace(words.first, measure=FUNCTIONAL, name=label),)
    if whole and (whole.measure in BUDGETS or not label.endswith(("收入", "支出", "金额"))):
        return (replace(whole, item=label, raw=label),)
    return (words.first,) if own_money(label) else ()


_READINGS = (
    *(_unsaid, _of_a_class, _of_a_project, _of_the_item, _of_the_account),
    *(_added, _of_a_source, _of_a_measure, _of_own_words),
)
