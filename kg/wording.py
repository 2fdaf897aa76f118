"""What a passage says apart from its numbers and from whose it is: equal where one was copied from the other.

Two passages have one wording where they differ only in numbers, years, blanks, punctuation and the
names of the office. Short ones have none: anybody may say 加强预算管理.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

LEAST = 30  # characters without numbers and names; below, two may say the same by chance
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NOISE = re.compile(r"[^\w#@%]+|_+")
_LISTED = re.compile(r"^(?:\(?[一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.]|\(?\d{1,2}[)、.])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CITED = re.compile(r"[〔(\[【]?(?:19|20)\d\d[〕)\]】]\s*第?\d+号|第\d+[号条]")
"""The number of a document or an article (〔2018〕34号): the same wherever the document is named."""


def wording(text: str, names: Iterable[str] = ()) -> str:
    """The name of what `text` says, '' where it says too little to be copied. `names` are those of its
    own office and region."""
    kept = skeleton(text, names)
    return sha256(kept.encode("utf-8", "surrogatepass")).hexdigest()[:16] if _words(kept) >= LEAST else ""


def skeleton(text: str, names: Iterable[str] = ()) -> str:
    """What `text` says: every number #, every name of its own office @, without marks and blanks."""
    plain = _LISTED.sub("", _folded(text))
    for name in sorted(filter(None, map(_folded, names)), key=len, reverse=True):
        plain = plain.replace(name, "@")
    return _NOISE.sub("", _NUMBER.sub("#", plain))


def numbers(text: str) -> tuple[str, ...]:
    """The numbers in `text` in their order, without separators: what differs between two of one wording."""
    return tuple(number.replace(",", "") for number in _NUMBER.findall(_LISTED.sub("", _folded(text))))


def telling(text: str) -> tuple[str, ...]:
    """The numbers that two offices hardly share by chance: of three digits or with a fraction, and
    neither a year nor the number of a document."""
    own = _CITED.sub("", _folded(text))
    found = (number.replace(",", "") for number in _NUMBER.findall(own))
    return tuple(n for n in found if not _YEAR.fullmatch(n) and (len(n) > 2 and n.strip("0.") not in ("1", "")))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _words(kept: str) -> int:
    return sum(char not in "#@%" for char in kept)
