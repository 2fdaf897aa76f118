"""A table of a page to take away, in the formats of the lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import Response

from api.resource import Column
from api.tables import FORMATS
from kg.errors import BadQuery


def table(format: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """The table as a file; text that a spreadsheet would run stays text. BadQuery `unknown-format`."""
    if format not in FORMATS:
        raise BadQuery("unknown-format", f"没有 {format[:40]} 格式；可用：{'、'.join(FORMATS)}")
    media_type, write = FORMATS[format]
    named = (dict(zip(columns, row, strict=True)) for row in rows)
    data = b"".join(write([Column(name) for name in columns], named))
    attached = {"Content-Disposition": f'attachment; filename="jixiao.{format}"'}
    return Response(data, media_type=media_type, headers=attached)
