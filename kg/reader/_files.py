"""What every reader begins with: bytes into text, and the refusals they share."""

from __future__ import annotations

import codecs
import hashlib
import re

from kg.errors import UnreadableFile
from kg.imprint import NONE, Imprint
from kg.text import Source

LARGEST_TEXT = 4 * 2**20  # bytes; the longest real report has a tenth, more is many reports in one file
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_STRANGE = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")  # control characters that no text file has
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")


def source(
    data: bytes, name: str, text: str, media_type: str, encoding: str = "utf-8", imprint: Imprint = NONE
) -> Source:
    """The file `name`, its bytes `data`, as the text that all offsets count in."""
    return Source(name, text, hashlib.sha256(data).hexdigest(), media_type, encoding, imprint)


def decode(data: bytes, name: str, said: str = "") -> tuple[str, str]:
    """The text of `data` and the encoding it was in: `said` by the file itself, UTF-8, UTF-16 or
    UTF-32, GB18030 (which holds GBK and GB2312).

    Line ends stay as they are, and so does a UTF-8 byte order mark, so that offsets count what
    a plain UTF-8 decoder gives. UnreadableFile `binary-file` where it is no text,
    `too-large` above LARGEST_TEXT."""
    if len(data) > LARGEST_TEXT:
        limit = LARGEST_TEXT // 2**20
        raise UnreadableFile(
            "too-large", f"文本超过 {limit} MB，没有读。The text is larger than {limit} MB.", file=name
        )
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    said = "gb18030" if said.lower() in ("gb2312", "gbk", "gb_2312-80") else said
    for candidate in (encoding,) if encoding else filter(None, (said, "utf-8", "gb18030", *_wide(data))):
        try:
            text = data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
        if _is_text(text):
            return text, candidate
    raise UnreadableFile(
        "binary-file", "这不是文本文件，认不出它的格式。Not a text file, and of no known format.", file=name
    )


def _wide(data: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark shows itself by the zero bytes of its line ends and digits."""
    head = data[:4096]
    if head[1::2].count(0) > len(head) // 40:
        return ("utf-16-le",)
    return ("utf-16-be",) if head[0::2].count(0) > len(head) // 40 else ()


def _is_text(text: str) -> bool:
    """No NUL and hardly any control character, in the beginning, the middle and the end."""
    middle = len(text) // 2
    sample = text[:20000] + text[middle : middle + 20000] + text[-20000:]
    strange, private = len(_STRANGE.findall(sample)), len(_PRIVATE.findall(sample))
    return "\0" not in sample and strange * 100 <= len(sample) and private * 10 <= len(sample)
