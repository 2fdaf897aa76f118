"""The vocabulary as rules use it: words of one concept or of all below it, and patterns made of them.

Words are folded like the views they are looked for in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from kg.text import fold
from ontology.loader import Concept, scheme


@lru_cache(maxsize=4096)  # headings and names come again and again
def folded(word: str) -> str:
    """`word` as it stands in a view: （境） is (境), blanks are gone."""
    return fold("".join(word.split()))


@cache
def words(name: str, label: str) -> tuple[str, ...]:
    """Every spelling of the concept `label` in scheme `name` and of the concepts below it, longest first."""
    concepts = scheme(name)
    top = concepts[label]
    below = [top, *(c for c in concepts.values() if c.broader == top.iri)]
    return tuple(sorted({folded(word) for c in below for word in _spellings(c)}, key=lambda word: (-len(word), word)))


def _spellings(concept: Concept) -> tuple[str, ...]:
    return (concept.label, *concept.aliases)


def either(choices: Iterable[str]) -> str:
    """A pattern that matches any of `choices`, the longer ones first."""
    return "|".join(re.escape(word) for word in sorted(set(choices), key=lambda word: (-len(word), word)))
