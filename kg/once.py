"""What is worked out once for a thing, however many ask: it is kept with the thing and goes with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Asked = TypeVar("Asked")
Found = TypeVar("Found")


def once(read: Callable[[Asked], Found]) -> Callable[[Asked], Found]:
    """`read`, done once for each thing that keeps what was found (`_known`), and each time for any other."""

    @wraps(read)
    def kept(asked: Asked) -> Found:
        known = getattr(asked, "_known", None)
        if known is None:
            return read(asked)
        if read not in known:
            known[read] = read(asked)
        found: Found = known[read]
        return found

    return kept
