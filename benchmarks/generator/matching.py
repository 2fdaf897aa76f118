"""Whether what was read is what is true: the facts missed, and the facts that nothing states."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from generator.blocks import Fact

# Kinds whose every fact a made-up report lists; of the others (quantities: counts of bureaus and the
# like) it lists only those that must be found.
WHOLE = frozenset(
    "duty unit staffing amount rate project indicator score person problem improvement".split()  # noqa: SIM905
)


def missed(stated: Iterable[Fact], read: Iterable[Mapping[str, Any]]) -> list[Fact]:
    """What is stated and was not read with every field right."""
    known = _by_kind(read)
    return [fact for fact in stated if not any(_agree(fact, other) for other in known[fact["kind"]])]


def surplus(stated: Iterable[Fact], read: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What was read and is not stated."""
    known = _by_kind(stated)
    return [
        other
        for other in read
        if other["kind"] in WHOLE and not any(_agree(fact, other) for fact in known[other["kind"]])
    ]


def _by_kind(facts: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for fact in facts:
        found[fact["kind"]].append(fact)
    return found


def _agree(stated: Mapping[str, Any], read: Mapping[str, Any]) -> bool:
    names = "name" if stated["kind"] == "quantity" else ""  # how much of a clause names a count is a matter of taste
    return all(
        _plain(value) in _plain(str(read.get(field))) if field == names else _same(value, read.get(field))
        for field, value in stated.items()
    )


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, Decimal) or isinstance(b, Decimal):
        return bool(a == b)
    return bool(a == b) or (isinstance(a, str) and isinstance(b, str) and _plain(a) == _plain(b))


def _plain(text: str) -> str:
    """Letters and figures only, full width or half."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum() or char in "<>=≥≤")


def lines(facts: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Each fact on a line that one can read."""
    for fact in facts:
        yield "  ".join(f"{field}={value}" for field, value in fact.items() if field not in ("report", "start", "end"))
