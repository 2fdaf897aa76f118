"""What facts are of: whether two names mean one thing (全年受理投诉举报 and 受理投诉举报件数), and where they stand."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from kg.facts import Fact, Rate
from ontology.loader import spellings

CELLS = ("\t", "|")  # between two cells, as the readers write them
_BASE = re.compile(r"(?:完成|为|占)(年初|调整后?|全年)预算")
LEAST = 4  # characters in common; 培训 alone can be anything
MOST_OF = 0.5  # of the shorter name


def alike(one: str, other: str, *, differ_before: bool = True) -> bool:
    """Equal or two words for one cost, or with a run of characters in common that is most of the
    shorter name. Unless they may `differ_before` it, 甲村增收户数 and 乙村增收户数 are two things."""
    costs = spellings("cost-words")
    if costs.get(one, one) == costs.get(other, other):
        return True
    run = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    if run.a and run.b and not differ_before:
        return False
    return run.size >= LEAST and run.size >= MOST_OF * min(len(one), len(other))


def in_table(fact: Fact) -> bool:
    """Whether the fact was read in a row of a table."""
    return any(mark in fact.evidence.quote for mark in CELLS)


def same_subject(one: str, other: str) -> bool:
    """One thing under two headings: 河道治理 and 2024年河道治理项目."""
    return one in other or other in one


def named_base(rate: Rate) -> str | None:
    """The budget that a rate says it is of: 完成年初预算的95%; None where it does not say."""
    told = _BASE.search(rate.evidence.quote)
    return ("年初预算" if told[1] == "年初" else "调整后预算") if told else None
