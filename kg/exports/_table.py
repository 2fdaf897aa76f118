"""Facts as rows of a table, for spreadsheets and data frames."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from kg.exports._told import Told, to_json
from kg.facts import KINDS
from kg.findings import DECIDED

Value = str | int | bool | Decimal | None
ENDS = ("quote", "start", "end")


def columns(*kinds: str) -> tuple[str, ...]:
    """The columns of facts of these kinds: where from, every field once, and the words at the end."""
    named = (field.name for kind in kinds for field in fields(KINDS[kind]))
    own = dict.fromkeys(name for name in named if name not in ("evidence", "others", "part"))
    places = ("evidence", *DECIDED) if "finding" in kinds else ()
    return ("kind", "report", "part", *own, *ENDS, *places)


def row(fact: Told, of: Sequence[str]) -> list[Value]:
    """The cells of `fact` in the columns `of`; several values in one cell have a line each."""
    record = to_json(fact)
    return [_cell(record.get(name)) for name in of]


def _cell(value: Any) -> Value:
    if isinstance(value, list):
        return "\n".join(_place(v) if isinstance(v, dict) else v for v in value)
    cell: Value = value
    return cell


def _place(shown: dict[str, Any]) -> str:
    where = f"{shown['report']} " if "report" in shown else ""
    return f"{where}{shown['start']}–{shown['end']} {shown['quote']}"


_NUMBER = re.compile(r"[-+]?[\d.,]+%?")


def inert(value: Value) -> Value:
    """A text that a spreadsheet would run as a formula, made harmless; a number stays what it is."""
    if isinstance(value, str) and value[:1] in _FORMULA and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
