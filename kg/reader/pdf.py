"""PDF files with a text layer: printed lines put together again, ruled tables cell by cell.

What is drawn decides, not the order in which a program has written it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium

from kg.document import Document, Gap
from kg.errors import UnreadableFile
from kg.reader import _files, _outline, _pdf_flow, _pdf_ocr, _pdf_sheet
from kg.reader._layer import Layer
from kg.reader._pdf_page import Page, pages
from kg.text import Span

SUFFIXES = (".pdf",)
MEDIA_TYPE = "application/pdf"
_MOST_PAGES = 600  # the longest real report has a sixth
_MOST_CHARACTERS = 2**20  # of all pages together
BY_OCR = "ocr"
"""The encoding of a text that was recognised in pictures of pages, not all of it perhaps."""
_FEW = 10  # glyphs of a page that is but a picture and its page number
_MANY = 0.3  # of the glyphs of a page, when nothing says what characters they are
_ONE = threading.RLock()  # PDFium crashes where two threads are in it, be it with documents of their own
_PICTURE, _GARBLED, _MARRED = "picture", "garbled", "marred"
_BY_EYE = "文字由 OCR 认出，认不准的写作□，数字请核对原页 · pages read by OCR: check figures on the page"
_NO_CODES = "页有字认不出（字体没有附编码），写作\ufffd · pages with characters whose font does not say what they are"
# What is told of pages in such trouble: without the engine that recognises words, and with it.
_TOLD = {
    _PICTURE: ("页是图片，没有读 · pictures of pages were not read", f"页是图片，{_BY_EYE}"),
    _GARBLED: (_NO_CODES, f"页的字体没有附编码，{_BY_EYE}"),
    _MARRED: (_NO_CODES, _NO_CODES),
}


def fits(head: bytes, name: str) -> float:
    """The signature stands within the first bytes, after what mail programs may put before it."""
    return 1.0 if b"%PDF-" in head[:1024] else 0.0


def read(data: bytes, name: str) -> Document:
    """UnreadableFile `encrypted-file`, `damaged-file`, `too-large`, `no-text-layer` where the pages
    are pictures, or `unknown-characters` where their fonts do not say what they show."""
    sheets, trouble, lacking = [], Counter[str](), _pdf_ocr.missing()
    with opened(data, name) as document:
        if len(document) > _MOST_PAGES:
            message = f"超过 {_MOST_PAGES} 页，没有读，请拆开。More than {_MOST_PAGES} pages: split the file."
            raise UnreadableFile("too-large", message, file=name)
        for page in _pages(document, name):
            kind = _trouble(page)
            trouble[kind] += 1
            by_eye = kind in (_PICTURE, _GARBLED) and not lacking
            sheets.append(_pdf_sheet.sheet(_pdf_ocr.recognised(document, page) if by_eye else page))
    if lacking and trouble[_GARBLED] * 2 > len(sheets):
        raise UnreadableFile("unknown-characters", _no_codes(lacking), file=name)
    layer = Layer()
    _pdf_flow.write(layer, sheets)
    if not layer.items or (lacking and trouble[_PICTURE] * 2 > len(sheets)):
        raise UnreadableFile("no-text-layer", _no_text(lacking), file=name)
    imprint = layer.imprint([(round(sheet.width, 1), round(sheet.height, 1)) for sheet in sheets])
    by_ocr = (trouble[_PICTURE] or trouble[_GARBLED]) and not lacking
    source = _files.source(data, name, layer.text, MEDIA_TYPE, BY_OCR if by_ocr else "utf-8", imprint)
    gaps = tuple(
        Gap(Span(0, 0), f"{trouble[kind]} {told[not lacking]}") for kind, told in _TOLD.items() if trouble[kind]
    )
    return Document(source, _outline.parts(source, layer.items), gaps)


def _trouble(page: Page) -> str:
    """Why words of `page` cannot be read from the file; empty where all can."""
    if page.picture and len(page.glyphs) < _FEW:
        return _PICTURE
    if page.unknown > _MANY * len(page.glyphs):
        return _GARBLED
    return _MARRED if page.unknown else ""


def _no_text(lacking: str) -> str:
    return (
        f"这个 PDF 是扫描件，没有文字层。要读它，请先安装文字识别（{lacking or 'OCR'}），或用原始的 Word 文件。"
        f"A scanned PDF without a text layer. To have it read install: {lacking or 'OCR'}; or take the Word file."
    )


def _no_codes(lacking: str) -> str:
    return (
        "这个 PDF 的字体没有附上文字编码，看得见字，却认不出是什么字（复制出来也是乱码）。"
        f"请用原始的 Word 文件重新导出，或先安装文字识别（{lacking}）。"
        "The fonts of this PDF do not say which characters they show. Export it again from the Word file, "
        f"or install: {lacking}."
    )


@contextmanager
def opened(data: bytes, name: str) -> Iterator[pdfium.PdfDocument]:
    """The file as the library holds it, for one thread of the process at a time. UnreadableFile
    `encrypted-file`, `damaged-file`."""
    with _ONE:
        document = _document(data, name)
        try:
            yield document
        finally:
            document.close()


def _document(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            message = "PDF 加了密，请去掉密码再导入。The PDF is encrypted: remove its password first."
            raise UnreadableFile("encrypted-file", message, file=name) from error
        raise _damaged(name) from error


def _pages(document: pdfium.PdfDocument, name: str) -> Iterator[Page]:
    try:
        yield from pages(document, _MOST_CHARACTERS)
    except OverflowError as error:
        raise UnreadableFile(
            "too-large", "文字太多，没有读，请拆开。Too much text: split the file.", file=name
        ) from error
    except pdfium.PdfiumError as error:
        raise _damaged(name) from error


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile("damaged-file", "PDF 损坏，打不开。The PDF is damaged.", file=name)
