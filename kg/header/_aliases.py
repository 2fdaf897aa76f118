"""The short names that a department goes by in its own report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg import numbering, organisations
from kg.grammar.lexicon import either
from kg.text import View

_LETTER = r"[^\W\dA-Za-z_]"  # a Chinese character; a range of them takes a pattern of a report's own long to compile
_APART = frozenset("年度月由对与和及在")  # words that a name may follow without a break


def aliases(department: str, texts: Sequence[View], known: Sequence[str] = ()) -> tuple[str, ...]:
    """The other names by which `texts` call the department, after those `known`, in the order they
    appear: with less of the region (区水务局), and short (水务局, 区卫健委)."""
    stem, level = organisations.core(department), organisations.level(department)
    heads = _heads(organisations.region(department), level)
    short = re.compile(rf"(?P<head>{heads})?(?P<stem>{organisations.short_form(stem).pattern})")
    longer = _expanded(stem, heads)
    found: dict[str, None] = dict.fromkeys(known)
    for text in texts:
        for match in short.finditer(text.text):
            # 综合档案馆 is not 档案馆, 市水务局 is not the county's; 2023年水务局 is.
            if (match["head"] or _stands_apart(text, match.start())) and organisations.abbreviates(match["stem"], stem):
                found[match.group()] = None
        if longer:
            found |= dict.fromkeys(match.group() for match in longer.finditer(text.text))
    for text in texts:
        found |= dict.fromkeys(_second_names(text.text, department))
    street = stem.removesuffix("办事处")
    if street.endswith("街道") and street != stem and any(street in text.text for text in texts):
        found[street] = None
    found.pop(department, None)
    return tuple(found)


_SIGNS = re.compile(r"(?:加挂|挂)(?P<names>[^,;。]{3,80}?)(?:的|等)?牌子")


def _second_names(text: str, department: str) -> Iterator[str]:
    """The names that the department's own sentence says it also goes by: 为正科级，加挂县体育局牌子."""
    for match in _SIGNS.finditer(text) if "牌子" in text else ():
        start = max(text.rfind(stop, 0, match.start()) for stop in "。;") + 1
        about = organisations.own(text, department, numbering.strip(text, start))
        if about > start and about <= match.start():
            names = (name.strip('"“”') for name in re.split(r"[、和及与]", match["names"]))
            yield from (name for name in names if organisations.is_organisation(name))


def _heads(place: str, level: str) -> str:
    """What may stand before the core: 临江市青山区, 青山区, 青山 and 区, as a pattern."""
    tails = [place[i:] for i in range(len(place)) if i == 0 or place[i - 1] in "省市区县州"]
    bare = [tail.removesuffix(level) for tail in tails if len(tail) > len(level) + 1]
    return either([*tails, *bare, *filter(None, [level])]) or "(?!)"


def _expanded(stem: str, heads: str) -> re.Pattern[str] | None:
    """The full form of a core that is itself short (水利局 may be spelt out, 卫健局 must be): the same
    characters with others between them, and only with the region or its level before them."""
    if not 3 <= len(stem) <= 4:
        return None
    gap = f"{_LETTER}{{0,3}}?"
    return re.compile(rf"(?:{heads})" + gap.join(re.escape(char) for char in stem) + rf"(?!{_LETTER}?级)")


def _stands_apart(text: View, at: int) -> bool:
    """Whether a word may begin at `at`: after blanks, a mark or a word of grammar. A single blank may be
    a stray one: 数字 档案馆建设."""
    before = text.text[at - 1 : at]
    blank = at > 0 and text.places[at] - text.places[at - 1] > 2
    return blank or before in _APART or not "\u4e00" <= before <= "\u9fff"
