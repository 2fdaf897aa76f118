"""What a figure in a report states, before it becomes a fact: an amount, a rate or a quantity."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kg.grammar.measures import Name
from kg.text import Span


class Sort(StrEnum):
    AMOUNT = "amount"
    RATE = "rate"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Statement:
    """`value` of `name` in `unit` as written, negative where it fell; `yuan` is an amount in yuan.

    `subject` is the department or project; `role` what its section is for; `relative_to` the words
    for what it is compared with or a part of."""

    sort: Sort
    name: Name
    value: Decimal
    unit: str
    span: Span
    subject: str
    role: str = ""
    yuan: Decimal | None = None
    year: int | None = None
    period: str | None = None
    comparator: str | None = None
    relative_to: str | None = None
