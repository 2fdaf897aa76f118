"""Where an English question names departments: Qingshan water bureau, Bureau of Water Affairs of Qingshan.

Regions are spelt in pinyin, the rest is translated word by word (scheme bureau-words). A name
means the departments that account for every word of it; one that nobody accounts for is unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pypinyin import lazy_pinyin

from ontology.loader import scheme
from search.grammar.names import Department, Named
from search.grammar.wording import plain

_TOKEN = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_LINKS = frozenset({"of", "and", "the", "for"})
_STOP = frozenset(  # words that stand around names and are no part of them
    re.findall(
        r"\w+",
        "doe "  # does, as it is folded
        "a an at by did do does from had has have how in is it its many much on or our s than that this to was were "
        "what which who whose with each every all both other any are be give gave given list name show between compare "
        "internal subordinate affiliated whole",
    )
)
_YEAR = "fiscal year"
_MOST_WORDS = 8
_SYLLABLE = (
    "(?:er|(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un"
    "|ia|ie|iu|ua|uo|ui|ue|[aeiouv]))"
)
_PINYIN = re.compile(f"(?>{_SYLLABLE})(?:[-']?{_SYLLABLE})++")


@dataclass(frozen=True, slots=True)
class EnglishNames:
    """English words → IRIs: of all words that may stand in a department's name, and of its regions
    alone in pinyin."""

    words: Mapping[str, frozenset[str]] = field(repr=False)
    places: Mapping[str, frozenset[str]] = field(repr=False)


def english_names(departments: Iterable[Department]) -> EnglishNames:
    """What the departments are called in English."""
    words: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for department in departments:
        for place in department.places:
            for spelling in _pinyin(place):
                places[spelling].add(department.iri)
                words[spelling].add(department.iri)
        for name in department.spellings:
            for part, phrases in _phrases().items():
                if part in name:
                    for phrase in phrases:
                        for word in phrase:
                            words[_key(word, phrase)].add(department.iri)
    return EnglishNames(_frozen(words), _frozen(places))


def _frozen(sets: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in sets.items()}


def _pinyin(place: str) -> Iterator[str]:
    """青山区 → qingshan, in one word or in syllables joined by a hyphen; ü is u or v."""
    stem = place[:-1] if len(place) > 2 else place
    syllables = lazy_pinyin(stem)
    if all(syllable.isalpha() and syllable.isascii() for syllable in syllables):
        for joint in ("", "-", "'"):
            spelling = joint.join(syllables)
            yield plain(spelling)
            yield plain(spelling.replace("v", "u"))


_Phrase = tuple[str, ...]


@cache
def _phrases() -> Mapping[str, tuple[_Phrase, ...]]:
    """Chinese part of a name → the English phrases that can stand for it, as words in the singular."""
    return {
        c.label: tuple(
            tuple(word for word in _TOKEN.findall(plain(phrase)) if word not in _LINKS)
            for phrase in (c.label_en, *c.aliases_en)
        )
        for c in scheme("bureau-words").values()
    }


@cache
def _translations() -> Mapping[str, frozenset[str]]:
    """Chinese part of a name → the English words that can stand for it."""
    return {part: frozenset(word for phrase in phrases for word in phrase) for part, phrases in _phrases().items()}


@cache
def _around() -> Mapping[str, tuple[_Phrase, ...]]:
    """Each word that is a name's whole part by itself → the phrases in which it means something else: trade,
    but trade union; education, but physical education."""
    every = {phrase for phrases in _phrases().values() for phrase in phrases}
    alone = {phrase[0] for phrase in every if len(phrase) == 1}
    return {word: tuple(sorted(p for p in every if len(p) > 1 and word in p)) for word in alone}


def _key(word: str, phrase: _Phrase) -> str:
    """Under what a word of a phrase is kept: with its phrase, where alone it means something else."""
    return " ".join((word, *phrase)) if phrase in _around().get(word, ()) else word


@cache
def _endings() -> frozenset[str]:
    """The last words of names and regions: bureau, commission, district."""
    concepts = (c for c in scheme("bureau-words").values() if c.notation == "ending")
    return frozenset(plain(word) for c in concepts for word in (c.label_en, *c.aliases_en))


def find(known: EnglishNames, text: str) -> Iterator[Named]:
    """Where a folded question names departments in English; names may overlap."""
    free = text.replace(_YEAR, "-" * len(_YEAR))  # the fiscal in it is no bureau of finance
    tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(free)]
    for at, (token, start, end) in enumerate(tokens):
        if token in known.places:
            yield Named(tuple(sorted(known.places[token])), token, start, end, place=True)
        if token in _endings():
            yield from _ending_at(known, tokens, at, text)


def _ending_at(known: EnglishNames, tokens: Sequence[tuple[str, int, int]], at: int, text: str) -> Iterator[Named]:
    """The names that a bureau, commission or district at token `at` is part of: the words before it,
    or those after 'of', or both."""
    first = at
    while first > 0 and at - first < _MOST_WORDS and tokens[first - 1][0] not in _STOP | _generic() | {"of"}:
        first -= 1
    last = at + 1
    if last + 1 < len(tokens) and tokens[last][0] == "of":
        while last < len(tokens) and last - at < _MOST_WORDS and tokens[last][0] not in _STOP:
            last += 1
    spelt = [i for i in range(first, last) if _is_pinyin(tokens[i][0])]  # whose place that is may not be left out
    for end in range(last, max((at, *spelt)), -1):
        if tokens[end - 1][0] in _LINKS:
            continue
        for begin in (b for b in range(first, min((at, *spelt)) + 1) if tokens[b][0] not in _LINKS):
            words = [token for token, _, _ in tokens[begin:end] if token not in _LINKS]
            iris = _accounted(known, words)
            if iris:
                start, stop = tokens[begin][1], tokens[end - 1][2]
                only = all(w in known.places or w in _endings() for w in words)
                yield Named(tuple(sorted(iris)), text[start:stop], start, stop, place=only and _is_region(words))
                return
    yield from _stranger(tokens[first:last], tokens[at], text)


def _accounted(known: EnglishNames, words: Sequence[str]) -> frozenset[str]:
    """The departments whose names account for all `words`, of which some must be more than an ending."""
    if not any(word not in _endings() for word in words):
        return frozenset()
    found: frozenset[str] | None = None
    for word in words:
        if word in _generic():
            continue
        whole = (p for p in _around().get(word, ()) if set(p) <= set(words))
        here = known.words.get(word, frozenset()).union(*(known.words.get(_key(word, p), ()) for p in whole))
        found = here if found is None else found & here
    return found or frozenset()


@cache
def _generic() -> frozenset[str]:
    """Endings that English gives to any office: 局 is a bureau, a department, an office."""
    translations = _translations()
    return frozenset(word for zh in ("局", "委员会", "厅", "办公室", "中心") for word in translations[zh])


def _is_region(words: Sequence[str]) -> bool:
    return words[-1] not in _generic()


def _stranger(tokens: Sequence[tuple[str, int, int]], ending: tuple[str, int, int], text: str) -> Iterator[Named]:
    """A name with at least one word that no department has: xuanwu education bureau."""
    words = [token for token, _, _ in tokens if token != ending[0]]
    if ending[0] in _generic() and any(word in _translated() for word in words):
        start, end = tokens[0][1], tokens[-1][2]
        yield Named((), text[start:end], start, end)


@cache
def _translated() -> frozenset[str]:
    """Every English word that can stand in a department's name."""
    return frozenset(word for several in _translations().values() for word in several)


def _is_pinyin(word: str) -> bool:
    """Whether a word is a place spelt in pinyin: syllables, at least two, that are no word of the names."""
    return word not in _translated() | _STOP | _LINKS and _PINYIN.fullmatch(word) is not None
