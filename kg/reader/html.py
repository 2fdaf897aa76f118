"""Web pages, also saved ones: the report without the page's menus, its tables with merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from kg.document import Document, Gap
from kg.errors import UnreadableFile
from kg.reader import _files, _lines, _outline
from kg.reader._layer import Layer, Slot
from kg.reader._titles import is_title
from kg.text import Span

SUFFIXES = (".html", ".htm", ".shtml", ".xhtml", ".dhtml")
_SURE = re.compile(
    rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,400}-->\s*)*<(?:!doctype\s+html|html|head|body)", re.IGNORECASE
)
_SIGNS = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta\s|div[\s>]|table[\s>]|p[\s>])", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_DROPPED = frozenset(("script", "style", "noscript", "template", "nav", "footer", "select", "button", "iframe", "svg"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS.union(
    ("p", "div", "section", "article", "main", "header", "footer", "aside", "body", "html", "form", "fieldset"),
    ("li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "center", "figure", "figcaption", "address", "hr"),
    ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"),
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_MOST = 0.8  # of the page's words: who holds so many is the report's own block
_LONG_CELL = 1500  # characters; a longer "cell" is a frame of the page
_STRONG = 60


def fits(head: bytes, name: str) -> float:
    """Tags in the beginning."""
    if head.startswith((b"%PDF", b"PK\x03\x04")):
        return 0.0
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")  # UTF-16
    if _SURE.match(plain):
        return 0.95
    if not _SIGNS.search(plain):
        return 0.0
    if name.lower().endswith(SUFFIXES):
        return 0.95
    return 0.25 if plain.startswith(b"<") else 0.1  # less than a .md or .txt: Markdown holds tags too


def read(data: bytes, name: str) -> Document:
    """UnreadableFile `no-text` where the page has no words, `too-deep` where its tags go on inside
    one another beyond what the parser follows."""
    page, encoding = _decode(data, name)
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, recover=True)
    root = etree.fromstring(_without_declaration(page), parser)
    if any("depth" in error.message for error in parser.error_log):
        message = "网页的标签套得太深，读不全。The page's tags are nested too deeply to read."
        raise UnreadableFile("too-deep", message, file=name)
    story = _Story()
    if root is not None:
        body = root.find("body")
        _clean(root)
        content = _content(root if body is None else body)
        story.heading(root, content)
        story.walk(content)
    layer = story.layer
    if not layer.items:
        raise UnreadableFile("no-text", "网页里没有文字。The page holds no text.", file=name)
    source = _files.source(data, name, layer.text, "text/html", encoding)
    items = _lines.mended(source.text, layer.items)
    return Document(source, _outline.parts(source, items), tuple(story.gaps))


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """As any text; a page that says its own character set is believed first."""
    said = _CHARSET.search(data[:4096])
    return _files.decode(data, name, said.group(1).decode("ascii") if said else "")


def _without_declaration(page: str) -> str:
    """The parser takes no text that declares its own encoding."""
    return re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", page.replace("\0", ""), count=1)


def _clean(root: etree._Element) -> None:
    """Takes out what is no text of the page: scripts, menus, forms, hidden elements."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _DROPPED or _HIDDEN.search(element.get("style") or ""):
            tail, parent, before = element.tail, element.getparent(), element.getprevious()
            if parent is None:
                continue
            if tail and before is not None:
                before.tail = (before.tail or "") + tail
            elif tail:
                parent.text = (parent.text or "") + tail
            parent.remove(element)


def _content(body: etree._Element) -> etree._Element:
    """The innermost element that holds most of the words that are no links."""
    sizes = _sizes(body)
    here = body
    while sizes[here]:
        largest = max(here, key=lambda child: sizes.get(child, 0), default=None)
        if (
            largest is None
            or sizes.get(largest, 0) < _MOST * sizes[here]
            or largest.tag in ("p", "table", "tbody", "tr")
        ):
            return here
        here = largest
    return here


def _sizes(body: etree._Element) -> dict[etree._Element, int]:
    """How many characters each element holds, links not counted."""
    sizes: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(body, events=("end",)):
        own = 0 if element.tag == "a" else len((element.text or "").strip())
        sizes[element] = own + sum(sizes.get(child, 0) + len((child.tail or "").strip()) for child in element)
        if element.tag == "a":
            sizes[element] = 0
    return sizes


@dataclass(slots=True)
class _Story:
    """The page on its way into a text layer."""

    layer: Layer = field(default_factory=Layer)
    gaps: list[Gap] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)

    def heading(self, root: etree._Element, content: etree._Element) -> None:
        """The page's own title, where it stands outside the report's block and names a report."""
        metas = (e.get("content") or "" for e in root.iter("meta") if (e.get("name") or "").lower() == "articletitle")
        heads = ("".join(e.itertext()) for e in root.iter("h1", "h2") if not _inside(e, content))
        titles = ("".join(e.itertext()).split("_")[0].split("-")[0] for e in root.iter("title"))
        said = _squeezed("".join(content.itertext())).replace(" ", "")[:2000]
        for words in (*metas, *heads, *titles):
            title = _squeezed(words).strip()
            if title and is_title(title, Span(0, len(title))):
                if title.replace(" ", "") not in said:
                    self.layer.line(title, 1)
                return

    def walk(self, content: etree._Element) -> None:
        """Writes every block in `content`, in order; without recursion, for pages may be deep."""
        stack: list[tuple[etree._Element, str]] = [(content, "open")]
        while stack:
            element, event = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "close":
                if tag in _BLOCKS:
                    self._flush(element)
                if element is not content:
                    self.pending.append(element.tail or "")
                continue
            if tag == "table" and _is_data(element):
                self._flush(element.getparent())
                self.layer.table(_rows(element))
                if element is not content:
                    self.pending.append(element.tail or "")
                continue
            if tag in _BLOCKS:
                self._flush(element.getparent())
            if tag == "br":
                self.pending.append("\x00")
            elif tag == "img":
                place = Span(self.layer.size, self.layer.size)
                self.gaps.append(Gap(place, "图片中的内容没有读 · a picture was not read"))
            self.pending.append(element.text or "")
            stack.append((element, "close"))
            stack.extend((child, "open") for child in reversed(element))

    def _flush(self, element: etree._Element | None) -> None:
        """Writes the words gathered since the last block; `element` is the block that held them."""
        words = "".join(self.pending)
        self.pending.clear()
        if not words.strip(" \t\r\n\f\xa0\u3000\x00"):
            return
        depth, strong = _look(element)
        for line in words.split("\x00"):
            plain = _squeezed(line).strip()
            self.layer.line(plain, depth, strong=strong and not depth and len(plain) <= _STRONG)


def _look(element: etree._Element | None) -> tuple[int, bool]:
    if element is None or not isinstance(element.tag, str):
        return 0, False
    if element.tag in _HEADINGS:
        return int(element.tag[1]), False
    centred = (element.get("align") or "").lower() == "center" or bool(_CENTRED.search(element.get("style") or ""))
    bold = sum(len("".join(e.itertext()).strip()) for e in element.iter("b", "strong"))
    words = len("".join(element.itertext()).strip())
    return 0, centred or (0 < words <= bold)


def _is_data(table: etree._Element) -> bool:
    """A table of figures or words, not a frame of the page: more than one column, short cells, none nested."""
    if next((e for e in table.iter("table") if e is not table), None) is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if max((len(row) for row in rows), default=0) < 2:
        return False
    return all(sum(map(len, cell.itertext())) <= _LONG_CELL for row in rows for cell in row)


def _rows(table: etree._Element) -> list[list[Slot]]:
    return [
        [Slot(_cell(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in row if cell.tag in ("td", "th")]
        for row in table.iter("tr")
    ]


def _cell(cell: etree._Element) -> str:
    """A cell's words; its paragraphs and breaks stay lines."""
    lines = "".join(_cell_pieces(cell)).split("\x00")
    return "\n".join(line for line in (_squeezed(line).strip() for line in lines) if line)


def _cell_pieces(cell: etree._Element) -> Iterator[str]:
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            yield "\x00" if tag == "br" or (tag in _BLOCKS and element is not cell) else ""
            yield element.text or ""
        elif element is not cell:
            yield "\x00" if tag in _BLOCKS else ""
            yield element.tail or ""


def _span(cell: etree._Element, name: str) -> int:
    digits = (cell.get(name) or "").strip()
    return min(int(digits), 200) if digits.isdigit() and len(digits) < 6 else 1


def _inside(element: etree._Element, content: etree._Element) -> bool:
    return element is content or any(above is content for above in element.iterancestors())


def _squeezed(words: str) -> str:
    """Blanks and line breaks of the page's source are one blank; those of Chinese layout stay."""
    return _BLANK.sub(" ", words)
