"""The facts of one report, and what was found in them: every rule asks for the amounts, and several for the
rates that follow from them, and each is gathered once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self, TypeVar, cast

from kg.facts import Fact
from kg.once import once

Kind = TypeVar("Kind", bound=Fact)


class Gathered(tuple[Fact, ...]):
    """Facts in reading order, with what `once` keeps of them."""

    _known: dict[object, Any]

    def __new__(cls, facts: Iterable[Fact]) -> Self:
        made = super().__new__(cls, facts)
        made._known = {}
        return made


def of(facts: Sequence[Fact], kind: type[Kind]) -> Sequence[Kind]:
    """The facts of one kind, in their order."""
    return cast(Sequence[Kind], _by_kind(facts).get(kind, ()))


@once
def _by_kind(facts: Sequence[Fact]) -> Mapping[type[Fact], Sequence[Fact]]:
    kinds: defaultdict[type[Fact], list[Fact]] = defaultdict(list)
    for fact in facts:
        kinds[type(fact)].append(fact)
    return kinds
