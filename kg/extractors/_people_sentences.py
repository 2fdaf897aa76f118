"""Sentences that put people into a group: 由水务局局长某某任组长，办公室主任某某、某某为成员."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import organisations
from kg.extractors import _people
from kg.extractors._clauses import sentences
from kg.extractors._people import HAN, Named
from kg.grammar.lexicon import either, words
from kg.text import View

_GROUP = re.compile(
    rf"(?:的|成立了?|组建了?|组成了)(?P<group>(?:(?!的)[{HAN}]){{0,20}}?(?:小组|工作组|评价组|工作专班))"
)
_SHARED = "、"  # parts the posts that one person holds
_OFFICES = "组会室部科股处局长员任委办及和等各兼副正总"
_OFFICE = re.compile(rf"[{_OFFICES}]|同志|负责|领导|干部|工作|财务")
_GIVEN = 6  # characters of a name without a known surname
_BETWEEN = re.compile(r"[、,和及]|以及")


@cache
def _roles() -> re.Pattern[str]:
    return re.compile(either(words("person-roles", "评价工作组")))


@cache
def _takes() -> re.Pattern[str]:
    """某某任组长, 组长由某某担任, or 成员为某某、某某."""
    roles = _roles().pattern
    return re.compile(
        rf"(?:同志)?(?:担任|任|作为|为)(?P<after>{roles})|(?P<before>{roles})由(?P<who>[^。;,]{{2,60}}?)(?:同志)?(?:担任|组成)"
        rf"|(?P<over>{roles})(?:为|是|有|包括|包含):?(?P<whom>[^。;,]{{2,120}})"
    )


@cache
def _holder() -> re.Pattern[str]:
    """A name at the end of a piece, alone or after a post."""
    return re.compile(rf"(?:^由?|(?P<post>{_people.posts()}))(?P<name>{_people.name()})(?:同志)?$")


@cache
def _given() -> re.Pattern[str]:
    """A name without a known surname (a Mongol's, a Tibetan's) right behind a post, before the role it takes."""
    return re.compile(
        rf"^由?[{HAN}]{{0,12}}?(?P<post>{_people.posts()})(?P<name>(?![{_OFFICES}])[{HAN}]{{3,6}})(?:同志)?$"
    )


@cache
def _appointed() -> re.Pattern[str]:
    """由某某兼任办公室主任."""
    return re.compile(rf"由(?P<name>{_people.name()})(?:同志)?兼任(?P<post>{_people.posts()})(?=$|[,。;])")


@cache
def _post() -> re.Pattern[str]:
    """A post without a name, after its office or not: 局党组书记."""
    return re.compile(rf"(?:^由?|[局委厅办院会])(?P<post>{_people.posts()})$")


def named(text: View) -> Iterator[Named]:
    """Everyone whom a sentence gives a role in a group, first with the post that stands before the
    name, then with the role; and whoever holds an office of the group besides."""
    for match in _appointed().finditer(text.text) if "兼任" in text.text else ():
        if _people.is_name(match["name"]):
            yield Named(match["name"], text.span(match.start("name"), match.end()), role=match["post"])
    for start, end in sentences(text.text) if _roles().search(text.text) else ():
        at, group = start, _GROUP.search(text.text, start, end)
        for match in _takes().finditer(text.text, start, end):
            role = match["after"] or match["before"] or match["over"]
            first, last = match.span("who") if match["before"] else match.span("whom")
            first, last = (at, match.start()) if match["after"] else (first, last)
            at = match.end()
            if role != "成员单位":
                yield from _holders(text, first, last, role, match, group["group"] if group else None)


def _holders(text: View, start: int, end: int, role: str, match: re.Match[str], group: str | None) -> Iterator[Named]:
    deputy = ""  # 副局长李强、张伟: both are
    begin = 0
    held = 0, ""  # 局党组书记、|局长某某: the posts before the last one, and where they begin
    for first, last in _pieces(text.text, start, end):
        found = _holder().search(text.text[first:last])
        if not found or not _people.is_name(found["name"]):
            found = _given().match(text.text[first:last])
            longest = _GIVEN if match["after"] else _GIVEN - 2  # 成员为主任某某 is less sure than 主任某某任组长
            found = found if found and not _OFFICE.search(found["name"]) and len(found["name"]) <= longest else None
        if not found:
            alone = _post().search(text.text[first:last])
            at = held[0] if held[1] else first + alone.start("post") if alone else 0
            shared = alone and text.text[last : last + 1] == _SHARED
            held = (at, f"{held[1]}{alone['post']}{_SHARED}") if alone and shared else (0, "")
            continue
        at = first + found.start("name")
        person = found["name"]
        if found["post"]:
            unit = _unit(text.text[first : first + found.start("post")])
            before = first + found.start("post") - len(unit or "")
            before, posts = (held[0], f"{held[1]}{found['post']}") if held[1] else (before, found["post"])
            yield Named(person, text.span(before, at + len(person)), role=posts, unit=unit)
            deputy, begin = (posts if posts.startswith("副") else ""), before
        elif deputy and text.text[first - 1] == _SHARED:
            yield Named(person, text.span(begin, at + len(person)), role=deputy)
        held = 0, ""
        proof = text.span(min(at, match.start()), max(at + len(person), match.end()))
        yield Named(person, proof, role=role, unit=group)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _BETWEEN.finditer(text, start, end):
        yield at, match.start()
        at = match.end()
    yield at, end


def _unit(before: str) -> str | None:
    """The organisation that `before` ends with, at its fullest."""
    names = (before[i:] for i in range(len(before)))
    return next((name for name in names if organisations.is_organisation(name)), None)
