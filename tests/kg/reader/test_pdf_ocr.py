"""Scanned PDFs: read where Tesseract is installed, refused with what to install where it is not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from kg import pictures, reader
from kg.errors import UnreadableFile
from kg.examine import examine
from kg.facts import Amount
from kg.reader import _pdf_ocr
from kg.reader._pdf_ocr import Word, doubted


def line(*words: tuple[str, float]) -> list[Word]:
    """Words side by side, ten points high, with how sure the engine is of each."""
    placed, left = [], 0.0
    for text, sure in words:
        placed.append(Word(text, sure, (1, 1, 1), left, left + 5 * len(text), 0.0, 10.0))
        left += 5 * len(text) + 1
    return placed


def read(*words: tuple[str, float]) -> str:
    return "".join(word.text for word in doubted(line(*words)))


def test_what_the_engine_is_sure_of_stays() -> None:
    assert read(("支出", 95), ("1,234.50", 92), ("万元", 90)) == "支出1,234.50万元"


@pytest.mark.parametrize("figure", ["2.940.05", "1,23.4", "12..5"])
def test_a_figure_that_is_not_written_as_figures_are_is_in_doubt(figure: str) -> None:
    assert read(("支出", 95), (figure, 96), ("万元", 90)) == f"支出{'□' * len(figure)}万元"


def test_a_figure_in_two_pieces_is_in_doubt_as_a_whole() -> None:
    assert read(("支出", 95), ("12", 96), ("34.5", 96), ("万元", 90)) == "支出□□□□□□万元"


def test_a_figure_after_a_word_in_doubt_is_in_doubt_too() -> None:
    assert read(("比上年", 95), ("减少", 20), ("34.5", 96), ("万元", 90)) == "比上年□□□□□□万元"


@pytest.fixture
def scan(shared: Path) -> bytes:
    """Two printed pages of a real report, a table and prose, as pictures in a PDF."""
    (path,) = (shared / "reports").glob("*财政局2024*.pdf")
    data = path.read_bytes()
    sheets = [Image.open(io.BytesIO(pictures.page(data, path.name, page, 3))).convert("L") for page in (6, 21)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=216)
    return out.getvalue()


@pytest.mark.usefixtures("without_engine")
def test_without_the_engine_a_scan_says_what_to_install(scan: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        reader.read(scan, "扫描.pdf")
    assert caught.value.code == "no-text-layer"
    assert "tesseract-ocr-chi-sim" in caught.value.message


# What the two pages say, in 万元: the figures of the table, then those of the prose.
PRINTED = """
2940.05 6.20 326.71 60.99 445.69 2106.66 2946.25
2995.39 56.95 2946.25 2940.05 6.2 2336.91 603.14 0.3 63.14 326.72 2993.92
"""


@pytest.mark.skipif(bool(_pdf_ocr.missing()), reason=f"for scanned pages install {_pdf_ocr.missing()}")
def test_a_scan_is_read_without_a_wrong_figure_and_says_how_it_was_read(scan: bytes) -> None:
    examined = examine(scan, "扫描.pdf")
    amounts = [fact for fact in examined.facts if isinstance(fact, Amount)]
    assert {f"{abs(fact.value)}" for fact in amounts} <= set(PRINTED.split())
    assert len(amounts) >= 10
    assert {box.page for fact in amounts for box in fact.evidence.boxes} == {1, 2}
    assert examined.document.source.encoding == "ocr"
    assert any("OCR" in gap.reason for gap in examined.document.gaps)
