"""What rules ask of all facts is gathered once."""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts import Department, Fact, Problem, Project, cut
from kg.gathered import Gathered, of
from kg.once import once
from kg.text import Source, Span

SOURCE = Source("报告.txt", "云溪县水务局渠道维修经费人手不足", sha256="")
OFFICE = Department(name="云溪县水务局", evidence=cut(SOURCE, Span(0, 6)))
WORKS = Project(name="渠道维修经费", evidence=cut(SOURCE, Span(6, 12)))
SHORT = Problem(text="人手不足", evidence=cut(SOURCE, Span(12, 16)))
FACTS = [WORKS, OFFICE, SHORT, WORKS]


def test_facts_of_one_kind_keep_their_order_and_nothing_else_is_among_them() -> None:
    for facts in (FACTS, Gathered(FACTS)):
        assert list(of(facts, Project)) == [WORKS, WORKS]
        assert list(of(facts, Department)) == [OFFICE]
        assert [fact for kind in (Project, Department, Problem) for fact in of(facts, kind)] == [
            *(WORKS, WORKS, OFFICE, SHORT)
        ]


def test_what_was_found_in_gathered_facts_is_kept_with_them_alone() -> None:
    asked: list[int] = []

    @once
    def count(facts: Sequence[Fact]) -> int:
        asked.append(len(facts))
        return len(facts)

    gathered, others = Gathered(FACTS), Gathered(FACTS[:2])
    assert [count(gathered), count(gathered), count(others)] == [4, 4, 2]
    assert asked == [4, 2]
    assert [count(FACTS), count(FACTS)] == [4, 4]
    assert asked == [4, 2, 4, 4]
