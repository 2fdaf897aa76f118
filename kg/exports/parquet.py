"""Parquet, for data frames and warehouses; needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import BinaryIO

from kg.errors import JixiaoError
from kg.exports._table import Value, columns, row
from kg.exports._told import Told
from kg.facts import KINDS
from kg.values.exact import plain

MEDIA_TYPE = "application/vnd.apache.parquet"
EXTENSION = ".parquet"
_MIXED = ("target", "actual")  # a number in one fact and words in another


def write(facts: Iterable[Told], out: BinaryIO) -> None:
    """One table for all kinds, numbers as exact decimals. JixiaoError `missing-extra` where pyarrow
    is not installed."""
    if find_spec("pyarrow") is None:
        raise JixiaoError("missing-extra", "导出 Parquet 需要先安装：pip install 'jixiao[parquet]'")
    names = columns(*KINDS)
    rows = [row(fact, names) for fact in facts]
    cells = {name: [_same(name, cells[i]) for cells in rows] for i, name in enumerate(names)}
    table = import_module("pyarrow").table(cells)
    import_module("pyarrow.parquet").write_table(table, out)


def _same(name: str, value: Value) -> Value:
    if name in _MIXED and isinstance(value, Decimal):
        return plain(value)
    return value
