"""One JSON object a line: the exchange format of facts, numbers exact."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, BinaryIO

from kg.exports._told import Told, to_json
from kg.values.exact import plain

MEDIA_TYPE = "application/x-ndjson"
EXTENSION = ".jsonl"


def write(facts: Iterable[Told], out: BinaryIO) -> None:
    """Chinese as it is, numbers as JSON numbers with just the digits that the fact has."""
    for fact in facts:
        out.write(f"{line(to_json(fact))}\n".encode())


def line(value: Any) -> str:
    """`value` as JSON on one line. Decimals never pass through a binary float."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(line, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
