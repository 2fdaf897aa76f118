"""A fact in a line: what it is of, its value with its unit, and what else is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from api.pages.language import Language
from api.pages.rendering import number
from kg.facts import (
    Amount,
    Department,
    Duty,
    Fact,
    Improvement,
    Indicator,
    Person,
    Problem,
    Project,
    Quantity,
    Rate,
    Report,
    Score,
    Staffing,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Told:
    """`what` and `value` are for people; `notes` are the further fields, each as label and value."""

    what: str
    value: str = ""
    notes: tuple[tuple[str, str], ...] = ()


def told(fact: Fact, spoken: Language) -> Told:
    """The fact in the reader's language; what the report wrote stays as written."""
    match fact:
        case Amount():
            what = spoken.word("measures", fact.measure)
            named = " ".join(filter(None, (what, fact.code, fact.name or fact.item)))
            return Told(named, _sum(fact.comparator, fact.value, fact.unit), _notes(fact, spoken, "subject", "year"))
        case Rate():
            what = spoken.word("measures", fact.measure)
            return Told(what, _sum(fact.comparator, fact.value, fact.unit), _notes(fact, spoken, "subject", "year"))
        case Staffing():
            counted = spoken.word("staffing-categories", fact.category)
            what = f"{spoken.word('staffing-measures', fact.measure)} · {counted}"
            return Told(what, _sum(None, fact.value, fact.unit), _notes(fact, spoken, "subject", "as_of"))
        case Quantity():
            notes = _notes(fact, spoken, "subject", "year", "period")
            return Told(fact.name, _sum(fact.comparator, fact.value, fact.unit), notes)
        case Score():
            what = spoken.word("dimensions", fact.dimension)
            most = f" / {number(fact.max)}" if fact.max is not None else ""
            points = f"{_sum(fact.comparator, fact.value, None)}{most}" if fact.value is not None else ""
            return Told(what, " ".join(filter(None, (points, fact.grade))), _notes(fact, spoken, "subject"))
        case Indicator():
            what = fact.level3 or fact.level2 or fact.level1 or ""
            notes = _notes(fact, spoken, "subject", "weight", "score", "completion", "deviation_reason")
            return Told(what, _held(fact), notes)
        case Unit():
            return Told(
                fact.name,
                spoken.word("unit-relations", fact.relation),
                _notes(fact, spoken, "parent", "rank", "nature"),
            )
        case Person():
            return Told(fact.name, fact.role or "", _notes(fact, spoken, "unit", "responsibility"))
        case Project():
            return Told(fact.name, fact.code or "", _notes(fact, spoken, "department", "year"))
        case Department():
            return Told(fact.name, fact.region or "", _notes(fact, spoken, "rank", "nature", "funding"))
        case Report():
            value = str(fact.fiscal_year or "")
            return Told(fact.title, value, _notes(fact, spoken, "department", "region", "date"))
        case Duty() | Problem() | Improvement():
            return Told(" ".join(fact.text.split()))
    return Told(fact.evidence.quote)


def _held(fact: Indicator) -> str:
    """The actual value against the target: 96.9% / ≥95%."""
    actual = _value(fact.actual, fact.actual_unit)
    target = _value(fact.target, fact.target_unit)
    return " / ".join(
        filter(None, (f"{fact.comparator or ''}{actual}", f"{fact.operator or ''}{target}" if target else ""))
    )


def _value(value: Decimal | str | None, unit: str | None) -> str:
    return value if isinstance(value, str) else f"{number(value)}{unit or ''}" if value is not None else ""


def _sum(comparator: str | None, value: Decimal | None, unit: str | None) -> str:
    """约1,202.95万元; a word that hedges from behind stands behind (以上)."""
    behind = bool(comparator) and str(comparator).startswith("以")
    return "".join(("" if behind else comparator or "", number(value), unit or "", comparator or "" if behind else ""))


def _notes(fact: Fact, spoken: Language, *fields: str) -> tuple[tuple[str, str], ...]:
    return tuple(_given(fact, spoken, fields))


def _given(fact: Fact, spoken: Language, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in fields:
        if (value := getattr(fact, name)) is not None:
            first, *rest = name.split("_")
            year = isinstance(value, int)
            yield spoken.term(first + "".join(map(str.title, rest))), str(value) if year else number(value)
