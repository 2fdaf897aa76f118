"""Zips of reports and office files, which are zips too: entries damaged, lied about, and put together again."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from collections.abc import Sequence

from generator import generate

from mutation.octets import damaged
from mutation.plain import damaged_tags

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_EACH = 4
_NAMES = ("../../x.txt", "/etc/x.txt", "C:\\x.txt", "a\0b.txt", "长" * 120 + ".txt", "x.zip", "word/document.xml", "")
_SIZES = (0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_WORDS = (
    "", "0", "-1", "1", "99999999999", "1e400", "NaN", "A1:XFD1048576", "ZZZZ1", "A0", "s", "n", "d", "b", "e",
    "inlineStr",
    "1900-01-00", "43831.5", "-43831", "9" * 400, "true", "restart", "chineseCounting", "%1%2%3", "&#9;",
    "万元", "50%", "/",
    "../../../etc/hostname", "http://127.0.0.1:9/x", "yyyy年m月", '[Red]0.00%;"x"', "General", "0" * 300, "一" * 500,
)  # fmt: skip
_STRANGE = (
    '<w:tbl>', '</w:tbl>', '<w:tr>', '<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr>', "</w:p>", "<w:p>", "<w:sdt>",
    '<w:t xml:space="preserve">', "<![CDATA[", "<!--", "&x;",
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    '<c r="XFD1048576"><v>1</v></c>', '<c r="A0"/>', '<c t="s"><v>-1</v></c>', '<mergeCell ref="A1:XFD1048576"/>',
    '<mergeCell ref="B2:A1"/>', '<row r="0">', '<row r="99999999">', '<col min="1" max="16384" hidden="1"/>',
    "<f>1/0</f>",
    '<c t="d"><v>x</v></c>', '<c t="e"><v>#REF!</v></c>', '<w:vMerge/>', '<w:numId w:val="-1"/>',
    '<w:ilvl w:val="99"/>',
    '<w:start w:val="-5"/>', '<w:lvlText w:val="%9%8%%"/>', '<w:outlineLvl w:val="77"/>', '<w:basedOn w:val="a"/>',
)  # fmt: skip


def office(format: str) -> Sequence[bytes]:
    """A few short reports as office files."""
    return [generate(seed, layout, format).data for layout in ("goal_form", "project_form") for seed in range(_EACH)]


def boxes() -> Sequence[bytes]:
    """Zips of two or three short reports, one with a zip inside."""
    made = []
    for seed in range(_EACH):
        formats = (("txt", "md"), ("html", "xlsx"), ("txt", "html", "md"), ("md", "txt"))[seed % 4]
        files = {f"县{seed}/{format}.{format}": generate(seed, "goal_form", format).data for format in formats}
        made.append(_packed(files))
    return [*made, _packed({"内/里.zip": made[0], "外.txt": generate(9, "project_form", "txt").data})]


def mutate(data: bytes, dice: random.Random) -> bytes:
    """One entry damaged, renamed, doubled or taken away, or a header that lies."""
    if dice.random() < 0.25:
        return _lied(data, dice)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            files = {entry.filename: package.read(entry) for entry in package.infolist()}
    except Exception:  # what an earlier step has damaged is damaged further
        return damaged(data, dice)
    if not files:
        return damaged(data, dice)
    name = dice.choice(_parts(files))
    match dice.randrange(8):
        case 0:
            del files[name]
        case 1:
            files[dice.choice(_NAMES) or name * 2] = files.pop(name)
        case 2:
            files[name] = damaged(files[name], dice)
        case 3:
            other = dice.choice(sorted(files))
            files[name], files[other] = files[other], files[name]
        case 4 | 5:
            files[name] = _retagged(files[name], dice)
        case _:
            files[name] = _revalued(files[name], dice)
    return _packed(files, dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def _parts(files: dict[str, bytes]) -> list[str]:
    """The names to choose from: the parts that say something most often."""
    telling = [name for name in files if "document.xml" in name or "sheet1.xml" in name or "sharedStrings" in name]
    return sorted(files) + telling * len(files)


def _retagged(data: bytes, dice: random.Random) -> bytes:
    if b"<" not in data[:200]:
        return damaged(data, dice)
    return damaged_tags(data.decode("utf-8", "replace"), dice, _STRANGE).encode()


def _revalued(data: bytes, dice: random.Random) -> bytes:
    """What stands in attributes and between tags says something else; the tags stay as they are."""
    places = [found.span(1) for found in re.finditer(rb'(?:="|>)([^<>"]+)(?=["<])', data)]
    for start, end in sorted(dice.sample(places, min(len(places), dice.choice((1, 3, 9)))), reverse=True):
        data = data[:start] + dice.choice(_WORDS).encode() + data[end:]
    return data


def _lied(data: bytes, dice: random.Random) -> bytes:
    """A field of a local header, of the list of entries or of its end says something else."""
    signature = dice.choice((_LOCAL, _CENTRAL, _END))
    places = [at for at in range(len(data) - 30) if data.startswith(signature, at)] if signature in data else []
    if not places:
        return damaged(data, dice)
    at = dice.choice(places) + dice.choice((4, 6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28))
    return data[:at] + struct.pack("<I", dice.choice(_SIZES)) + data[at + 4 :]


def _packed(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as package:
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name), data, how)
    return out.getvalue()
