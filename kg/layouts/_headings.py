"""What a heading's words say: the role of its section, and the kind of report it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from kg.document import Part, Section, Table, walk
from kg.text import Source, fold
from ontology.loader import scheme, spellings

_REMEDY = "整改"
_QUIET = re.compile(r"[\s\"'“”‘’《》*#]+")


@lru_cache(maxsize=4096)  # every layout looks at the same headings
def plain(words: str) -> str:
    """A heading for comparing: one width, without blanks and quotation marks."""
    return fold(_QUIET.sub("", words))


@lru_cache(maxsize=4096)  # headings come with every report
def role_of(title: str) -> str:
    """The role that the words of `title` give; '' where it has no known word.

    A narrower role goes before the broader one (三公经费支出 is not just money), then the longest
    word, of equals the last: Chinese names a thing by its last word, and 项目支出绩效目标 is a goal."""
    words = plain(title)
    found = [(len(word), words.rfind(word), role) for word, role in _roles().items() if word in words]
    wider = {_broader().get(role) for _, _, role in found}
    return max(((size, place, role) for size, place, role in found if role not in wider), default=(0, 0, ""))[2]


def roles_of(part: Part, instead: Mapping[str, str] | None = None) -> dict[Section, str]:
    """Every section whose heading says its role; `instead` renames roles for a kind of report."""
    changed = instead or {}
    named = ((path[-1], _role_under(path)) for path in walk(part.sections) if path[-1].title)
    return {section: changed.get(role, role) for section, role in named if role}


def _role_under(path: tuple[Section, ...]) -> str:
    """The role of the last section: 整改情况 under 存在的问题和整改情况 (Yunnan) is what is done about them,
    elsewhere what was done about those of the year before."""
    role = role_of(path[-1].title)
    over = plain(path[-2].title) if len(path) > 1 else ""
    remedy = role == "follow_up" and all(word in over for word in ("问题", _REMEDY)) and _REMEDY in path[-1].title
    return "improvements" if remedy else role


def report_type(source: Source, part: Part) -> str:
    """The notation in the scheme report-types of the word that ends last in the part's title; else ''."""
    title = plain(source.plain(part.title)) if part.title else ""
    found = [(title.rfind(word) + len(word), len(word), kind) for word, kind in _types().items() if word in title]
    return max(found)[2] if found else ""


def headings(part: Part) -> Iterator[str]:
    """The words of every heading, in order."""
    return (plain(path[-1].title) for path in walk(part.sections) if path[-1].title)


def share(part: Part, pattern: str) -> float:
    """How many of the headings speak of `pattern`, 0 to 1."""
    found = list(headings(part))
    return sum(1 for words in found if re.search(pattern, words)) / len(found) if found else 0.0


def only_tables(part: Part) -> bool:
    """Whether the part is a form: tables, and hardly a heading."""
    blocks = [block for path in walk(part.sections) for block in path[-1].blocks]
    return any(isinstance(block, Table) for block in blocks) and sum(1 for _ in headings(part)) <= 1


@cache
def _roles() -> Mapping[str, str]:
    concepts = scheme("section-roles")
    return {plain(word): concepts[label].notation for word, label in spellings("section-roles").items()}


@cache
def _broader() -> Mapping[str, str]:
    concepts = scheme("section-roles").values()
    notation = {concept.iri: concept.notation for concept in concepts}
    return {concept.notation: notation[concept.broader] for concept in concepts if concept.broader}


@cache
def _types() -> Mapping[str, str]:
    concepts = scheme("report-types")
    return {plain(word): concepts[label].notation for word, label in spellings("report-types").items()}
