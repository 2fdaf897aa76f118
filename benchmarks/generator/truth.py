"""What is true of a made-up department in one year. Money is in 万元, rates in percent, as they are written.

Everything a report states is a field of its own, also what could be computed (a rate, a share, a total):
so an error is planted with `alter` and nothing else. `drawing.draw` makes truths in which all of it fits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """`name` at its fullest, `short` without the region above (县水利局), `field` its kind (水利局)."""

    name: str
    short: str
    region: str
    field: str

    @property
    def tier(self) -> str:
        """县, 区, 市, 省."""
        return self.region[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Posts allowed (编制) and people there at the end of the year (实有)."""

    posts: int
    posts_administrative: int
    posts_public: int
    people: int
    administrative: int
    public: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One part of a whole, and its share of it as stated."""

    measure: str
    value: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Against the year before: signed, as stated."""

    value: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What came in and what went out. Total = income + carried in = spending + carried out."""

    total: Decimal
    change: Change
    income: Decimal
    sources: tuple[Line, ...]
    carried_in: Decimal
    spending: Decimal
    uses: tuple[Line, ...]
    carried_out: Decimal
    people: Decimal
    office: Decimal
    budget: Decimal
    execution: Decimal
    spending_change: Change
    running: Decimal
    running_change: Change
    assets: Decimal
    fixed_assets: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """A functional class of three levels with what was planned, received and spent under it."""

    code: str
    names: tuple[str, str, str]
    budget: Decimal
    received: Decimal
    basic: Decimal
    project: Decimal
    spent: Decimal
    execution: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A class of the first level and its share of all."""

    code: str
    name: str
    value: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Three:
    """“三公”经费: budget and final account."""

    budget: Decimal
    spent: Decimal
    execution: Decimal
    abroad: Line
    cars: Line
    reception: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """`target` and `actual` are numbers as written."""

    level1: str
    level2: str
    name: str
    operator: str
    target: Decimal
    actual: Decimal
    unit: str
    weight: Decimal
    score: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project with its money, indicators and score of 100, ten of them for execution."""

    name: str
    code: str
    initial: Decimal
    budget: Decimal
    spent: Decimal
    execution: Decimal
    execution_score: Decimal
    indicators: tuple[Indicator, ...]
    total: Decimal
    grade: str
    goal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    name: str
    weight: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    name: str
    value: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All that a report of `office` for `year` may state."""

    office: Office
    year: int
    filed: date
    duties: tuple[str, ...]
    bureaus: tuple[str, ...]
    units: tuple[str, ...]
    staff: Staff
    account: Account
    classes: tuple[Class, ...]
    groups: tuple[Group, ...]
    three: Three
    projects: tuple[Project, ...]
    indicators: tuple[Indicator, ...]
    dimensions: tuple[Dimension, ...]
    score: Decimal
    grade: str
    results: tuple[Result, ...]
    satisfaction: Decimal
    problems: tuple[str, ...]
    remedies: tuple[str, ...]
    people: tuple[Person, ...]


def alter(record: Any, path: str, value: Any) -> Any:
    """`record` with one field changed: `alter(truth, "account.uses.0.share", Decimal("51.2"))`. A function
    as `value` is given the old one."""
    head, _, rest = path.partition(".")
    old = record[int(head)] if isinstance(record, tuple) else getattr(record, head)
    new = alter(old, rest, value) if rest else value(old) if callable(value) else value
    if isinstance(record, tuple):
        at = int(head)
        return (*record[:at], new, *record[at + 1 :])
    return replace(record, **{head: new})
