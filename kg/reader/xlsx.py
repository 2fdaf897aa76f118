"""Excel files (.xlsx): known by their bytes, not read yet."""

from __future__ import annotations

from typing import NoReturn

from kg.errors import UnreadableFile

SUFFIXES = (".xlsx", ".xlsm")


def fits(head: bytes, name: str) -> float:
    """A zip whose first entries are Excel's, or that is called so."""
    if not head.startswith(b"PK\x03\x04"):
        return 0.0
    return 1.0 if b"xl/" in head else 0.9 * name.lower().endswith(SUFFIXES)


def read(data: bytes, name: str) -> NoReturn:
    """Always UnreadableFile `xlsx-not-yet`."""
    message = (
        "Excel 表还不能读。请另存为 .docx 或 .html 再导入。"
        "Excel is not read yet: save it as .docx or .html and try again."
    )
    raise UnreadableFile("xlsx-not-yet", message, file=name)
