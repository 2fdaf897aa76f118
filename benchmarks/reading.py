"""How fast reports are read, as multiples of what others take for the same files in the same run.

    python benchmarks/reading.py [FOLDER]

Prints for the texts in FOLDER (the examples if not given) the processor time of each stage and its
ratio to rjieba's cut of the same text, and for the PDFs in it the ratio to pypdfium2 alone giving every
character with its box and every path; then how much longer a report takes that has three times the rows.
Ratios hold across machines, seconds do not. A MB is 10^6 bytes of the text in UTF-8. The vocabulary is loaded
before; what functions remember of words they met is forgotten, for a report is new when it is read.
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
from kg.errors import UnreadableFile
from kg.examine import examine

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def forget() -> None:
    """Empties the memories that are bounded, those for words of reports; patterns and vocabulary stay."""
    modules = [module for name, module in sys.modules.items() if name.startswith("kg.")]
    for value in [value for module in modules for value in vars(module).values()]:
        if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"]:
            value.cache_clear()


def files(folder: Path, *suffixes: str) -> list[tuple[bytes, str]]:
    return [(path.read_bytes(), path.name) for path in sorted(folder.iterdir()) if path.suffix in suffixes]


def is_report(data: bytes, name: str) -> bool:
    try:
        examine(data, f"warm {name}")  # words and patterns are loaded once for all reports
    except UnreadableFile as error:
        print(error)
        return False
    return True


def texts(found: list[tuple[bytes, str]]) -> None:
    given = [(data, name) for data, name in found if is_report(data, name)]
    if not given:
        return
    cut = [reader.read(data, name).source.text for data, name in given]
    size = sum(len(text.encode()) for text in cut)
    peer = seconds(lambda: [rjieba.cut(text) for text in cut])
    stages = {
        "reader": lambda: [reader.read(data, name) for data, name in given],
        "examine": lambda: [examine(data, name) for data, name in given],
    }
    print(f"{len(given)} texts, {size / 1e6:.2f} MB; words: {size / 1e6 / peer:.1f} MB/s")
    for stage, work in stages.items():
        forget()
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


def rows(count: int) -> bytes:
    """A report whose list of projects has `count` rows, each told again in a sentence."""
    table = "".join(f"| 第{n}段渠道维修 | {n + 90} | {n + 80} | {80 + n % 20}% | {n % 10} |\n" for n in range(count))
    told = "".join(f"完成渠道维修{n + 3}处，年初预算{n + 20}万元，支出决算{n + 19}万元。\n" for n in range(count))
    head = "| 项目名称 | 年初预算数（万元） | 执行数（万元） | 执行率 | 得分 |\n|---|---|---|---|---|\n"
    title = "# 云泽县水利局2024年度部门整体支出绩效自评报告"
    return f"{title}\n\n## 一、项目\n\n{head}{table}\n## 二、履职\n\n{told}".encode()


def growth() -> None:
    few, many = (seconds(lambda n=n: examine(rows(n), f"{n}.md")) for n in (1000, 3000))  # type: ignore[misc]
    print(f"3,000 rows: {many:.1f} s, {many / few:.1f} × the time of 1,000")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    if given := files(folder, ".txt", ".md"):
        texts(given)
    pdfs(files(folder, ".pdf"))
    growth()


if __name__ == "__main__":
    main()
