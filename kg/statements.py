"""What the figures of running text state: amounts, rates and quantities, each with its name, year and words.

A figure is named by the words before it back to the last comma, or by the noun behind it. What
it leaves unsaid comes from what the section said before: the year, the whole that 其中 parts,
the item that 投资额 or 增长 goes on about, the functional class that 支出决算为 belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kg.clauses import RATED, Clause, base_in, clauses, period_in, year_in
from kg.figures import Figure, Kind
from kg.functional import Functional, classes
from kg.lexicon import either, words
from kg.measures import BUDGETS, CHANGE, EXECUTED, FUNCTIONAL, PHASES, Name, bare, core, resolve
from kg.prose import Prose, prose
from kg.quantities import PERSONS, counted, dependent, ending_of, external, is_mark, is_staff, own_money
from kg.reading import Reading
from kg.text import Span


class Sort(StrEnum):
    AMOUNT = "amount"
    RATE = "rate"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Statement:
    """`value` of `name`, signed where it rose or fell; `yuan` is the same in yuan, for own money;
    `relative_to` are the words for what it is compared with or a part of."""

    sort: Sort
    name: Name
    figure: Figure
    value: Decimal
    span: Span
    prose: Prose
    yuan: Decimal | None = None
    year: int | None = None
    period: str | None = None
    relative_to: str | None = None


@dataclass(slots=True)
class _Memory:
    """What was said so far that later figures lean on."""

    year: int | None = None
    period: str | None = None
    base: str | None = None
    named: tuple[Name, ...] = ()  # what the figure before was of
    start: int = 0  # where the clause that named it begins
    account: Name | None = None  # what budget and outturn in this sentence are of
    amounts: tuple[Name, ...] = ()  # what the amount before was of
    whole: tuple[Name, ...] = ()  # what 其中 parts
    row: list[Name] = field(default_factory=list)  # names one after another, for 分别
    thing: str = ""  # the item that 投资额 goes on about
    unit: str = ""  # what that item is counted in
    anchor: int = 0  # where that item's clause begins
    pending: str = ""  # 满意度 of 满意度由86%提高到93%
    handed: list[str] = field(default_factory=list)  # words for the figures behind 分别
    scale: Decimal = Decimal(0)  # yuan in the last unit of money
    place: object = None
    sums_up: bool = False  # the last paragraph ended in 其中：


LONGEST_PROOF = 200  # characters between a functional class and the figure it names
_SCOPE = re.compile(either(words("functional-words", "其中")))
_SCOPE_END = re.compile(rf"(?:{either(words('functional-words', '其中'))}):?$")
_WHOLE_OF = re.compile(r"(?:^|[,。;:])(?P<whole>[^,。;:]{2,40})中,(?:[^,。;:]{0,40})$")
_VERBS = {verb: 1 for verb in words("functional-words", "增加")} | {
    verb: -1 for verb in words("functional-words", "减少")
}
_VERB = either(verb for verb in _VERBS if len(verb) > 1)
_CHANGE = re.compile(
    r"^(?P<item>.*?)(?:(?:比|较|对比)(?P<base>.{1,24}?)|同比|环比)?(?:同比|环比|相比|各|均|分别|共|总体|略有?|有所|大幅|净|又|而)*"
    rf"(?P<verb>{_VERB})(?:{_VERB})*(?:了|额|额为|率|率为|幅度|约|达|为)*$"
)
_SHARE = re.compile(r"^(?P<item>.*?)所?占(?P<whole>.*?)(?:的(?:比例|比重|比率|比)?|比例|比重|比)?(?:为|达到?|约)*$")
_EXECUTION = re.compile(
    r"^(?P<item>.*?)完成了?(?P<base>(?:年初|全年|调整后?的?|年度|当年|本年|收入|支出|部门|批复)*预算)(?:数|安排|总额)?的?$"
)
_TASK = re.compile(r"^(?P<item>.*?)(?:完成|占|达到)(?P<of>.{0,20}?(?:任务|目标|计划)数?)的?$")
_BARE_RATES = frozenset(words("functional-words", "完成率"))
_AND = re.compile(r"[、和与]|及(?!时)")
_FROM = re.compile(r"[从由]$")
_SPEND = re.compile(r"(?:使用|支付|列支|拨付|支出|安排支出)(?P<what>.{0,20}(?:经费|资金|费用|款))$")
_SUBJECT = re.compile(r"(?:^|[,。;])(?P<subject>[^,。;:]{2,14}?)(?:都|均)")
_RANK_ONLY = re.compile(r"^(?:在|位|列|居|名|排|序|综合|全[国省市区县州]|同类|并|前|得分|次|为|第)*$")
_GENERIC = frozenset({"个", "家", "项", "条", "件"})
_PLANNED = re.compile(r"指标|拟|计划|目标|需|预计|力争")
_HEADING_TAIL = re.compile(r"(?:完成|实现|实施)?(?:情况|分析|指标)*$")


@dataclass(slots=True)
class _Here:
    """Where a clause stands: its paragraph, who writes, the functional class last named in it."""

    prose: Prose
    owners: tuple[str, ...]
    functional: Functional | None
    ranked: bool  # the paragraph reports a rank, so its points are somebody else's marks


def statements(paragraphs: Iterable[Prose], *, year: int | None, owners: tuple[str, ...]) -> Iterator[Statement]:
    """Every statement in `paragraphs`, in order. `year` is the report's fiscal year; `owners` are the
    names the department goes by."""
    memory = _Memory()
    bare_owners = tuple(bare(owner) for owner in owners)
    for prose in paragraphs:
        if prose.place is not memory.place:
            memory = _Memory(place=prose.place, scale=memory.scale)
        yield from _paragraph(prose, memory, year, bare_owners)


def _paragraph(prose: Prose, memory: _Memory, fiscal: int | None, owners: tuple[str, ...]) -> Iterator[Statement]:
    text = prose.view.text
    found = list(clauses(prose.view))
    functional = list(classes(text))
    ranked = any(clause.figure.kind is Kind.RANK for clause in found)
    memory.year, memory.period, memory.base = fiscal, None, None
    memory.whole = memory.amounts if memory.sums_up else ()
    memory.thing, memory.handed = "", []
    for index, clause in enumerate(found):
        if any(c.start <= clause.figure.start < c.end for c in functional):
            continue  # a digit of a class's code
        _pass_over(clause.gap, memory, fiscal, owners)
        named = [c for c in functional if c.end <= clause.figure.start]
        here = _Here(prose, owners, named[-1] if named else None, ranked)
        lead = _lead(clause, here, memory, _run(found[index:]))
        if lead is None:
            continue
        for statement in _read(replace(clause, lead=lead), here, memory):
            yield statement
    memory.sums_up = bool(_SCOPE_END.search(text))


def _pass_over(gap: str, memory: _Memory, fiscal: int | None, owners: tuple[str, ...]) -> None:
    """Takes up what the words between two figures set for those that follow."""
    memory.year = year_in(gap, fiscal) or memory.year
    memory.period = period_in(gap) or memory.period
    if "。" in gap:
        memory.whole, memory.base, memory.account = (), None, None
    memory.base = base_in(gap) or memory.base
    part = _WHOLE_OF.search(gap)
    if part:
        memory.whole = resolve(part["whole"], owners)
    elif _SCOPE.search(gap) and memory.amounts:
        memory.whole = memory.amounts


def _run(clauses_left: list[Clause]) -> int:
    """How many figures share the words before the first: 分别增长54.3%和13.6%."""
    run = 1
    while run < len(clauses_left) and clauses_left[run].gap in ("、", "和", "及", "与", ",", "以及"):
        run += 1
    return run


def _lead(clause: Clause, here: _Here, memory: _Memory, run: int) -> str | None:
    """The words that name this figure, borrowed ones included; None where it is only a step to the next
    one (由86%提高到93%)."""
    lead = clause.lead
    if here.functional and clause.start <= here.functional.end <= clause.figure.start:
        lead = here.prose.view.text[here.functional.end : clause.figure.start].strip('”":、 ')
    if _FROM.search(lead):
        memory.pending = lead[:-1]
        return None
    if memory.pending and not core(lead, here.owners):
        lead, memory.pending = memory.pending, ""
    if memory.handed and not lead:
        return memory.handed.pop(0)
    if "分别" in lead and run > 1:
        shared = _shared_out(lead, memory, run)
        memory.handed = shared[1:]
        return shared[0] if shared else lead
    return lead


def _shared_out(lead: str, memory: _Memory, run: int) -> list[str]:
    """The words for each figure behind 分别: its parts before, or the names before them in a row."""
    items, _, verb = lead.partition("分别")
    parts = [part for part in _AND.split(items) if part]
    if len(parts) == run:
        ending = ending_of(parts[-1])
        return [part.removesuffix(ending) + ending + verb for part in parts]
    if not parts and len(memory.row) >= run:
        return [name.thing + verb for name in memory.row[-run:]]
    return []


def _read(clause: Clause, here: _Here, memory: _Memory) -> Iterator[Statement]:
    change = _CHANGE.match(clause.lead)
    if change:
        yield from _changed(clause, here, memory, change)
    elif clause.figure.kind is Kind.PERCENT:
        yield from _percent(clause, here, memory)
    elif clause.figure.kind in (Kind.MONEY, Kind.BARE):
        yield from _money(clause, here, memory)
    else:
        yield from _quantity(clause, here, memory)


def _state(sort: Sort, name: Name, clause: Clause, here: _Here, memory: _Memory, **more: Any) -> Statement:
    """One statement; `start` is where its proof begins, the clause's own start if not given."""
    text = here.prose.view.text
    start = min(more.pop("start", clause.start), clause.start)
    if name.name and here.functional and clause.start - here.functional.start < LONGEST_PROOF:
        start = here.functional.start
    scope = _SCOPE.match(text, start)
    start = scope.end() if scope and scope.end() <= clause.figure.start else start
    span = here.prose.view.span(min(start, clause.figure.start), clause.end)
    value = more.pop("value", clause.figure.value)
    return Statement(sort, name, clause.figure, value, span, here.prose, year=memory.year, period=memory.period, **more)


def _changed(clause: Clause, here: _Here, memory: _Memory, change: re.Match[str]) -> Iterator[Statement]:
    """比2022年度增加1.42万元, 下降20%: against what, and of what."""
    names, start = _taken_up(change["item"], clause, here, memory)
    figure = clause.figure
    sign = _VERBS[change["verb"]] if figure.value > 0 else 1
    memory.base = (change["base"] or memory.base or "").strip("、,") or None
    base = memory.base or ("上年同期" if "同比" in clause.lead else None)
    more: dict[str, Any] = {"value": sign * figure.value, "relative_to": base, "start": start}
    for name in names:
        if figure.kind is Kind.PERCENT:
            unit = "增长率" if figure.unit == "%" else "变动"
            yield _state(Sort.RATE, replace(name, measure=f"{name.thing}{unit}"), clause, here, memory, **more)
        elif figure.yuan is not None and (name.known or own_money(name.measure)) and not external(name.thing):
            changed = replace(name, measure=CHANGE, item=name.thing)
            yield _state(Sort.AMOUNT, changed, clause, here, memory, yuan=sign * figure.yuan, **more)
        elif figure.kind in (Kind.MONEY, Kind.COUNT) and not _of_staff(clause, name.thing):
            name = Name(f"{name.thing}{change['verb']}")
            yield _state(Sort.QUANTITY, name, clause, here, memory, start=start, relative_to=base)
    memory.named, memory.start = names, start


def _taken_up(item: str, clause: Clause, here: _Here, memory: _Memory) -> tuple[tuple[Name, ...], int]:
    """The names that `item` takes up, or the ones just named where it says nothing; and where the
    words that name them begin."""
    label = core(item, here.owners)
    if not label:
        return memory.named, memory.start
    again = next((name for name in reversed(memory.row) if label == name.thing), None)
    if again:
        return (again,), clause.start
    # 收、支总计各增加 after 财政拨款收、支总计均为: the shorter words mean the fuller ones.
    if any(label in name.raw for name in memory.named):
        return memory.named, clause.start
    return resolve(item, here.owners), clause.start


def _percent(clause: Clause, here: _Here, memory: _Memory) -> Iterator[Statement]:
    for name, relative_to, start in _rates(clause, here, memory):
        yield _state(Sort.RATE, name, clause, here, memory, relative_to=relative_to, start=start)


def _rates(clause: Clause, here: _Here, memory: _Memory) -> Iterator[tuple[Name, str | None, int]]:
    """What a percentage is the rate of, the whole of a share, and where the words for it begin."""
    lead = clause.lead
    share = _SHARE.match(lead) if "占" in lead else None
    if share:
        names, start = _taken_up(share["item"], clause, here, memory)
        whole = share["whole"].strip(":的") or next((n.item or n.raw or n.measure for n in memory.whole), None)
        for name in names:
            yield replace(name, measure=f"{name.thing}占比"), whole, start
        return
    executed = _EXECUTION.match(lead)
    if executed:
        names, start = _taken_up(executed["item"], clause, here, memory)
        for name in names or (Name(""),):
            thing = "" if name.thing in BUDGETS else name.thing
            yield replace(name, measure=f"{thing}预算执行率"), None, start
        return
    label = core(lead, here.owners)
    parts = [part for part in _AND.split(label) if part]
    if parts and all(RATED.search(part) for part in parts) and "权重" not in label:
        yield from ((Name(_rate_name(part, here, memory)), None, clause.start) for part in parts)
        return
    task = _TASK.match(lead)
    if task:
        item = core(task["item"], here.owners) or next((n.thing for n in memory.named), "")
        yield Name(f"{item}完成率"), task["of"], clause.start


def _rate_name(label: str, here: _Here, memory: _Memory) -> str:
    """`label`, or its measure; a rate that says nothing alone has its item put in front."""
    name = resolve(label, here.owners)[0]
    if name.known and label not in _BARE_RATES:
        return name.measure
    if label not in _BARE_RATES:
        return label
    if label.endswith(("幅", "速", "占比", "比重")) and memory.named:
        return f"{memory.named[-1].thing}{label}"
    subjects = _SUBJECT.findall(here.prose.view.text[: here.prose.view.text.find(label)])
    item = subjects[-1] if subjects else _HEADING_TAIL.sub("", here.prose.title)
    return f"{item}{label}" if item and not item.endswith(label[-2:]) else label


def _money(clause: Clause, here: _Here, memory: _Memory) -> Iterator[Statement]:
    figure = clause.figure
    if figure.kind is Kind.BARE and (not clause.closed or not memory.scale):
        return
    if figure.yuan is not None and figure.value:
        memory.scale = figure.yuan / figure.value
    names = _amount_names(clause.lead, here, memory)
    borrowed = memory.account is not None and any(name.thing == memory.account.thing for name in names)
    start = memory.start if borrowed else clause.start
    if figure.kind is Kind.BARE:
        names = tuple(name for name in names if name.known)
    elif not names or figure.yuan is None:
        yield from _quantity(clause, here, memory)
        return
    for name in names:
        yuan = figure.yuan if figure.yuan is not None else figure.value * memory.scale
        yield _state(Sort.AMOUNT, name, clause, here, memory, yuan=yuan, start=start)
    if names:
        memory.named, memory.amounts, memory.start = names, names, start
        memory.row.extend(names)
        if "算" in names[0].raw:
            memory.account = names[0] if names[0].thing not in BUDGETS else None


def _amount_names(lead: str, here: _Here, memory: _Memory) -> tuple[Name, ...]:
    """What own money `lead` names, none where it is not the department's own or says nothing."""
    head, parts, rest = lead.partition("为")
    if parts and rest and (whole := resolve(head, here.owners)) and whole[0].measure in BUDGETS:
        memory.whole, lead = whole, rest  # 预算安排为接待费80万元
    names = resolve(lead, here.owners)
    if here.functional and (not names or names[0].measure in (*BUDGETS, "本年支出")):
        measure = names[0].measure if names and names[0].measure in BUDGETS else FUNCTIONAL
        return (Name(measure, lead, code=here.functional.code, name=here.functional.name, known=True),)
    if not names:
        return ()
    label = names[0].raw if names[0].known else names[0].measure
    if label in ("支出", "金额", "总额", "费用") and memory.thing and memory.amounts:
        # 轿车0辆、金额0万元; 国内公务接待0批次，共计支出0万元
        item = memory.thing if label == "金额" else None
        return tuple(replace(name, item=item) for name in memory.amounts)
    if memory.account and names[0].measure in BUDGETS and not names[0].item:
        return (replace(names[0], item=memory.account.thing),)
    if memory.account and label.endswith("决算") and names[0].measure == "本年支出":
        return (Name(memory.account.thing, label, known=True),)
    if names[0].known:
        earned = memory.whole and memory.whole[0].measure.endswith("收入") and not label.endswith("收入")
        return (
            (Name(f"{label}收入", label, known=True),)
            if earned and names[0].measure.endswith(("支出", "经费"))
            else names
        )
    return _own_words(names[0], label, memory)


def _own_words(name: Name, label: str, memory: _Memory) -> tuple[Name, ...]:
    """Own money that the vocabulary has no measure for."""
    if external(label):
        return ()
    if _SPEND.search(label):
        return (replace(name, measure=EXECUTED, known=True),)
    whole = memory.whole[0] if memory.whole else None
    if whole and whole.measure in BUDGETS:
        return (replace(whole, item=label, raw=label),)
    if whole and label.endswith("支出") and whole.measure.endswith("支出"):
        return (replace(name, measure=FUNCTIONAL, name=label),)
    if whole and not label.endswith(("收入", "支出", "金额")):
        return (replace(whole, item=label, raw=label),)
    return (name,) if own_money(label) else ()


def _of_staff(clause: Clause, label: str) -> bool:
    return clause.figure.unit in PERSONS and is_staff(label + clause.lead + clause.noun)


def _quantity(clause: Clause, here: _Here, memory: _Memory) -> Iterator[Statement]:
    """A count, a rank, or money that is not the department's own."""
    figure = clause.figure
    name = counted(clause.lead, clause.noun, here.owners)
    if _of_staff(clause, name) or (figure.unit == "分" and not here.ranked):
        memory.named = ()
        return
    if not name and (figure.unit in _GENERIC or figure.unit == memory.unit):
        return  # a number of nothing in particular
    leans = not name or dependent(name) or (figure.kind is Kind.RANK and _RANK_ONLY.match(name) is not None)
    if leans and memory.thing:
        name = memory.thing + (name or figure.unit)
    elif not name:
        return
    else:
        memory.thing, memory.anchor, memory.unit = name, clause.start, figure.unit
    memory.named, memory.start = (Name(name, name),), memory.anchor if leans else clause.start
    memory.row.extend(memory.named)
    if here.prose.goal and not _PLANNED.search(name):
        name = f"目标{name}"
    yield _state(Sort.QUANTITY, Name(name), clause, here, memory, start=memory.start)


_SILENT = frozenset({"duties", "terms"})  # roles of sections that state no figures of the year
_UNDONE = frozenset({"method", "problems", "improvements", "staffing"})  # … and no results of the work


def of(reading: Reading, sort: Sort) -> Iterator[Statement]:
    """The statements of one sort in a part."""
    header = reading.header
    owners = tuple(filter(None, (header.department, *header.aliases, header.region)))
    told = (p for p in prose(reading) if p.role not in _SILENT)
    for said in statements(told, year=header.fiscal_year, owners=owners):
        if said.sort is sort and not (sort is Sort.QUANTITY and said.prose.role in _UNDONE):
            yield said
