"""What people say and what reports say: a query's words looked up among the vocabulary's lay words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ontology.loader import scheme
from search.words import folded, is_chinese

SCHEME = "lay-words"
_LATIN = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """`said` is what stands in the query, `others` the Chinese words for the same thing."""

    said: str
    others: tuple[str, ...]


@lru_cache(maxsize=256)
def paraphrases(query: str) -> tuple[Paraphrase, ...]:
    """What `query` (Chinese or English) names that has other Chinese words, in the order of the query."""
    text = folded(query)
    return tuple(Paraphrase(said, _others()[said]) for said in (*_chinese(text), *_english(text)))


def _chinese(text: str) -> Iterator[str]:
    """The spellings in `text`, at every place the longest."""
    at = 0
    while at < len(text):
        said = next((s for s in _beginning().get(text[at], ()) if text.startswith(s, at)), "")
        if said:
            yield said
        at += len(said) or 1


def _english(text: str) -> Iterator[str]:
    """The same for English words, of which the last may be a plural."""
    found = _LATIN.findall(text)
    at = 0
    while at < len(found):
        for n in range(min(_most_words(), len(found) - at), 0, -1):
            said = next((s for s in _singular(" ".join(found[at : at + n])) if s in _others()), "")
            if said:
                yield said
                at += n
                break
        else:
            at += 1


def _singular(phrase: str) -> Iterator[str]:
    yield phrase
    if phrase.endswith("ies"):
        yield phrase[:-3] + "y"
    if phrase.endswith("s"):
        yield phrase[:-1]
    else:
        yield phrase + "s"


@cache
def _others() -> Mapping[str, tuple[str, ...]]:
    """Every spelling in either language → the Chinese spellings of all that it can name, itself left out."""
    table: dict[str, dict[str, None]] = defaultdict(dict)
    for concept in scheme(SCHEME).values():
        chinese = [folded(word) for word in (concept.label, *concept.aliases)]
        for word in (*chinese, folded(concept.label_en), *map(folded, concept.aliases_en)):
            table[word].update(dict.fromkeys(other for other in chinese if other != word))
    return {word: tuple(others) for word, others in table.items() if word and others}


@cache
def _beginning() -> Mapping[str, tuple[str, ...]]:
    """The Chinese spellings of more than one character by their first, the longest first."""
    table: dict[str, list[str]] = defaultdict(list)
    for said in sorted(_others(), key=len, reverse=True):
        if len(said) > 1 and is_chinese(said):
            table[said[0]].append(said)
    return {first: tuple(said) for first, said in table.items()}


@cache
def _most_words() -> int:
    return max((word.count(" ") + 1 for word in _others()), default=0)
