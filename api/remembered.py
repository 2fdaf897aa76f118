"""What the graph answered, remembered as long as the generation that was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from api.workers import Workers
from search.collection import Collection

T = TypeVar("T")
REMEMBERED = 64  # answers


def asked(collection: Collection, query: str, *, far: bool = False) -> Sequence[tuple[str, ...]]:
    """The rows of a query over the whole collection as text, a missing value empty; remembered as long
    as its generation is asked, but of those that go `far` only the last. It runs where it can be killed,
    if the service has such a place."""

    def rows() -> Sequence[tuple[str, ...]]:
        if isinstance(collection.guarded, Workers):
            return tuple(collection.guarded.rows(query))
        found = collection.dataset.query(query)
        return tuple(tuple("" if cell is None else str(cell) for cell in row) for row in found)  # type: ignore[union-attr]

    if not far:
        return remembered(collection, query, rows)
    last: tuple[str, Sequence[tuple[str, ...]]] = remembered(collection, "far", lambda: (query, rows()))
    if last[0] != query:
        collection.memory["far"] = last = (query, rows())
    return last[1]


def remembered(collection: Collection, what: str, make: Callable[[], T]) -> T:
    """What `make` gives, kept as long as the generation that it was made of."""
    memory = collection.memory
    found: T = memory[what] if what in memory else make()
    while len(memory) >= REMEMBERED and what not in memory:
        memory.pop(next(iter(memory)), None)
    memory[what] = found
    return found
