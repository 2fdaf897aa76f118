"""总表里收入总计或支出总计不等于它上面的各项之和。
Total income or total expenditure of the summary table is not the sum of the lines above it.

收入总计＝支出总计；收入总计＝本年收入＋使用非财政拨款结余＋年初结转和结余；支出总计＝本年支出＋结余分配＋年末结转和结余。
依据：收入支出决算总表的表内勾稽关系。合计小于总计又不像错了一位数字的，可能还有别的行，不算。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce
from operator import add

from kg.checks import Verdict
from kg.derived import written
from kg.facts import Amount, Fact
from kg.gathered import of
from kg.places import distance
from kg.rounding import mistyped, yuan
from kg.rules._naming import in_table
from kg.rules._proof import finding, held, unsure

RULE = "balance"
TYPE = "sum-mismatch"
SEVERITY = "error"
ABOVE = {
    "收入总计": ("本年收入", "使用非财政拨款结余", "使用非财政拨款结余（含专用结余）", "年初结转和结余"),
    "支出总计": ("本年支出", "结余分配", "年末结转和结余"),
}
SIDES = {"收入总计": "支出总计", "财政拨款收入总计": "财政拨款支出总计"}
NEXT = 60  # characters between the two totals of one row
NEAR = 400  # characters between a line and the total below it


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    plain = [f for f in of(facts, Amount) if not (f.item or f.code or f.name or f.comparator)]
    cells = [amount for amount in plain if in_table(amount)]
    for total in cells:
        lines = [line for name in ABOVE.get(total.measure, ()) if (line := _above(name, total, cells))]
        if len(lines) > 1:
            yield _compared(total, lines)
        if total.measure in SIDES and (other := _beside(SIDES[total.measure], total, cells)):
            yield _closed(total, other)


def _above(name: str, total: Amount, cells: Sequence[Amount]) -> Amount | None:
    """The line `name` of the table that ends with `total`."""
    fitting = [
        cell
        for cell in cells
        if (cell.measure, cell.subject, cell.year, cell.part, cell.unit)
        == (name, total.subject, total.year, total.part, total.unit)
        and cell.evidence.start < total.evidence.start
        and distance(cell.evidence, total.evidence) <= NEAR
    ]
    return max(fitting, key=lambda cell: cell.evidence.start, default=None)


def _beside(name: str, total: Amount, cells: Sequence[Amount]) -> Amount | None:
    """The total `name` in the row of `total`."""
    told = (total.subject, total.year, total.part, total.unit)
    same = [c for c in cells if c.measure == name and (c.subject, c.year, c.part, c.unit) == told]
    return next((cell for cell in same if distance(cell.evidence, total.evidence) <= NEXT), None)


def _closed(income: Amount, spending: Amount) -> Verdict:
    line = f"{written(income)} {'=' if income.value == spending.value else '≠'} {written(spending)}"
    if yuan(income).agrees(yuan(spending)):
        return held(RULE, (income, spending), line)
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (income, spending),
        f"{income.measure}{written(income)}与{spending.measure}{written(spending)}不相等",
        f"{income.measure} {written(income)} is not {spending.measure} {written(spending)}",
        line,
    )


def _compared(total: Amount, lines: Sequence[Amount]) -> Verdict:
    added = sum((line.value for line in lines), Decimal(0))
    missing = total.value - added
    proof, line = (total, *lines), f"{' + '.join(map(written, lines))} = {added}{total.unit or ''}"
    if reduce(add, map(yuan, lines)).agrees(yuan(total)):
        return held(RULE, proof, line, exactly=not missing)
    slip = mistyped(total.value, added) or any(mistyped(one.value, one.value + missing) for one in lines)
    if missing > 0 and not slip:
        return unsure(RULE, proof, "可能还有别的行", "there may be other lines")
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        proof,
        f"{total.measure}写为{written(total)}，各行相加为{added}{total.unit or ''}",
        f"{total.measure} is stated as {written(total)}, the lines above add up to {added}",
        line,
    )
