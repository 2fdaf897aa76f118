"""What the figures of running text state: amounts, rates and quantities, each with its name, year and words.

A figure is named by the words before it back to the last comma, or by the noun behind it. What
it leaves unsaid comes from what the section said before: the year, the whole that 其中 parts,
the item that 投资额 or 增长 goes on about, the functional class that 支出决算为 belongs to.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg import numbering
from kg.grammar.figures import RANGE, Kind
from kg.grammar.functional import classes, outside
from kg.grammar.lexicon import either, words
from kg.grammar.measures import BUDGETS, Name, bare
from kg.grammar.prose import Prose
from kg.grammar.quantities import ending_of
from kg.grammar.sentences._amounts import amount
from kg.grammar.sentences._changes import base, change, changed, is_base
from kg.grammar.sentences._clauses import RATED, Clause, clauses
from kg.grammar.sentences._counts import quantity
from kg.grammar.sentences._rates import AND, rate
from kg.grammar.sentences._spot import ROW, Account, Memory, Spot
from kg.grammar.sentences._times import base_in, is_ago, period_in, unclosed, year_in
from kg.grammar.statements import Statement

_OF_WHICH = either(words("functional-words", "其中"))
_SCOPE = re.compile(rf"其中|(?:^|[,。;:、(])(?:{_OF_WHICH})")
_SCOPE_END = re.compile(rf"(?:{_OF_WHICH}):?$")
# 在预留项目中，由小微企业中标的，采购金额…: who won it belongs to what the money is of.
_WHOLE_OF = re.compile(
    r"(?:^|[,。;:])在?(?P<whole>[^,。;:]{2,40})(?<!其)中,(?:(?P<by>由[^,。;:]{2,30})的,)?[^。;:]{0,60}$"
)
_EXPECTED = re.compile(r"(?:^|[,。;:])(?P<hedge>预计)")
NEAR = 120  # characters before a figure that may say what it is a part of
# 公务接待费决算数大于预算数，预算3万元，决算4.2万元: what the two amounts are of stands before them.
_COMPARED = re.compile(
    r"(?:^|[,。;:])(?P<item>[^,。;:]{2,30}?)(?:(?:支出)?(?:决算|预算|支出|执行)数?(?:大于|小于|高于|低于|多于|少于|等于)"
    r"|(?:(?:支出)?(?:决算|预算|支出|执行)数?)?[与和同][^,。;]{2,12}?(?:基本)?(?:持平|一致|相同))[^,。;]{0,12},[^,。;]*$"
)
# 收入支出总体与上年相比，增加…: what the change is of stands before the comparison.
_SINCE = re.compile(
    r"(?:^|[。;:])(?P<item>[^,。;:\d]{2,30}?)(?:与|同|和|较|比)[^,。;]{2,24}?(?:相比|比较|对比)?,[^,。;\d]*$"
)
_COMPARES = re.compile("[大小高低多少等]于|持平|一致|相同")  # what every such comparison says
_AIM = re.compile(r"(?:绩效|年度|总体)目标:(?![^。]*(?:完成|实现|实际|得分))[^。]*$")
# 其中：…。与上年相比, or a paragraph that begins so, goes on about the whole.
_AGAINST = re.compile(
    r"(?:与|同|和)[^,。;\d]{0,8}(?:\d{4}年[^,。;\d]{0,16})?(?:相比|比较|对比|$)|(?:比|较)(?:[上去前]年|\d{4}年|年初)"
    r"|(?:支出)?决算数?(?:较|比|[大小高低多少]于)"
)
_FROM = re.compile(r"[从由](?:(?:上年|去年|(?:19|20)\d{2}年)度?(?:末|底)?的?)?$")  # 普及率由上年的|87.6%提高到91.3%
_BALANCE = re.compile(r"结余|结转|剩余")
# 甲工程和乙工程两个项目执行率|分别: the rate is of each.
_RATE_OF_EACH = re.compile(
    r"(?:等?[两二三四五六七八九十\d]{1,2}[个项](?:项目|工程)?的?)?(?P<rate>(?:预算|资金|支出)?(?:[一-鿿]{2}率|(?:执行|支出)进度)|满意度)$"
)
_LIES_IN = re.compile(r"(?<![定持])在$")
_DATED = re.compile(r"(?:19|20)\d{2}年度?")
# “培训人数”指标，预期指标值为≥90人，实际完成值为|95人，指标完成率105%: what was reached is the indicator's.
_NAMED_BEFORE = re.compile(r"[“\"](?P<name>[^“”\",。;]{2,40})[”\"](?:这一|该)?指标[,:]")
_VALUED = re.compile(
    r"(?P<told>(?:全年|年度|年末)?(?:实际)?(?:完成|实现|达到)(?:指标)?值|实际(?:指标)?值)?"
    r"(?:(?:年度|年初)?(?:预期|目标|计划|设定)?(?:指标|目标|计划|预期)?值|指标完成率|完成率)?[为是达到:=]*"
)
_UP_TO = frozenset({"", "至", "到"})
_JOINTS = frozenset({*"-—–~至到", "——", "、", "和", "及", "与", ",", "以及"})


def statements(paragraphs: Iterable[Prose], *, year: int | None, owners: Iterable[str]) -> Iterator[Statement]:
    """Every statement in `paragraphs`, in order. `year` is the report's fiscal year; `owners` are the
    names that the department goes by."""
    memory = Memory()
    names = tuple(bare(owner) for owner in owners)
    for prose in paragraphs:
        if prose.place is not memory.place:
            headed = next(iter(classes(prose.title)), None)
            memory = Memory(place=prose.place, scale=memory.scale, functional=outside(headed) if headed else None)
        yield from _paragraph(prose, memory, year, names)


def _paragraph(prose: Prose, memory: Memory, fiscal: int | None, owners: tuple[str, ...]) -> Iterator[Statement]:
    functional = list(classes(prose.view.text))
    codes = {place for f in functional for place in range(f.start, f.end)}  # their digits are no figures
    found = [clause for clause in clauses(prose.view) if clause.figure.start not in codes]
    ranked = any(clause.figure.kind is Kind.RANK for clause in found)
    if memory.whole_start is not None and memory.whole and _AGAINST.match(prose.view.text):
        memory.named, memory.start = memory.whole, 0
    memory.whole_start = None
    memory.opened = memory.opened if numbering.read(prose.view.text) else None
    memory.year = memory.opened or fiscal
    memory.period, memory.base, memory.account, memory.hedge = None, None, None, None
    memory.whole = memory.amounts if memory.sums_up else ()
    memory.thing, memory.rated, memory.fresh, memory.handed, memory.outer = "", "", False, [], None
    memory.year_outside, memory.aimed = None, False
    ahead = deque(functional)
    for index, clause in enumerate(found):
        while ahead and ahead[0].end <= clause.figure.start:
            memory.functional = ahead.popleft()
        spot = Spot(clause, prose, owners, memory.functional, ranked, memory)
        _pass_over(spot, fiscal)
        lead = _lead(spot, _run(found, index))
        if lead is not None:
            named = _indicator_before(spot) if lead != clause.lead else None
            start = named.start() if named and named["name"] == lead else clause.start
            yield from _read(replace(spot, clause=replace(clause, lead=lead, start=start)))
    memory.functional = outside(functional[-1]) if functional and not found else None
    memory.sums_up = bool(_SCOPE_END.search(prose.view.text))
    if not found and prose.view.text.endswith(":"):
        memory.opened = year_in(prose.view.text)


def _read(spot: Spot) -> Iterator[Statement]:
    rise_or_fall = change(spot)
    if rise_or_fall:
        yield from changed(spot, rise_or_fall)
    elif is_base(spot):
        yield from base(spot)
    elif spot.clause.figure.kind is Kind.PERCENT:
        yield from rate(spot)
    elif spot.clause.figure.kind in (Kind.MONEY, Kind.BARE):
        yield from amount(spot)
    else:
        yield from quantity(spot)


def _pass_over(spot: Spot, fiscal: int | None) -> None:
    """Takes up what the words since the figure before set for those that follow."""
    gap, memory = spot.clause.gap, spot.memory
    _bracketed(memory, gap)
    _dated(memory, gap)
    memory.ago = fiscal - 1 if fiscal and is_ago(spot.clause.lead) else None
    memory.period = period_in(gap) or memory.period
    sentence_ends = "。" in gap
    parted = bool(memory.whole) and memory.whole_start is not None
    if sentence_ends and parted and _AGAINST.match(gap.rpartition("。")[2]):
        memory.named, memory.start = memory.whole, memory.whole_start or 0  # 其中：…。与上年相比|增长5%
    memory.aimed = (memory.aimed and not sentence_ends) or bool(_AIM.search(gap))
    if sentence_ends:
        memory.whole, memory.base, memory.account, memory.hedge, memory.fresh = (), None, None, None, False
        memory.rated, memory.outer = "", None
    memory.base = base_in(gap) or memory.base
    compared = _COMPARED.search(gap[-NEAR:]) if _COMPARES.search(gap) else None
    names = [name for name in spot.resolve(compared["item"]) if name.known] if compared else []
    if compared and names and names[0].measure not in BUDGETS:
        at = spot.clause.figure.start - len(gap[-NEAR:]) + compared.start("item")
        memory.account = Account(names[0].thing, at)
    _since(spot)
    expected = _EXPECTED.search(gap) if "预计" in gap else None
    memory.hedge = expected["hedge"] if expected else memory.hedge
    part = _WHOLE_OF.search(gap[-NEAR:]) if "中," in gap else None
    if part:
        memory.whole = spot.resolve(f"{part['whole']}中{part['by']}" if part["by"] else part["whole"])
    elif _SCOPE.search(gap) and memory.amounts:
        memory.whole, memory.whole_start = _parted(memory) if sentence_ends else memory.amounts, memory.start
    if sentence_ends:
        memory.amounts = ()


def _since(spot: Spot) -> None:
    """Takes up what a comparison before a comma is of: 收入支出总体与上年相比，|增加58万元."""
    gap, memory = spot.clause.gap[-NEAR:], spot.memory
    since = _SINCE.search(gap) if "比" in gap or "较" in gap else None
    names = spot.resolve(since["item"]) if since else ()
    if since and names and all(name.known for name in names):
        memory.named, memory.start = names, spot.clause.figure.start - len(gap) + since.start("item")


def _dated(memory: Memory, gap: str) -> None:
    """The year that `gap` sets: one inside brackets （含2022年结转项目5个） holds no longer than they do."""
    told, inside = unclosed(gap)
    if ")" in told and memory.year_outside:
        told, memory.year, memory.year_outside = told.rpartition(")")[2], memory.year_outside, None
    memory.year = year_in(told) or memory.year
    if inside is not None:
        memory.year_outside = memory.year
        memory.year = year_in(inside) or memory.year


def _bracketed(memory: Memory, gap: str) -> None:
    """收入90万元（其中，一般公共预算80万元），占60%: what follows the bracket goes on about what stands before it."""
    opened, closed = gap.rfind("("), gap.rfind(")")
    if closed >= 0 and memory.outer:
        (memory.whole, memory.named, memory.amounts), memory.start = memory.outer, memory.outer_start
        memory.outer = None
    if opened > closed and (opened == 0 or _SCOPE.search(gap, opened)):
        memory.outer, memory.outer_start = (memory.whole, memory.named, memory.amounts), memory.start


def _parted(memory: Memory) -> tuple[Name, ...]:
    """What 其中 in a sentence of its own parts: of 支出90万元，结余10万元。其中：… what was spent."""
    left = any(_BALANCE.search(name.measure) for name in memory.amounts)
    spent = (name for name in reversed(memory.row) if name.known and not _BALANCE.search(name.measure))
    return tuple(filter(None, (next(spent, None),))) if left else memory.amounts


def _run(found: Sequence[Clause], first: int) -> int:
    """How many figures share the words before the first: 分别增长54.3%和13.6%."""
    last = first + 1
    while last < len(found) and last < first + ROW and found[last].gap in _JOINTS:
        last += 1
    return last - first


def _lead(spot: Spot, run: int) -> str | None:
    """The words that name this figure, borrowed ones included; None where it is only a step to the next
    one (由86%提高到93%)."""
    lead, memory = spot.clause.lead, spot.memory
    if spot.functional and spot.clause.start <= spot.functional.end:
        lead = spot.prose.view.text[spot.functional.end : spot.clause.figure.start].strip('”":、 ')
    if (valued := _VALUED.fullmatch(lead) if lead else None) and (named := _indicator_before(spot)):
        return named["name"] if valued["told"] else None
    if came := _FROM.search(lead):
        memory.pending = lead[: came.start()]
        return None
    if memory.pending and not spot.core(lead):
        lead, memory.pending = memory.pending, ""
    if memory.handed and lead in _UP_TO:
        return _dated_lead(memory.handed.pop(0), memory)
    if run > 1 and spot.clause.figure.comparator == RANGE:
        lead = _LIES_IN.sub("", lead)
        memory.handed = [lead]
        return lead
    shared = _shared_out(lead, memory, run) if "分别" in lead and run > 1 else []
    memory.handed = shared[1:]
    return _dated_lead(shared[0], memory) if shared else lead


def _indicator_before(spot: Spot) -> re.Match[str] | None:
    """The indicator that the sentence has named last: “培训人数”指标，预期指标值为90人，…"""
    text, end = spot.prose.view.text, spot.clause.start
    found = list(_NAMED_BEFORE.finditer(text, text.rfind("。", 0, end) + 1, end))
    return found[-1] if found else None


def _dated_lead(lead: str, memory: Memory) -> str:
    """`lead`, and the year in it taken up: 2021年、2022年“三公”经费分别为|6万元、|5万元."""
    memory.year = year_in(lead) or memory.year
    return lead


def _shared_out(lead: str, memory: Memory, run: int) -> list[str]:
    """The words for each figure behind 分别: its parts before, or the names before them in a row, with
    the rate that all of them have (合格率分别为90%和95%)."""
    items, _, verb = lead.partition("分别")
    parts = [part for part in AND.split(items) if part]
    dated = _DATED.match(parts[-1]) if len(parts) == run else None
    if dated and all(map(_DATED.fullmatch, parts[:-1])):
        return [f"{year}{parts[-1][dated.end() :]}{verb}" for year in (*parts[:-1], dated.group())]
    if len(parts) == run:
        rated = None if RATED.search(parts[0]) else _RATE_OF_EACH.search(parts[-1])
        ending = rated["rate"] if rated else ending_of(parts[-1])
        heads = [*parts[:-1], parts[-1][: rated.start()] if rated else parts[-1].removesuffix(ending)]
        return [head + ending + verb for head in heads]
    shared = len(parts) == 1 and bool(RATED.search(parts[0])) and memory.fresh
    if (not parts or shared) and len(memory.row) >= run:
        return [name.thing + "".join(parts) + verb for name in list(memory.row)[-run:]]
    return []
