"""Whether two names mean one thing: 全年受理投诉举报 and 受理投诉举报件数, 差旅费 and 差旅费."""

from __future__ import annotations

from difflib import SequenceMatcher

from ontology.loader import spellings

LEAST = 4  # characters in common; 培训 alone can be anything
MOST_OF = 0.5  # of the shorter name


def alike(one: str, other: str) -> bool:
    """Equal or two words for one cost, or with a run of characters in common that is most of the
    shorter name."""
    costs = spellings("cost-words")
    if costs.get(one, one) == costs.get(other, other):
        return True
    run = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return run >= LEAST and run >= MOST_OF * min(len(one), len(other))


def same_subject(one: str, other: str) -> bool:
    """One thing under two headings: 河道治理 and 2024年河道治理项目."""
    return one in other or other in one
