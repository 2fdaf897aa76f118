"""What tests of readers share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.reader import _pdf_ocr


@pytest.fixture
def without_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which Tesseract is not installed."""
    monkeypatch.setattr(_pdf_ocr, "_ENGINE", "no-such-engine")
    _pdf_ocr.missing.cache_clear()
    yield
    _pdf_ocr.missing.cache_clear()
