"""Old office files (.doc, .wps, .rtf …): known by their bytes, and refused with what to do about it."""

from __future__ import annotations

from typing import NoReturn

from kg.errors import UnreadableFile

SUFFIXES = (".doc", ".wps", ".rtf", ".xls", ".et", ".ppt")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def fits(head: bytes, name: str) -> float:
    """Word, WPS and Excel files before 2007 (and encrypted newer ones) are OLE containers."""
    return 1.0 if head.startswith((_OLE, b"{\\rtf")) else 0.0


def read(data: bytes, name: str) -> NoReturn:
    """Always UnreadableFile `legacy-office`."""
    message = (
        "旧版 Office/WPS 格式（或加了密），读不了。请用 Word、WPS 或 LibreOffice 打开，另存为 .docx 再导入，"
        "例如：soffice --headless --convert-to docx 文件名。"
        "An old office format (or an encrypted file): save it as .docx and try again."
    )
    raise UnreadableFile("legacy-office", message, file=name)
