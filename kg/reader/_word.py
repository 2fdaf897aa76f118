"""What a Word file says beside its words: styles, and the list numbers that Word counts itself.

Text saved from Word loses those numbers; here they are counted again, so that 一、 is there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d?$", re.IGNORECASE)
_HAN = "〇一二三四五六七八九"
_INHERITED = 20  # styles above one another


@dataclass(frozen=True, slots=True)
class Style:
    """`depth` is the heading level, 0 for none; `numbered` the list and level it counts in."""

    depth: int = 0
    bold: bool = False
    centred: bool = False
    contents: bool = False
    numbered: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str


@dataclass(slots=True)
class Numbers:
    """Every list's levels, and how far each has been counted."""

    lists: Mapping[str, tuple[str, Mapping[int, _Level]]] = field(default_factory=dict)
    counted: dict[tuple[str, int], int] = field(default_factory=dict)


def parse(data: bytes) -> etree._Element:
    """XML that may come from anyone: no entities, no network, no tree without bounds."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def value(element: etree._Element, name: str = "val") -> str:
    return str(element.get(W + name, ""))


def styles(root: etree._Element | None) -> dict[str, Style]:
    """Every paragraph style by its id, with what it has from the styles that it is based on."""
    elements = {value(e, "styleId"): e for e in root.iter(W + "style")} if root is not None else {}
    made: dict[str, Style] = {}
    for key, element in elements.items():
        chain = [element]
        while len(chain) < _INHERITED and (base := chain[-1].find(W + "basedOn")) is not None:
            above = elements.get(value(base))
            if above is None or above in chain:
                break
            chain.append(above)
        style = Style()
        for link in reversed(chain):
            style = _with_properties(_named(link, style), link)
        made[key] = style
    return made


def style_of(paragraph: etree._Element, known: Mapping[str, Style]) -> Style:
    """The style of a paragraph, its own settings laid over it."""
    mark = paragraph.find(f"{W}pPr/{W}pStyle")
    return _with_properties(known.get(value(mark), Style()) if mark is not None else Style(), paragraph)


def numbers(root: etree._Element | None) -> Numbers:
    """The lists of a file, none counted yet."""
    if root is None:
        return Numbers()
    abstract = {
        value(e, "abstractNumId"): {_int(value(lvl, "ilvl")): _level(lvl) for lvl in e.findall(W + "lvl")}
        for e in root.findall(W + "abstractNum")
    }
    lists = {}
    for e in root.findall(W + "num"):
        link = e.find(W + "abstractNumId")
        key = value(link) if link is not None else ""
        lists[value(e, "numId")] = (key, abstract.get(key, {}))
    return Numbers(lists)


def number_of(paragraph: etree._Element, style: Style, known: Numbers) -> str:
    """The number that Word shows before a paragraph, counted on; '' where it has none."""
    if style.numbered is None:
        return ""
    name, depth = style.numbered
    key, levels = known.lists.get(name, ("", {}))
    level = levels.get(depth)
    if level is None or level.form in ("bullet", "none"):
        return ""
    before = known.counted.get((key, depth))
    known.counted[key, depth] = level.start if before is None else before + 1
    for deeper in [place for place in known.counted if place[0] == key and place[1] > depth]:
        del known.counted[deeper]

    def shown(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        other = levels.get(at, level)
        return _write(known.counted.get((key, at), other.start), other.form)

    return re.sub(r"%([1-9])", shown, level.pattern)


def _named(element: etree._Element, style: Style) -> Style:
    mark = element.find(W + "name")
    name = value(mark) if mark is not None else ""
    heading = _HEADING.match(name)
    if heading:
        return replace(style, depth=min(int(heading.group(1)), 6))
    return replace(style, contents=True) if _CONTENTS.match(name) else style


def _with_properties(style: Style, element: etree._Element) -> Style:
    properties = element.find(W + "pPr")
    bold = element.find(f"{W}rPr/{W}b") if element.tag == W + "style" else None
    if bold is not None:
        style = replace(style, bold=value(bold) not in ("0", "false"))
    if properties is None:
        return style
    outline, align, listed = (properties.find(W + tag) for tag in ("outlineLvl", "jc", "numPr"))
    if outline is not None:
        level = _int(value(outline), 9)
        style = replace(style, depth=level + 1 if level < 6 else 0)
    if align is not None:
        style = replace(style, centred=value(align) == "center")
    if listed is not None:
        style = replace(style, numbered=_numbered(listed, style))
    return style


def _numbered(listed: etree._Element, style: Style) -> tuple[str, int] | None:
    name, level = listed.find(W + "numId"), listed.find(W + "ilvl")
    key = value(name) if name is not None else (style.numbered[0] if style.numbered else "0")
    return None if key == "0" else (key, _int(value(level)) if level is not None else 0)


def _level(element: etree._Element) -> _Level:
    def said(tag: str) -> str:
        found = element.find(W + tag)
        return value(found) if found is not None else ""

    return _Level(_int(said("start"), 1), said("numFmt") or "decimal", said("lvlText"))


def _write(count: int, form: str) -> str:
    if form in (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
    ):
        return _han(count)
    if form == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    return str(count)


def _han(count: int) -> str:
    """Up to 99, as lists are numbered: 十, 十一, 二十三."""
    tens, ones = divmod(count, 10)
    if not 0 < count < 100:
        return str(count)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones else "")


def _int(digits: str, default: int = 0) -> int:
    return int(digits) if digits.isdigit() and len(digits) < 6 else default
