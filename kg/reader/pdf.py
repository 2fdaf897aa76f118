"""PDF files: known by their bytes, not read yet."""

from __future__ import annotations

from typing import NoReturn

from kg.errors import UnreadableFile

SUFFIXES = (".pdf",)


def fits(head: bytes, name: str) -> float:
    """The signature stands within the first bytes, after what mail programs may put before it."""
    return 1.0 if b"%PDF-" in head[:1024] else 0.0


def read(data: bytes, name: str) -> NoReturn:
    """Always UnreadableFile `pdf-not-yet`: tables torn out of their lines would give wrong facts."""
    message = (
        "PDF 还不能读。请另存为 .docx 或 .html 再导入。PDF is not read yet: save it as .docx or .html and try again."
    )
    raise UnreadableFile("pdf-not-yet", message, file=name)
