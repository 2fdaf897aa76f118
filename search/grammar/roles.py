"""The words for people's roles in a question: 填报人, 由谁填报, project leader."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ontology.loader import scheme
from search.grammar.wording import is_word, plain

_HEAD = "负责人"


@cache
def _spelled() -> Mapping[str, str]:
    """Every spelling of every role, longest first → the role. 填报人 is also asked for by 由谁填报
    and 谁填的, 项目负责人 by 项目的负责人."""
    found: dict[str, str] = {}
    for label, concept in scheme("person-roles").items():
        for word in (label, *concept.aliases, concept.label_en, *concept.aliases_en):
            if word:
                found.setdefault(plain(word), label)
        for word in (label, *concept.aliases):
            if word.endswith("人") and not word.endswith("负责人"):
                for who in ("谁", "谁来", "由谁", "哪位", "何人"):
                    found.setdefault(who + plain(word)[:-1], label)
                found.setdefault(f"谁{plain(word)[0]}的", label)
            elif len(word) > len(_HEAD) and word.endswith(_HEAD):
                found.setdefault(f"{plain(word).removesuffix(_HEAD)}的{_HEAD}", label)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def roles(text: str) -> tuple[str, ...]:
    """The roles that a folded question names, in its order."""
    taken: list[tuple[int, int, str]] = []
    for spelling, role in _spelled().items():
        at = text.find(spelling)
        while at >= 0:
            end = at + len(spelling)
            if is_word(text, at, end) and not any(at < e and s < end for s, e, _ in taken):
                taken.append((at, end, role))
            at = text.find(spelling, at + 1)
    named = dict.fromkeys(role for _, _, role in sorted(taken))
    concepts = scheme("person-roles")
    wider = {concepts[role].broader for role in named}
    return tuple(role for role in named if concepts[role].iri not in wider)  # 工作组的组长 is the 组长


@cache
def spellings(role: str) -> tuple[str, ...]:
    """What reports call the role, and the roles below it."""
    concepts = scheme("person-roles")
    top = concepts[role]
    below = [top, *(c for c in concepts.values() if c.broader == top.iri)]
    return tuple(dict.fromkeys(word for c in below for word in (c.label, *c.aliases)))
