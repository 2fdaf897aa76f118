"""分项金额相加不等于合计。
Amounts do not add up to their total.

支出＝基本支出＋项目支出（及上缴、经营、补助支出）；基本支出＝人员经费＋公用经费；“三公”经费＝三项之和。
依据：部门决算报表的表内勾稽关系。各金额按写出的位数容许舍入；缺一项就不算。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from kg.amounts import canonical, nearest
from kg.checks import Verdict
from kg.derived import written
from kg.facts import Amount, Fact
from kg.gathered import of
from kg.places import Places, places
from kg.rounding import mistyped, yuan
from kg.rules._proof import finding, held, unsure

RULE = "whole_and_parts"
TYPE = "sum-mismatch"
SEVERITY = "error"
BUDGETED = "预算安排"
CLOSE = 120  # characters: parts are told in the sentence of their whole or the next


@dataclass(frozen=True, slots=True)
class Sum:
    """`parts` must all be given; of `further` those that are given count. Where the list is `open`, parts
    that are too little may be only some of them."""

    whole: str
    parts: tuple[str, ...]
    further: tuple[str, ...] = ()
    open: bool = False


_OTHER_SPENDING = ("上缴上级支出", "经营支出", "对附属单位补助支出")
_APPROPRIATED = "财政拨款收入"
_FUNDS = ("一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入")
_INCOME = (*_FUNDS, _APPROPRIATED, "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
SUMS = (
    Sum("本年收入", (), _INCOME, open=True),
    Sum("支出总计", ("基本支出", "项目支出"), (*_OTHER_SPENDING, "结余分配", "年末结转和结余")),
    Sum("本年支出", ("基本支出", "项目支出"), _OTHER_SPENDING),
    Sum("基本支出", ("人员经费", "公用经费")),
    Sum("“三公”经费", ("公务用车购置及运行维护费", "公务接待费"), ("因公出国（境）费",)),
    Sum("政府采购", ("政府采购货物支出", "政府采购工程支出", "政府采购服务支出")),
)


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    amounts = list(_lines(facts))
    around = places(amounts)
    told = set()
    for whole in amounts:
        for sum_ in SUMS:
            parts = _parts(sum_, whole, around) if whole.measure == sum_.whole else ()
            proof = (whole.value_yuan, *(part.evidence for part in parts))
            if len(parts) > 1 and proof not in told:  # a whole may be named twice before its parts
                told.add(proof)
                yield from _compared(whole, parts, sum_)


def _lines(facts: Sequence[Fact]) -> Iterator[Amount]:
    """The lines of the accounts. Where only the budget of a line is told (“三公”经费预算), as in a
    budget for the coming year, it stands for the line itself."""
    plain = [f for f in of(facts, Amount) if not (f.comparator or f.name or f.code)]
    yield from (amount for amount in plain if not amount.item)
    told = {(a.subject, a.measure, a.year, a.part) for a in plain if not a.item}
    for amount in plain:
        if amount.item and amount.measure == BUDGETED:
            line = replace(amount, measure=canonical(amount.item), item=None)
            if (line.subject, line.measure, line.year, line.part) not in told:
                yield line


def _parts(sum_: Sum, whole: Amount, around: Places[Amount]) -> tuple[Amount, ...]:
    """The parts told after `whole`; none where one that must be there is not. The three funds are parts of
    the appropriation, where it is told too: 财政拨款收入90万元（其中，一般公共预算80万元…）."""
    after = places(a for a in around.near(whole.evidence, CLOSE) if a.evidence.start > whole.evidence.start)
    parts = [nearest(after, whole, name, CLOSE) for name in sum_.parts]
    further = [found for name in sum_.further if (found := nearest(after, whole, name, CLOSE))]
    if any(part.measure == _APPROPRIATED for part in further):
        further = [part for part in further if part.measure not in _FUNDS]
    return tuple(filter(None, (*parts, *further))) if all(parts) else ()


def _compared(whole: Amount, parts: Sequence[Amount], sum_: Sum) -> Iterator[Verdict]:
    # 年末结转结余 may follow in a sentence of its own: it is a part only where it makes the sum right.
    for n in range(2, len(parts) + 1):
        if reduce(add, map(yuan, parts[:n])).agrees(yuan(whole)):
            exactly = sum(part.value_yuan for part in parts[:n]) == whole.value_yuan
            line = f"{' + '.join(map(written, parts[:n]))} = {written(whole)}"
            yield held(RULE, (whole, *parts[:n]), line, exactly=exactly)
            return
    total = sum(part.value_yuan for part in parts)
    if sum_.open and total < whole.value_yuan and not _slip(whole, parts):
        yield unsure(RULE, (whole, *parts), "可能只写了一部分", "some parts may not be told")
        return
    same_unit = {part.unit for part in parts} == {whole.unit}
    shown = f"{sum(part.value for part in parts)}{whole.unit or ''}" if same_unit else f"{total}元"
    yield finding(
        RULE,
        TYPE,
        SEVERITY,
        (whole, *parts),
        f"{whole.measure}写为{written(whole)}，各项相加为{shown}",
        f"{whole.measure} is stated as {written(whole)}, its parts add up to {shown}",
        f"{' + '.join(map(written, parts))} = {shown}",
    )


def _slip(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether one wrong digit in one of the numbers explains the difference."""
    missing = whole.value_yuan - sum(part.value_yuan for part in parts)
    numbers = [(whole, -missing), *((part, missing) for part in parts)]
    return any(mistyped(one.value_yuan, one.value_yuan + change) for one, change in numbers)
