"""What the graph calls its departments, and where a question calls them so.

Nothing is listed by hand: full names and aliases come from the graph, and with them go the short
forms that people make: a region alone, a region with a short core (青山投促局), a core alone. A
short form that fits several departments means all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from kg import organisations
from ontology import loader
from search.grammar.wording import is_word, plain

_LEVEL = re.compile(r"[^省市区县旗州盟镇乡]{1,12}?(?:自治区|自治州|自治县|新区|地区|[省市区县旗州盟镇乡])")
_SHORTEST = 2
_HAN = re.compile(rf"[{organisations.HAN}]")
_ANY = re.compile("[各哪每某几]|所有|全部")  # 青山市各部 names nobody
_LONGEST_PLACE = 4
READ_BACK = 100  # characters before a name; no question runs on so long without a break
_BEFORE = frozenset("年度和与跟及的在对比问")  # after these a name may begin


@dataclass(frozen=True, slots=True)
class Department:
    """A department of the graph: `name` is the fullest that it is called by, `places` are the
    regions in its name from the widest to its own (临江省, 青山市)."""

    iri: str
    name: str
    spellings: frozenset[str] = field(repr=False, default=frozenset())
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A place in a question where departments are named: `departments` are their IRIs, none where
    the graph does not know the department `said`. `place` tells that only a region is named."""

    departments: tuple[str, ...]
    said: str
    start: int
    end: int
    place: bool = False


@dataclass(frozen=True, slots=True)
class Spellings:
    """Spelling → IRIs, with the lengths that spellings have, longest first."""

    table: Mapping[str, frozenset[str]]
    lengths: tuple[int, ...]

    def at(self, text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Every spelling that stands in `text`, the longest at each place."""
        for start in range(len(text)):
            for length in self.lengths:
                iris = self.table.get(text[start : start + length])
                if iris and is_word(text, start, start + length):
                    yield start, start + length, iris
                    break


@dataclass(frozen=True, slots=True)
class Names:
    """Every way in which departments can be called → their IRIs."""

    departments: Mapping[str, Department]
    spelled: Spellings = field(repr=False)
    places: Spellings = field(repr=False)
    cores: Mapping[re.Pattern[str], frozenset[str]] = field(repr=False)


def names(called: Iterable[tuple[str, str, str]]) -> Names:
    """The names of departments from (IRI, name or alias, region) as the graph has them; a name that
    is the department's own comes before its aliases."""
    said: dict[str, list[str]] = defaultdict(list)
    regions: dict[str, set[str]] = defaultdict(set)
    for iri, name, region in called:
        said[iri].append(plain(name))
        regions[iri] |= {plain(region), organisations.region(plain(name))} - {""}
    departments = {}
    spelled: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    cores: dict[str, set[str]] = defaultdict(set)
    for iri, spellings in said.items():
        levels = max((tuple(_LEVEL.findall(r)) or (r,) for r in regions[iri]), key=len, default=())
        departments[iri] = Department(iri, spellings[0], frozenset(spellings), levels)
        for spelling in spellings:
            spelled[spelling].add(iri)
            cores[organisations.core(spelling)].add(iri)
        for place in _places(levels):
            places[place].add(iri)
    return Names(departments, _spellings(spelled), _spellings(places), _patterns(cores))


def spellings(pairs: Iterable[tuple[str, str]]) -> Spellings:
    """Spellings from (IRI, name as written)."""
    sets: dict[str, set[str]] = defaultdict(set)
    for iri, name in pairs:
        sets[plain(name)].add(iri)
    return _spellings(sets)


def _spellings(sets: Mapping[str, set[str]]) -> Spellings:
    table = {key: frozenset(values) for key, values in sets.items() if len(key) >= _SHORTEST}
    return Spellings(table, tuple(sorted({len(key) for key in table}, reverse=True)))


def _patterns(cores: Mapping[str, set[str]]) -> dict[re.Pattern[str], frozenset[str]]:
    """One pattern for every distinct core: there are few, however many departments share them."""
    return {organisations.short_form(core): frozenset(iris) for core, iris in cores.items() if len(core) >= _SHORTEST}


def _places(levels: Sequence[str]) -> Iterator[str]:
    """What the region is called: 石桥市青山区, 青山区, 青山, 石桥青山, and the wider 石桥市, 石桥."""
    for first in range(len(levels)):
        yield "".join(levels[first:])
        yield levels[first]
        if len(levels[first]) > _SHORTEST:
            yield levels[first][:-1]
            yield "".join(level[:-1] for level in levels[first:] if len(level) > _SHORTEST)


def find(known: Names, text: str) -> Iterator[Named]:
    """Where a folded question names departments or regions in Chinese; names may overlap."""
    places = list(known.places.at(text))
    yield from (Named(tuple(sorted(iris)), text[s:e], s, e) for s, e, iris in known.spelled.at(text))
    for pattern, iris in known.cores.items():
        for match in pattern.finditer(text):
            yield from _with_place(match.start(), match.end(), iris, places, text)
    yield from (Named(tuple(sorted(iris)), text[s:e], s, e, place=True) for s, e, iris in places)
    yield from _strangers(known, text)


def chosen(found: Iterable[Named]) -> tuple[Named, ...]:
    """Of names that overlap the longest, departments before regions; from left to right."""
    kept: list[Named] = []
    for named in sorted(_united(found), key=lambda n: (n.start - n.end, n.place, not n.departments)):
        if not any(named.start < k.end and k.start < named.end for k in kept):
            kept.append(named)
    return tuple(sorted(kept, key=lambda n: n.start))


def _united(found: Iterable[Named]) -> Iterator[Named]:
    """Names without a region that stand in one place mean the departments of both."""
    by_place: dict[tuple[int, int], list[Named]] = defaultdict(list)
    for named in found:
        by_place[named.start, named.end].append(named)
    for same in by_place.values():
        first = min(same, key=lambda n: (n.place, not n.departments))
        if not first.place and not organisations.region(first.said):
            every = {iri for named in same if not named.place for iri in named.departments}
            first = replace(first, departments=tuple(sorted(every)))
        yield first


def _with_place(
    start: int, end: int, iris: frozenset[str], places: Sequence[tuple[int, int, frozenset[str]]], text: str
) -> Iterator[Named]:
    """A core with the region before it; where none of its departments is there, one that nobody knows."""
    before = [(s, here & iris) for s, e, here in places if e == start or (e == start - 1 and text[e] in "市区县的")]
    if before:
        first, both = min(before, key=lambda pair: pair[0])
        yield Named(tuple(sorted(both)), text[first:end], first, end)
    elif foreign := _unknown_before(text[:start]):
        yield Named((), text[start - foreign : end], start - foreign, end)
    elif not organisations.region(text[max(0, start - 8) : end]):
        yield Named(tuple(sorted(iris)), text[start:end], start, end)


def _unknown_before(text: str) -> int:
    """How many characters of a place that nobody knows stand at the end of `text`: 青山 before 教育局
    where no department is of 青山. 0 where what stands there is a word of asking, or too long for a place."""
    start, first = len(text), max(0, len(text) - READ_BACK)
    while start > first and _HAN.match(text[start - 1]) and text[start - 1] not in _BEFORE:
        start -= 1
    words = _asking_words().sub(lambda match: "\0" * len(match.group()), text[start:])
    unknown = len(words.rpartition("\0")[2])
    return unknown if unknown <= _LONGEST_PLACE else 0


@cache
def _asking_words() -> re.Pattern[str]:
    """Words that may stand before a name and are no part of it, the longest first at each place."""
    schemes = ("lead-ins", "question-words", "measures", "quantities", "units", "report-types")
    words = {plain(spelling) for name in schemes for spelling in loader.spellings(name)}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _strangers(known: Names, text: str) -> Iterator[Named]:
    """Full names of organisations, region and all; most that are not spelt so in the graph are not there."""
    for start in range(len(text)):
        within = start and _HAN.match(text[start - 1]) and text[start - 1] not in _BEFORE
        if within or text[start] in _BEFORE:
            continue
        called = list(organisations.starting_at(text, start))
        name = max(called, key=len, default="")
        region = organisations.region(name)
        if region and not any(n in known.spelled.table for n in called) and not _ANY.search(name):
            near = [known.departments[iri] for iri in known.places.table.get(region, ())]
            # 某区监管局企业开办要多久: what can be a longer name may be a known one with words behind it.
            for said in sorted(called, key=len, reverse=True):
                same = tuple(sorted(d.iri for d in near if any(organisations.same(said, s) for s in d.spellings)))
                if same:
                    yield Named(same, said, start, start + len(said))
                    break
            else:
                yield Named((), name, start, start + len(name))
