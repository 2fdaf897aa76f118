"""Names of people, their posts and their roles in an evaluation group, in text and in lists.

A list keeps names apart by blanks, and short names carry a blank inside (李  强), so lists are
read from the source as written; sentences are read from their folded view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from kg import organisations
from kg.grammar.lexicon import either, folded, words
from kg.text import Source, Span
from ontology.loader import scheme, spellings

HAN = organisations.HAN
_TOKEN = re.compile(r"(?:负责|承担|主持|统筹|协助|牵头)\S+|[^\s、,，;；。/]+")
_PARTY = re.compile(r"党(?:组|委|总支|支部)$")
_LONGEST_POST = 8  # characters of a post that the vocabulary does not know
_GAP = r"[ \t\u3000]*"
_TASK = re.compile(r"负责|承担|主持|统筹|协助|牵头")


class Named(NamedTuple):
    """One thing said of one person; `task` is what the person does in the group."""

    name: str
    span: Span
    role: str | None = None
    unit: str | None = None
    task: str | None = None


class Token(NamedTuple):
    """A name or other words of a list, at `start`..`end` of the source, without inner blanks."""

    text: str
    start: int
    end: int
    is_name: bool


@cache
def surname() -> str:
    """All surnames as one pattern."""
    names = [name for concept in scheme("surnames").values() for name in concept.aliases]
    double = either(name for name in names if len(name) > 1)
    return f"(?:{double}|[{''.join(name for name in names if len(name) == 1)}])"


@cache
def name() -> str:
    """A person's name as a pattern: a surname and one or two characters, or a name with a dot."""
    return rf"(?:(?!{posts()})[{HAN}]{{2,6}}·[{HAN}]{{2,8}}|{surname()}[{HAN}]{{1,2}})"


@cache
def _name() -> re.Pattern[str]:
    return re.compile(name())


def is_name(text: str) -> bool:
    """Whether all of `text` reads as one person's name, and not as a post or an office."""
    return bool(_name().fullmatch(text)) and text not in roles() and not organisations.is_organisation(text)


@cache
def roles() -> frozenset[str]:
    """Every word of the scheme person-roles, folded."""
    return frozenset(folded(word) for word in spellings("person-roles")) | {"单位", "部门", "时间", "成员单位"}


@cache
def posts() -> str:
    """Posts (局长, 会计) as a pattern."""
    return f"(?:{either(words('person-roles', '职务'))})"


@cache
def labels() -> re.Pattern[str]:
    """A role with its colon as lists and forms write it, blanks in it and a seal's place after it:
    组  长：, 项目负责人（签字）:."""
    named = {*words("person-roles", "评价工作组"), *words("person-roles", "填报责任人")}
    spaced = "|".join(_GAP.join(map(re.escape, word)) for word in sorted(named, key=len, reverse=True))
    seal = r"(?:[(（][^()（）\n]{1,8}[)）])?"
    return re.compile(rf"(?<![{HAN}])(?P<role>[{HAN}]{{0,6}}?(?:{spaced})){_GAP}{seal}{_GAP}[:：]")


def role_of(label: str) -> str | None:
    """The role that a folded label of a form names: 填报人(签字) → 填报人; None where it is none."""
    plain = re.sub(r"\([^()]{1,8}\)|:", "", label)
    return plain if plain in roles() and not re.fullmatch(posts(), plain) else None


def post_of(text: str) -> tuple[str | None, str] | None:
    """The unit and the post that words after a name give: 水务局副局长 → (水务局, 副局长); None where
    they give no post."""
    plain = re.sub(rf"^(?:分管|主管|负责)[{HAN}]{{1,12}}?的|^[局委办厅](?=党[组委])", "", folded(text))
    several = re.compile(rf"{posts()}(?:[、兼]{posts()})*")
    if several.fullmatch(plain):
        return None, plain
    units = [unit for unit in organisations.starting_at(plain) if not _PARTY.search(unit)]
    whole = next((unit for unit in reversed(units) if several.fullmatch(plain, len(unit))), None)
    unit = whole or next((unit for unit in reversed(units) if 2 <= len(plain) - len(unit) <= _LONGEST_POST), None)
    return (unit, plain[len(unit) :]) if unit else None


def tokens(source: Source, span: Span) -> list[Token]:
    """The words of a list between blanks and commas, with names that have a blank inside put together."""
    # A post may stand in brackets after the name, with a blank or without.
    piece = re.sub(r"[()（）*|]", " ", source.quote(span))
    raw = [(m.group(), span.start + m.start(), span.start + m.end()) for m in _TOKEN.finditer(piece)]
    found: list[Token] = []
    skip = False
    for (text, start, end), after in zip_longest(raw, raw[1:]):
        if skip:
            skip = False
        elif after and len(text) == 1 and len(after[0]) == 1 and is_name(text + after[0]):
            found.append(Token(text + after[0], start, after[2], True))
            skip = True
        elif held := None if is_name(text) else _with_post().fullmatch(text):
            middle = start + held.start("name")
            found += [Token(held["post"], start, middle, False), Token(held["name"], middle, end, True)]
        else:
            found.append(Token(text, start, end, is_name(text)))
    return found


@cache
def _with_post() -> re.Pattern[str]:
    """A name with its post before it: 局长某某, 财务股股长某某."""
    return re.compile(rf"(?P<post>[{HAN}]{{0,20}}?{posts()})(?P<name>{name()})(?:同志)?")


@cache
def _post_ahead() -> re.Pattern[str]:
    return re.compile(rf"[{HAN}]{{0,20}}?{posts()}")


def is_task(text: str) -> bool:
    """Whether words after a name say what the person does: 负责资金审核."""
    return bool(_TASK.match(text))


def grouped(found: Sequence[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Each name with the words that follow it, up to the next name; with the posts before it, where
    the list sets them there (组长：局长 某某). Nothing where it begins with other words."""
    first = next((i for i, token in enumerate(found) if token.is_name), None)
    if first is None or not all(_post_ahead().fullmatch(token.text) for token in found[:first]):
        return
    if first:
        at = 0
        for place, token in enumerate(found):
            if token.is_name:
                yield token, [word for word in found[at:place] if _post_ahead().fullmatch(word.text)]
                at = place + 1
        return
    at = 0
    while at < len(found):
        end = next((i for i in range(at + 1, len(found)) if found[i].is_name), len(found))
        yield found[at], list(found[at + 1 : end])
        at = end
