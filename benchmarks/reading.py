"""How fast reports are read, as multiples of what others take for the same files in the same run.

    python benchmarks/reading.py [FOLDER]

Prints for the texts in FOLDER (the examples if not given) the processor time of each stage and its
ratio to rjieba's cut of the same text, and for the PDFs in it the ratio to pypdfium2 alone giving every
character with its box and every path. Ratios hold across machines, seconds do not.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import rjieba
from pypdfium2 import raw

from kg import reader
from kg.examine import examine

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def files(folder: Path, *suffixes: str) -> list[tuple[bytes, str]]:
    return [(path.read_bytes(), path.name) for path in sorted(folder.iterdir()) if path.suffix in suffixes]


def texts(given: list[tuple[bytes, str]]) -> None:
    size = sum(len(data) for data, _ in given)
    for data, name in given:  # words and patterns are loaded once for all reports
        examine(data, f"warm {name}")
    cut = [reader.read(data, name).source.text for data, name in given]
    peer = seconds(lambda: [rjieba.cut(text) for text in cut])
    stages = {
        "reader": lambda: [reader.read(data, name) for data, name in given],
        "examine": lambda: [examine(data, name) for data, name in given],
    }
    print(f"{len(given)} texts, {size / 1e6:.2f} MB; words: {size / 1e6 / peer:.1f} MB/s")
    for stage, work in stages.items():
        spent = seconds(work)
        print(f"{stage:8} {size / 1e6 / spent:6.2f} MB/s  {spent / peer:6.1f} × cutting words")


def drawn(data: bytes) -> int:
    """What the library alone gives of a PDF: characters with their boxes, and paths."""
    found = 0
    with pdfium.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            found += sum(bool(text.get_charbox(at, loose=True)) for at in range(text.count_chars()))
            found += sum(bool(path.get_bounds()) for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]))
    return found


def pdfs(given: list[tuple[bytes, str]]) -> None:
    for data, name in given:
        alone = seconds(lambda data=data: drawn(data))  # type: ignore[misc]
        spent = seconds(lambda data=data, name=name: reader.read(data, name))  # type: ignore[misc]
        print(f"{name}: {spent:.2f} s, {spent / alone:.1f} × the library alone")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    if given := files(folder, ".txt", ".md"):
        texts(given)
    pdfs(files(folder, ".pdf"))


if __name__ == "__main__":
    main()
