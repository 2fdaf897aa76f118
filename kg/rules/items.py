"""“其中”各项相加与合计不一致。
The items of an amount do not add up to it.

合计之后逐项列出的金额，相加大于合计一定有误；小于合计时可能只列了一部分，只有列出三项以上、
又恰好像错一位数字时才提示。各金额按写出的位数容许舍入。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from operator import add

from kg.checks import Verdict
from kg.derived import written
from kg.facts import Amount, Fact
from kg.gathered import of
from kg.places import distance
from kg.rounding import Rounded, mistyped, yuan
from kg.rules._naming import in_table
from kg.rules._proof import finding, held, unsure

RULE = "items"
TYPE = "sum-mismatch"
SEVERITY = "error"
SHORT = "warning"  # the list may leave something out
CHANGE, BUDGETED, BUDGET, AMONG = "增减额", "预算安排", "预算", "其中"
PROSE, ROW = 12, 60  # code points between an item and the next, in a sentence and in a table


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    amounts = [f for f in of(facts, Amount) if f.measure != CHANGE]
    for at, whole in enumerate(amounts):
        if not (whole.item or whole.name or whole.code or whole.comparator):
            items = list(_listed(whole, (amounts[after] for after in range(at + 1, len(amounts)))))
            if len(items) > 1 and not any(item.comparator for item in items):
                yield from _compared(whole, items)


def _listed(whole: Amount, following: Iterable[Amount]) -> Iterator[Amount]:
    """The items told right after `whole`, one after the other, up to the first that are it together."""
    last, total = whole, Rounded(Decimal(0), Decimal(0))
    seen: set[str] = set()
    for amount in following:
        if amount.part != whole.part or amount.evidence.start - last.evidence.end > ROW:
            return  # nor is anything after it
        if not amount.item or not _of(whole, amount):
            continue
        # The rows of a table may be classes within classes; only 其中 says that they are parts.
        if not seen and in_table(amount) and not amount.evidence.quote.startswith(AMONG):
            return
        apart = distance(amount.evidence, last.evidence) > (ROW if in_table(amount) else PROSE)
        if apart or amount.item in seen or (len(seen) > 1 and total.agrees(yuan(whole))):
            return
        yield amount
        seen.add(amount.item)
        last, total = amount, total + yuan(amount)


def _of(whole: Amount, item: Amount) -> bool:
    alike = (item.subject, item.year, item.part) == (whole.subject, whole.year, whole.part)
    budget = item.measure == BUDGETED and BUDGET in whole.measure  # 项目预算300万元，预算安排为…
    return alike and (item.measure == whole.measure or budget)


def _compared(whole: Amount, items: Sequence[Amount]) -> Iterator[Verdict]:
    total, stated = reduce(add, map(yuan, items)), yuan(whole)
    unit = whole.unit or ""
    scale = whole.value_yuan / whole.value if whole.value else Decimal(1)
    added = f"{(sum((item.value_yuan for item in items), Decimal(0)) / scale).normalize():f}{unit}"
    line = f"{' + '.join(map(written, items))} = {added}"
    if total.agrees(stated):
        yield held(RULE, (whole, *items), line, exactly=sum(item.value_yuan for item in items) == whole.value_yuan)
        return
    if _nested(items) or (total.low < stated.low and not (len(items) > 2 and _slip(whole, items))):
        yield unsure(RULE, (whole, *items), "可能只列了一部分，或有几层", "the list may be partial or nested")
        return
    yield finding(
        RULE,
        TYPE,
        SEVERITY if total.low > stated.high else SHORT,
        (whole, *items),
        f"{whole.measure}写为{written(whole)}，所列{len(items)}项相加为{added}",
        f"{whole.measure} is stated as {written(whole)}, its {len(items)} items add up to {added}",
        line,
    )


def _nested(items: Sequence[Amount]) -> bool:
    """Whether an item is itself the sum of those after it: 甲60万元（其中：乙20万元、丙40万元）."""
    return any(
        reduce(add, map(yuan, items[at + 1 : end])).agrees(yuan(item))
        for at, item in enumerate(items)
        for end in range(at + 3, len(items) + 1)
    )


def _slip(whole: Amount, items: Sequence[Amount]) -> bool:
    """Whether one wrong digit in one of the numbers explains the difference."""
    if any(item.unit != whole.unit for item in items):
        return False
    missing = whole.value - sum(item.value for item in items)
    return mistyped(whole.value, whole.value - missing) or any(mistyped(i.value, i.value + missing) for i in items)
