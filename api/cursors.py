"""Where a page of a list ends, as the text that asks for the next one."""

from __future__ import annotations

import base64
import binascii
import json

from kg.errors import BadQuery

Place = tuple[str | int, ...]
"""Where a row stands in its list: what a cursor says."""


def cursor_of(place: Place) -> str:
    """The text that says this place, fit to stand in an address."""
    return base64.urlsafe_b64encode(json.dumps(place, ensure_ascii=False).encode()).decode().rstrip("=")


def place_in(cursor: str, size: int) -> Place:
    """The place of `size` parts that a cursor says. BadQuery `bad-cursor`."""
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadQuery("bad-cursor", "读不懂这个翻页标记") from error
    if not isinstance(place, list) or len(place) != size or not all(isinstance(part, str | int) for part in place):
        raise BadQuery("bad-cursor", "读不懂这个翻页标记")
    return tuple(place)
