"""功能分类表里的数字加不起来：一行的基本支出与项目支出，或下级科目与上级科目。
Numbers of a table by functional class do not add up: in a row, or the lower classes to the upper one.

类＝所属各款之和，款＝所属各项之和，支出＝基本支出＋项目支出。表格可能缺行、并栏，所以只报像是错了一位数字的。
依据：部门决算报表、部门预算表的表内勾稽关系。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce
from operator import add

from kg.checks import Verdict
from kg.derived import written
from kg.facts import Amount, Fact
from kg.gathered import of
from kg.rounding import mistyped, yuan
from kg.rules._naming import in_table
from kg.rules._proof import finding, held, unsure

RULE = "classes"
TYPE = "sum-mismatch"
SEVERITY = "error"
WHOLE = ("功能分类支出", "本年支出")
PARTS = ("基本支出", "项目支出")
SETTLED = 3  # rows that add up for each that does not
LEVEL = 2  # digits that a lower class has more


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    cells = [f for f in of(facts, Amount) if f.code and in_table(f) and not f.comparator]
    rows: dict[tuple[object, ...], list[Amount]] = defaultdict(list)
    columns: dict[tuple[object, ...], list[Amount]] = defaultdict(list)
    for cell in cells:
        rows[cell.evidence.start, cell.code].append(cell)
        columns[cell.subject, cell.measure, cell.year, cell.part, cell.unit].append(cell)
    sums = [
        (whole[0], parts) for whole, parts in map(_split, rows.values()) if len(whole) == 1 and len(parts) == len(PARTS)
    ]
    right = [_adds_up(whole, parts) for whole, parts in sums]
    # Where the other rows add up, there is no further column, and the one that does not is wrong.
    settled = right.count(True) >= SETTLED and right.count(False) <= right.count(True) // SETTLED
    for whole, parts in sums:
        yield from _compared(whole, parts, sure=settled)
    for column in columns.values():
        for at, whole_cell in enumerate(column):
            yield from _compared(whole_cell, list(_below(whole_cell, column[at + 1 :])))


def _split(row: Sequence[Amount]) -> tuple[list[Amount], list[Amount]]:
    return [cell for cell in row if cell.measure in WHOLE], [cell for cell in row if cell.measure in PARTS]


def _adds_up(whole: Amount, parts: Sequence[Amount]) -> bool:
    return reduce(add, map(yuan, parts)).agrees(yuan(whole))


def _below(upper: Amount, following: Sequence[Amount]) -> Iterator[Amount]:
    """The classes right below `upper`, up to the first that is not under it."""
    code = upper.code or ""
    for cell in following:
        under = cell.code or ""
        if not under.startswith(code) or under == code:
            return
        if len(under) == len(code) + LEVEL:
            yield cell


def _compared(whole: Amount, parts: Sequence[Amount], *, sure: bool = False) -> Iterator[Verdict]:
    total = sum((part.value for part in parts), Decimal(0))
    missing = whole.value - total
    if len(parts) < 2:
        return
    unit = whole.unit or ""
    line = f"{' + '.join(map(written, parts))} = {total}{unit}"
    if _adds_up(whole, parts):
        yield held(RULE, (whole, *parts), line, exactly=not missing)
        return
    if not sure and not (
        mistyped(whole.value, total) or any(mistyped(part.value, part.value + missing) for part in parts)
    ):
        yield unsure(RULE, (whole, *parts), "可能缺行、并栏或还有别的分项", "rows or columns may be missing")
        return
    yield finding(
        RULE,
        TYPE,
        SEVERITY,
        (whole, *parts),
        f"{whole.name}（{whole.code}）{whole.measure}写为{written(whole)}，各项相加为{total}{unit}",
        f"{whole.measure} of class {whole.code} is stated as {written(whole)}, its parts add up to {total}{unit}",
        line,
    )
