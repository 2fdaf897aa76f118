"""One row of an indicator table as an indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.facts import Indicator, cut
from kg.grammar import heads, levels
from kg.grammar.heads import Head, Row
from kg.grammar.lexicon import folded
from kg.reading import Reading
from kg.text import Span
from kg.values import goal, numeral
from kg.values.goal import Goal

VALUES = ("target", "actual", "weight", "score", "completion")
_COLUMNS = (*heads.LEVELS, "operator", "target_unit", *VALUES, "deviation_reason")
# The form numbers its blank lines: 指标1：培训人数; a number without words is an empty line.
_SLOT = re.compile(
    r"^(?:(?:三级)?指标[\d一二三四五六七八九十]{1,2}|\(?\d{1,2}[.、)](?!\d)|[①-⑳])[:、.]?|^(?:…|\.{2,})+$"
)
_POINTS = re.compile(rf"({numeral.ARABIC})(?:分|%)?")
_BESIDE = re.compile(rf"\(({numeral.ARABIC})分\)$")  # 培训人数(20分)
_UNIT = re.compile(r"\(([^()\d]{1,6})\)$")  # 走访企业数量(家)


@dataclass(frozen=True, slots=True)
class Carried:
    """What comes down from the rows above: their head, and the levels of merged cells."""

    head: Head | None = None
    level1: str = ""
    level2: str = ""

    def down_to(self, reading: Reading, row: Row) -> Carried:
        """What holds for `row`: a level of its own opens a new group and ends the one below it."""
        first = _level(reading, row, "level1")
        second = "" if _merged(row, "level1", "level2") else _level(reading, row, "level2")
        return Carried(row.head, first or self.level1, second or ("" if first else self.level2))


def _merged(row: Row, one: str, other: str) -> bool:
    """Whether one cell fills the columns of both fields: 预算执行率 across all three levels."""
    columns = (row.head.column(one), row.head.column(other)) if row.head else (None, None)
    return None not in columns and len({row.cells[column] for column in columns if column is not None}) == 1


def _words(reading: Reading, row: Row, field: str, *, merged: bool = False) -> str:
    """The folded words of the row's own cell for `field`, also of one merged from above if `merged`."""
    column = row.head.column(field) if row.head else None
    if column is None or not (merged or row.cells[column] in row.fresh):
        return ""
    return heads.text_of(reading.source, row.cells[column])


def _plain(reading: Reading, row: Row, field: str) -> str:
    column = row.head.column(field) if row.head else None
    return "" if column is None else reading.source.plain(row.cells[column].span)


def _level(reading: Reading, row: Row, field: str) -> str:
    """The level that the row's own cell names, without its points and restored where OCR damaged it."""
    words = _words(reading, row, field)
    damaged = levels.restored(words) if words and levels.level(words) is None else None
    return damaged.label if damaged else levels.without_points(words)


def read(reading: Reading, row: Row, carried: Carried) -> Indicator | None:
    """The indicator of `row`, its subject the department's until a project claims it; None for sums,
    empty lines and rows of other tables."""
    place = _place(row)
    if row.head is None or place is None or heads.is_form_line(row):
        return None
    said = {field: _words(reading, row, field) for field in _COLUMNS}
    name, unit = _name(reading, row)
    points = _BESIDE.search(folded(name))
    name = name[: -len(points.group())].strip() if points else name
    given = [field for field in VALUES if not goal.is_blank(said[field])]
    if not given or not (name or (carried.level2 and {"target", "actual"} & set(given))):
        return None
    target = _target(reading, row, said, unit)
    actual = _actual(reading, row, said, target, unit)
    reason = _plain(reading, row, "deviation_reason") if not goal.is_blank(said["deviation_reason"]) else ""
    return Indicator(
        evidence=cut(reading.source, place),
        part=reading.part.label or None,
        subject=reading.subject,
        level1=carried.level1 or None,
        level2=carried.level2 or None,
        level3=name or None,
        operator=goal.sign(said["operator"]) or (target.sign if target else "") or None,
        target=target.value if target else None,
        target_unit=(target.unit if target else "") or None,
        actual=actual.value if actual else None,
        actual_unit=(actual.unit if actual else "") or None,
        comparator=(actual.hedge if actual else "") or None,
        weight=_points(said["weight"]) or (numeral.read(points[1]) if points else None),
        score=_points(said["score"]),
        completion=_points(said["completion"]),
        deviation_reason=reason or None,
        met=_met(target, actual, said["actual"]),
    )


def _place(row: Row) -> Span | None:
    """From the row's first own cell to its last, among the columns of indicators."""
    head = row.head
    fields = set(head.fields) if head else set()
    if head is None or not fields & {"level2", "level3"} or not fields & {"target", "actual", "score"}:
        return None
    named = head.column("level3")
    if named is not None and row.cells[named] in (row.cells[i] for i in head.columns(*VALUES)):
        return None  # a remark across the whole width
    return row.span(head.columns(*_COLUMNS))


def _name(reading: Reading, row: Row) -> tuple[str, str]:
    """The indicator's own name, and the unit that stands in brackets behind it."""
    words = _words(reading, row, "level3", merged=True)
    slot = _SLOT.match(words)
    plain = _plain(reading, row, "level3")
    if goal.is_blank(words[slot.end() :] if slot else words):
        return "", ""
    if slot:
        plain = plain[len(plain) - len(words) + slot.end() :] if len(plain) == len(words) else words[slot.end() :]
    unit = _UNIT.search(words)
    return (plain[: -len(unit.group())].strip(), unit[1]) if unit and len(plain) > len(unit.group()) else (plain, "")


def _goal(reading: Reading, row: Row, field: str, words: str) -> Goal | None:
    found = goal.read(words)
    return replace(found, value=_plain(reading, row, field)) if found and isinstance(found.value, str) else found


def _target(reading: Reading, row: Row, said: dict[str, str], unit: str) -> Goal | None:
    """The target with the sign and unit that columns of their own give it."""
    found = _goal(reading, row, "target", said["target"])
    if found is None or isinstance(found.value, str):
        return found
    sign = goal.sign(said["operator"]) or found.sign
    return replace(found, sign=sign, unit=found.unit or said["target_unit"] or unit)


def _actual(reading: Reading, row: Row, said: dict[str, str], target: Goal | None, unit: str) -> Goal | None:
    """The actual value; a bare number counts in the target's unit."""
    found = _goal(reading, row, "actual", said["actual"])
    if found is None or isinstance(found.value, str) or found.unit:
        return found
    inherited = target.unit if target and not isinstance(target.value, str) else said["target_unit"]
    return replace(found, unit=inherited or unit)


def _met(target: Goal | None, actual: Goal | None, words: str) -> bool | None:
    stated = goal.verdict(words)
    return goal.meets(target, actual) if stated is None and target and actual else stated


def _points(words: str) -> Decimal | None:
    match = _POINTS.fullmatch(words)
    return numeral.read(match[1]) if match else None
