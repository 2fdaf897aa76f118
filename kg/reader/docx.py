"""Word files (.docx): paragraphs with the numbers that Word shows, headings by style or look, real
tables, text boxes and footnotes, in the order in which they are read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from kg.archive import DAMAGE
from kg.document import Document, Gap
from kg.errors import UnreadableFile
from kg.reader import _files, _outline
from kg.reader._layer import Layer, Slot
from kg.reader._word import Numbers, Style, W, number_of, numbers, parse, style_of, styles, value
from kg.text import Span

SUFFIXES = (".docx", ".docm")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LARGEST = 128 * 2**20  # bytes of one unpacked part; a zip bomb is larger
_DEEPEST = 20  # tables inside tables
_STRONG = 60  # characters of the longest line whose look makes it a heading
_SKIPPED = {
    W + "del",
    W + "moveFrom",
    W + "instrText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


def fits(head: bytes, name: str) -> float:
    """A zip whose first entries are Word's, or that is called so."""
    if not head.startswith(b"PK\x03\x04"):
        return 0.0
    if b"word/" in head:
        return 1.0
    return 0.9 if name.lower().endswith(SUFFIXES) else 0.4


def read(data: bytes, name: str) -> Document:
    """UnreadableFile `unknown-format` where the zip holds no Word document, `damaged-file` where it
    is broken, `too-large` where it unpacks beyond measure."""
    package = _Package(data, name)
    body = package.part("word/document.xml")
    if body is None:
        message = "压缩包里没有 Word 文档。请解压后分别导入。A zip archive without a Word document."
        raise UnreadableFile("unknown-format", message, file=name)
    story = _Story(
        Layer(),
        styles(package.part("word/styles.xml")),
        numbers(package.part("word/numbering.xml")),
        _notes(package.part("word/footnotes.xml")) | _notes(package.part("word/endnotes.xml"), "e"),
        [],
    )
    for block in _blocks(body):
        story.block(block)
    text = story.layer.text
    if not story.layer.items:
        raise UnreadableFile("no-text", "文档里没有文字。The document holds no text.", file=name)
    source = _files.source(data, name, text, MEDIA_TYPE)
    return Document(source, _outline.parts(source, story.layer.items), tuple(story.gaps))


class _Package:
    """The parts of a zip, each unpacked only within measure."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise self._damaged() from error

    def part(self, path: str) -> etree._Element | None:
        try:
            entry = self._zip.getinfo(path)
        except KeyError:
            return None
        if entry.file_size > _LARGEST:
            limit = _LARGEST // 2**20
            message = f"文档展开后超过 {limit} MB，没有读。The document unpacks to more than {limit} MB."
            raise UnreadableFile("too-large", message, file=self.name)
        try:
            return parse(self._zip.read(entry))
        except (*DAMAGE, etree.XMLSyntaxError) as error:
            raise self._damaged() from error

    def _damaged(self) -> UnreadableFile:
        message = "文件损坏或加了密，打不开。The file is damaged or encrypted."
        return UnreadableFile("damaged-file", message, file=self.name)


@dataclass(slots=True)
class _Story:
    """The document on its way into a text layer."""

    layer: Layer
    styles: Mapping[str, Style]
    numbers: Numbers
    notes: Mapping[str, str]
    gaps: list[Gap]

    def block(self, element: etree._Element) -> None:
        if element.tag == W + "tbl":
            self.layer.table(self._rows(element, 0))
        else:
            self._paragraph(element)

    def _paragraph(self, element: etree._Element) -> None:
        style = style_of(element, self.styles)
        if style.contents:
            return
        words = _words(element).strip()
        if words:
            number = number_of(element, style, self.numbers)
            strong = len(words) <= _STRONG and (style.centred or _all_bold(element, style))
            for index, line in enumerate(words.split("\n")):
                self.layer.line((number if index == 0 else "") + line, style.depth, strong=strong and not style.depth)
        if element.find(f".//{W}drawing") is not None and not words:
            self.gaps.append(Gap(Span(self.layer.size, self.layer.size), "图片中的内容没有读 · a picture was not read"))
        for box in _within(element, W + "txbxContent"):
            for block in _blocks(box):
                self.block(block)
        for reference in element.iter(W + "footnoteReference", W + "endnoteReference"):
            key = ("e" if reference.tag == W + "endnoteReference" else "") + value(reference, "id")
            if self.notes.get(key):
                self.layer.line("注：" + self.notes[key])

    def _rows(self, table: etree._Element, depth: int) -> list[list[Slot]]:
        """A cell that goes on downwards (vMerge) becomes one slot; nested tables become its words."""
        rows: list[list[Slot]] = []
        spread: dict[int, tuple[int, int, int]] = {}  # column → row and place of the slot that goes on there
        for row in _within(table, W + "tr"):
            slots = [Slot("", before)] if (before := _count(row.find(f"{W}trPr/{W}gridBefore"), 0)) else []
            column = before
            for cell in _within(row, W + "tc"):
                columns = _count(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and value(merge) != "restart" and column in spread:
                    at, place, _ = spread[column]
                    above = rows[at][place]
                    rows[at][place] = Slot(above.words, above.columns, len(rows) - at + 1)
                else:
                    spread[column] = (len(rows), len(slots), columns)
                    slots.append(Slot(self._cell(cell, depth), columns))
                column += columns
            rows.append(slots)
        return rows

    def _cell(self, cell: etree._Element, depth: int) -> str:
        lines: list[str] = []
        for block in _blocks(cell):
            if block.tag == W + "p":
                words = _words(block).strip()
                number = number_of(block, style_of(block, self.styles), self.numbers) if words else ""
                lines.append(number + words)
            elif depth < _DEEPEST:
                lines += [" ".join(slot.words for slot in row) for row in self._rows(block, depth + 1)]
        return "\n".join(line for line in lines if line)


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables right under `parent`, through content controls and the like."""
    return _found(parent, (W + "p", W + "tbl"))


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    return _found(parent, (tag,))


def _found(parent: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        if element.tag in tags:
            yield element
        elif element.tag not in _SKIPPED and not _is_contents(element):
            stack.extend(reversed(element))


def _is_contents(element: etree._Element) -> bool:
    """A content control that Word fills with the list of contents."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") if element.tag == W + "sdt" else None
    return gallery is not None and "Contents" in value(gallery)


def _words(paragraph: etree._Element) -> str:
    """The paragraph's own words: no deleted ones, no field codes, none of its text boxes."""
    pieces: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag == W + "t":
            pieces.append(element.text or "")
        elif tag == W + "tab":
            pieces.append(" ")
        elif tag in (W + "br", W + "cr"):
            pieces.append("" if value(element, "type") == "page" else "\n")
        elif tag == W + "noBreakHyphen":
            pieces.append("-")
        elif tag not in _SKIPPED and tag not in (W + "pPr", W + "txbxContent") and not _is_hidden(element):
            stack.extend(reversed(element))
    return "".join(pieces)


def _is_hidden(element: etree._Element) -> bool:
    mark = element.find(f"{W}rPr/{W}vanish") if element.tag == W + "r" else None
    return mark is not None and value(mark) not in ("0", "false")


def _all_bold(paragraph: etree._Element, style: Style) -> bool:
    runs = [run for run in _within(paragraph, W + "r") if "".join(t.text or "" for t in run.iter(W + "t")).strip()]
    marks = [run.find(f"{W}rPr/{W}b") for run in runs]
    return bool(marks) and all(style.bold if mark is None else value(mark) not in ("0", "false") for mark in marks)


def _count(element: etree._Element | None, default: int) -> int:
    digits = value(element) if element is not None else ""
    return min(int(digits), 200) if digits.isdigit() else default


def _notes(root: etree._Element | None, prefix: str = "") -> dict[str, str]:
    """The words of foot- or endnotes by id."""
    if root is None:
        return {}
    return {
        prefix + value(note, "id"): "".join(_words(paragraph) for paragraph in _blocks(note)).strip()
        for note in root
        if isinstance(note.tag, str) and value(note, "type") in ("", "normal")
    }
