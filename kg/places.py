"""What stands where: whatever is near a place is found without going through all of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from kg.facts import Evidence, Fact

Thing = TypeVar("Thing")
Stated = TypeVar("Stated", bound=Fact)


def distance(one: Evidence, other: Evidence) -> int:
    """Code points between two places; 0 where they touch."""
    return max(0, max(one.start, other.start) - min(one.end, other.end))


class Places(Generic[Thing]):
    """Things with the place of each, of one report. They are given back in the order of the text, those
    that begin at one place in the order in which they came."""

    def __init__(self, placed: Iterable[tuple[Evidence, Thing]]) -> None:
        self._placed = sorted(placed, key=lambda pair: pair[0].start)
        self._starts = [place.start for place, _ in self._placed]
        self._longest = max((place.end - place.start for place, _ in self._placed), default=0)

    def between(self, start: int, end: int) -> Sequence[Thing]:
        """Those that begin at `start` or after it, and before `end` (code points)."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [thing for _, thing in self._placed[first:last]]

    def near(self, to: Evidence, within: int) -> Sequence[Thing]:
        """Those that are no further than `within` code points from the place `to`."""
        first = bisect_left(self._starts, to.start - within - self._longest)
        last = bisect_right(self._starts, to.end + within)
        return [thing for place, thing in self._placed[first:last] if distance(place, to) <= within]


def places(facts: Iterable[Stated]) -> Places[Stated]:
    """Facts by the places that prove them."""
    return Places((fact.evidence, fact) for fact in facts)
