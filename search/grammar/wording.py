"""A question folded for reading, so that words compare however they are typed."""

from __future__ import annotations

import re
import unicodedata

from kg.text import fold

LONGEST = 400
"""Characters of a question that are read; what people ask is shorter."""

_CHINESE = r"\u3400-\u9fff"
_BLANK = re.compile(rf"(?<=[{_CHINESE}]) (?=\S)|(?<=\S) (?=[{_CHINESE}])")
_OWNER = re.compile(r"(?<=[a-z])['’]s\b|(?<=s)['’](?= )")
_PLURAL = re.compile(r"\b([a-z]{2,})ies\b|\b([a-z]{2,}(?:x|ch|sh|ss))es\b|\b([a-z]{2,}[^aiuys\W\d])s\b")
_FOLDED = re.compile(r"[\u4e00-\u9fff]+")  # most names: there is nothing to fold
_LATIN = re.compile(r"[a-z0-9]")


def plain(text: str) -> str:
    """`text` in NFKC and lower case, without control characters, with blanks only between Latin
    words, which stand in the singular."""
    if _FOLDED.fullmatch(text):
        return text[:LONGEST]
    visible = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text[:LONGEST])
    folded = " ".join("".join(map(fold, visible)).lower().split())
    owners = _OWNER.sub("", _BLANK.sub("", _BLANK.sub("", folded)))
    return _PLURAL.sub(_singular, owners)


def _singular(match: re.Match[str]) -> str:
    """Crude, but the same for questions and for the words they are compared with."""
    return match[1] + "y" if match[1] else match[2] or match[3]


def is_word(text: str, start: int, end: int) -> bool:
    """Whether no Latin word or number is cut at either end."""
    return not (
        (start and _LATIN.match(text[start]) and _LATIN.match(text[start - 1]))
        or (end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end]))
    )


def has_latin(text: str) -> bool:
    """Whether a folded text has English words."""
    return re.search(r"[a-z]{3}", text) is not None


def is_english(text: str) -> bool:
    """Whether a folded question is to be answered in English."""
    return len(re.findall(r"[a-z]", text)) > 2 * len(re.findall(rf"[{_CHINESE}]", text))
