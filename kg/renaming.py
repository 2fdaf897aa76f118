"""One name for a project that the parts of one file call a little differently.

Final accounts speak of 校园维修项目 in the text and have the form of 校园维修 attached: the same project,
as within one part (`kg.grammar.projects.Naming.key`), so that its score, money and form come together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.facts import Fact, Project
from kg.grammar.lexicon import folded


def renamed(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """`facts` with every project, and every subject that is one, under the name that its form gives."""
    names = _names(fact for fact in facts if isinstance(fact, Project))
    return tuple(_under(fact, names) for fact in facts)


def _names(projects: Iterable[Project]) -> Mapping[str, str]:
    """The other names of each project → the one that a code stands with, else that of an attachment,
    else the first."""
    called: dict[str, list[Project]] = {}
    for project in projects:
        called.setdefault(folded(project.name).removesuffix("项目"), []).append(project)
    best = {
        key: min(named, key=lambda project: (not project.code, project.part is None)).name
        for key, named in called.items()
    }
    return {p.name: best[key] for key, named in called.items() for p in named if p.name != best[key]}


def _under(fact: Fact, names: Mapping[str, str]) -> Fact:
    if isinstance(fact, Project):
        return replace(fact, name=names.get(fact.name, fact.name))
    change: dict[str, Any] = {"subject": names.get(getattr(fact, "subject", ""), "")}
    return replace(fact, **change) if change["subject"] else fact
