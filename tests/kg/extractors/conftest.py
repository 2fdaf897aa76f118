"""What the tests of extractors share: the facts of one kind that a report, given as text, holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.examine import examine
from kg.facts import Fact

Facts = Callable[..., list[Fact]]


@pytest.fixture(scope="session")
def facts() -> Facts:
    """facts(kind, text): read as a plain text file, each fact proved by its own words."""

    def facts(kind: str, text: str, name: str = "报告.txt") -> list[Fact]:
        examined = examine(text.encode(), name)
        source = examined.document.source
        for fact in examined.facts:
            assert source.quote(fact.evidence.span) == fact.evidence.quote
        return [fact for fact in examined.facts if fact.kind == kind]

    return facts
