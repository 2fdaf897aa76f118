"""One table for all kinds of fact, which Excel opens with its Chinese whole."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from io import TextIOWrapper
from typing import BinaryIO

from kg.exports._table import Value, columns, inert, row
from kg.exports._told import Told
from kg.facts import KINDS
from kg.values.exact import plain

MEDIA_TYPE = "text/csv; charset=utf-8"
EXTENSION = ".csv"


def write(facts: Iterable[Told], out: BinaryIO) -> None:
    """UTF-8 with the mark that Excel looks for; text that it would run as a formula is harmless."""
    text = TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    names = columns(*KINDS)
    table = csv.writer(text)
    table.writerow(names)
    table.writerows([_written(value) for value in row(fact, names)] for fact in facts)
    text.detach()


def _written(value: Value) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else inert(value)
