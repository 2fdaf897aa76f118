"""同一金额两处相差一万倍，有一处单位写错。
One amount is stated twice, ten thousand times apart: a unit is wrong.

正文用万元、表格用元时容易漏换算。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.facts import Amount, Fact, Project
from kg.gathered import of
from kg.rounding import yuan
from kg.rules._proof import finding

RULE = "unit_slip"
TYPE = "contradiction"
SEVERITY = "error"
FACTOR = 10_000
LEAST = 2  # digits besides zeros; 1万元 and 1元 may be two things
CHANGE = "增减额"
WHOLE = ("项目支出", "预算安排", "年初预算", "预算执行数")  # what the line of a project may be called

Thing = tuple[str, int | None]  # of a year


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    projects = {f.name for f in of(facts, Project)}
    things: dict[Thing, list[Amount]] = defaultdict(list)
    for fact in of(facts, Amount):
        if fact.measure != CHANGE and not fact.comparator and _digits(fact) >= LEAST:
            things[_thing(fact, projects)].append(fact)
    for (name, _), amounts in things.items():
        most = max(amounts, key=lambda amount: amount.value_yuan)
        least = min(amounts, key=lambda amount: amount.value_yuan)
        if yuan(most).agrees(yuan(least).times(FACTOR)):
            yield _finding(name, most, least)


def _thing(amount: Amount, projects: set[str]) -> Thing:
    """What the money is for: a project by its name, whether it is the subject or an item; else
    the measure of a subject with its item or class."""
    for project in (amount.item, amount.subject):
        if project in projects and amount.measure in WHOLE and (project == amount.item or not amount.item):
            return str(project), amount.year
    line = amount.item or amount.name or amount.code or ""
    return f"{amount.subject}{amount.measure}{line}", amount.year


def _digits(amount: Amount) -> int:
    """How many digits the amount has, zeros at its end left out; 0 for nothing and less."""
    return len(amount.value.normalize().as_tuple().digits) if amount.value > 0 else 0


def _finding(name: str, most: Amount, least: Amount) -> Verdict:
    here, there = (f"{amount.value}{amount.unit or ''}" for amount in (most, least))
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (most, least),
        f"{name}一处写{here}，一处写{there}，相差一万倍",
        f"{name} is {here} here and {there} there, ten thousand times apart",
        f"{most.value_yuan.normalize():f}元 ÷ {least.value_yuan.normalize():f}元 = {FACTOR}",
    )
