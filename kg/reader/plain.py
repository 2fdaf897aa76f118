"""Plain text and Markdown, as web pages, Word and OCR leave them."""

from __future__ import annotations

import re

from kg.document import Document, Gap, Table
from kg.reader import _files, _lines, _outline, _tables, _tagged
from kg.reader._lines import Line, Row
from kg.reader._unfold import unfolded
from kg.text import Span

SUFFIXES = (".txt", ".md", ".text", ".markdown")
_PICTURE = re.compile(r"(?:!?\[image[:\d][^\]\n]{0,60}\]|!\[[^\]\n]{0,80}\]\([^)\n]{0,300}\)|<img\b[^<>\n]{0,400}>)")
_TAGS = re.compile(r"(?:</?(?:div|center|p|span|section|br|hr)\b[^<>\n]{0,200}>\s*|<!--[^\n]{0,400}?-->\s*)+")
_BOLD = re.compile(r"#{0,6}\s*+\*\*[^*\n]{1,80}\*\*[:：]?$")


def fits(head: bytes, name: str) -> float:
    """Text is what is left when no other format shows its signature."""
    known = name.lower().endswith(SUFFIXES)
    return 0.3 if known else 0.2


def read(data: bytes, name: str) -> Document:
    text, encoding = _files.decode(data, name)
    media_type = "text/markdown" if name.lower().endswith((".md", ".markdown")) else "text/plain"
    source = _files.source(data, name, text, media_type, encoding)
    items, gaps = _items(text)
    return Document(source, _outline.parts(source, items), tuple(gaps))


def _items(text: str) -> tuple[list[Line | Table], list[Gap]]:
    """The lines and tables of `text`, and what in it cannot be read: its pictures."""
    lines = unfolded(text, _lines.rows(text))
    width = _lines.page_width(text, lines)
    tagged = _tagged.extents(text)
    items: list[Line | Table] = []
    gaps: list[Gap] = []
    here = no_table = 0
    while here < len(lines):
        found = _tables.take(text, lines, here, tagged) if here >= no_table else None
        if found and found.table:
            items.append(found.table)
            here = found.after
            continue
        no_table = found.after if found else no_table
        line = lines[here]
        words = text[line.start : line.end]
        picture = _PICTURE.match(words)
        if picture and picture.end() == len(words):
            gaps.append(Gap(Span(line.start, line.end), "图片中的内容没有读 · a picture was not read"))
        empty = not line or (picture and picture.end() == len(words)) or _TAGS.fullmatch(words)
        if empty or _lines.is_page_number(words):
            here += 1
            continue
        end, here = _lines.joined(text, lines, here, width)
        items.append(_line(text, line, end))
    return items, gaps


def _line(text: str, line: Row, end: int) -> Line:
    depth = 0
    while depth < 6 and text.startswith("#", line.start + depth):
        depth += 1
    start = _lines.bullet(text, line.start)
    strong = end == line.end and bool(_BOLD.match(text[start:end])) if end - start <= 100 else False
    return Line(Span(start, end), depth, strong)
