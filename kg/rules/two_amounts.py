"""同一金额在两处写得不一样。
One amount of money is stated with two values.

同一单位同一年的收入总计、支出总计只能有一个；同一项目的年初预算、全年预算、执行数在正文和自评表里应当相同。
其他金额可能口径不同，只有像是错了一位数字的才算差错。各金额按写出的位数容许舍入，相差一万倍的见 unit_slip。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from kg.checks import Verdict
from kg.derived import written
from kg.facts import Amount, Fact, Project
from kg.gathered import of
from kg.rounding import mistyped, yuan
from kg.rules._proof import finding, held, unsure

RULE = "two_amounts"
TYPE = "contradiction"
SEVERITY = "error"
DIFFERENT = "warning"  # not a slip of the pen: somebody may mean another account
TOTALS = ("收入总计", "支出总计", "财政拨款收入总计", "财政拨款支出总计")
OF_A_PROJECT = ("年初预算", "调整后预算", "预算执行数")
OTHERS = ("本年收入", "本年支出", "基本支出", "项目支出", "人员经费", "公用经费", "“三公”经费", "机关运行经费")
FACTOR = 10_000
MANY = 50  # values of one measure; so many are of as many accounts
LONG = 4  # digits; shorter numbers may differ in one by chance


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    projects = {fact.name for fact in of(facts, Project)}
    told: dict[tuple[object, ...], list[Amount]] = defaultdict(list)
    for fact in of(facts, Amount):
        if not (fact.item or fact.code or fact.name or fact.comparator):
            own = fact.subject in projects
            if fact.measure in (OF_A_PROJECT if own else (*TOTALS, *OTHERS, *OF_A_PROJECT)):
                told[fact.subject, fact.measure, fact.year, None if own else fact.part].append(fact)
    for amounts in told.values():
        if len(amounts) > 1:
            yield _compared(amounts, must=amounts[0].measure in TOTALS or amounts[0].subject in projects)


def _compared(amounts: Sequence[Amount], *, must: bool) -> Verdict:
    """`must` says that there can be one value only."""
    values = {amount.value_yuan: amount for amount in reversed(amounts)}
    if len(values) > MANY:
        return _unsure(amounts)
    unlike = [pair for pair in combinations(reversed(values.values()), 2) if not _agree(*pair)]
    if not unlike:
        return held(RULE, amounts, " = ".join(dict.fromkeys(map(written, amounts))))
    slip = next((pair for pair in unlike if _slip(*pair)), None)
    if slip:
        return _finding(*slip, SEVERITY)
    if must and len({yuan(amount) for amount in amounts}) == 2:
        return _finding(*unlike[0], DIFFERENT)
    return _unsure(amounts)


def _unsure(amounts: Sequence[Amount]) -> Verdict:
    return unsure(RULE, amounts, f"{amounts[0].measure}有几个数，口径可能不同", "perhaps of several accounts")


def _agree(one: Amount, other: Amount) -> bool:
    here, there = yuan(one), yuan(other)
    unit = min(_digits(one), _digits(other)) > 1 and (
        here.agrees(there.times(FACTOR)) or here.times(FACTOR).agrees(there)
    )
    return here.agrees(there) or unit


def _slip(one: Amount, other: Amount) -> bool:
    return min(_digits(one), _digits(other)) >= LONG and mistyped(one.value_yuan, other.value_yuan)


def _digits(amount: Amount) -> int:
    """How many digits the amount has, zeros at its end left out."""
    return len(amount.value.normalize().as_tuple().digits)


def _finding(one: Amount, other: Amount, severity: str) -> Verdict:
    return finding(
        RULE,
        TYPE,
        severity,
        (one, other),
        f"{one.subject}的{one.measure}一处写{written(one)}，一处写{written(other)}",
        f"{one.measure} is {written(one)} here and {written(other)} there",
        f"{written(one)} ≠ {written(other)}",
    )
