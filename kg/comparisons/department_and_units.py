"""部门汇总数与所属单位的数对不上。
The figures of the department do not fit those of its units.

依据：部门决算（预算）由本级和所属单位汇总而成（《部门决算管理办法》）。一个单位的数大于部门汇总数，或本级和全部所属单位
都在库中而相加不等于汇总数，才报。只比较没有内部往来的财政拨款口径。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce
from operator import add

from kg.checks import Verdict
from kg.comparisons._whole import agreed, amounts, written
from kg.facts import Amount, Unit
from kg.neighbours import SUMMED, Filed, Neighbours, of_type
from kg.rounding import yuan
from kg.rules._proof import finding, held

TYPE = "sum-mismatch"
SEVERITY = "warning"
MEASURES = (
    "财政拨款收入", "财政拨款支出", "一般公共预算财政拨款收入", "一般公共预算财政拨款支出",
    "政府性基金预算财政拨款收入", "政府性基金预算财政拨款支出",
    "“三公”经费", "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费",
)  # fmt: skip
PROPER, UNDER = "本级", "下属单位"


def compare(neighbours: Neighbours) -> Iterator[Verdict]:
    for report_type in SUMMED:
        department = of_type(neighbours.now, report_type)
        units = [unit for unit in neighbours.units if unit.report_type == report_type]
        if department and units and len({unit.department for unit in units}) == len(units):
            yield from _compared(department, units, neighbours.year)


def _compared(department: Filed, units: Sequence[Filed], year: int) -> Iterator[Verdict]:
    whole = amounts(department, year)
    told = [amounts(unit, year) for unit in units]
    complete = _is_complete(department, units)
    for measure in MEASURES:
        total = agreed(whole.get(measure, []))
        parts = [agreed(one.get(measure, [])) for one in told]
        if total is None:
            continue
        for part in filter(None, parts):
            if part.value_yuan > 0 and yuan(part).low > yuan(total).high:
                yield _too_large(measure, total, part)
        if complete and all(parts):
            yield _summed(measure, total, [part for part in parts if part])


def _is_complete(department: Filed, units: Sequence[Filed]) -> bool:
    """Whether the department proper and every unit that the report lists has a report of its own."""
    listed = {f.relation: set[str]() for f in department.facts if isinstance(f, Unit)}
    for fact in department.facts:
        if isinstance(fact, Unit):
            listed[fact.relation].add(fact.name)
    known = {unit.department for unit in units}
    return len(listed.get(PROPER, ())) == 1 and bool(listed.get(UNDER)) and known == listed[PROPER] | listed[UNDER]


def _too_large(measure: str, total: Amount, part: Amount) -> Verdict:
    return finding(
        "department_and_units",
        TYPE,
        SEVERITY,
        (total, part),
        f"{part.subject}的{measure}{written(part)}，大于部门汇总数{written(total)}",
        f"{measure} of a unit ({written(part)}) is more than that of its department ({written(total)})",
        f"{written(part)} ＞ {written(total)}",
    )


def _summed(measure: str, total: Amount, parts: Sequence[Amount]) -> Verdict:
    line = " ＋ ".join(map(written, parts))
    summed = sum((part.value_yuan for part in parts), Decimal(0))
    facts = (total, *parts)
    if reduce(add, map(yuan, parts)).agrees(yuan(total)):
        exactly = summed == total.value_yuan
        return held(
            "department_and_units", facts, f"{line} {'＝' if exactly else '≈'} {written(total)}", exactly=exactly
        )
    return finding(
        "department_and_units",
        TYPE,
        SEVERITY,
        facts,
        f"本级和所属单位的{measure}相加不等于部门汇总数{written(total)}",
        f"{measure} of the department proper and its units does not add up to {written(total)}",
        f"{line} ≠ {written(total)}",
    )
