"""How fast reports are read, as multiples of what cutting the same text into words costs.

    python benchmarks/reading.py [FOLDER]

Prints for the texts in FOLDER (the examples if not given) the processor time of each stage and its
ratio to rjieba's cut of the same text, taken in the same run. Ratios hold across machines, seconds do not.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import rjieba

from kg import reader
from kg.examine import examine

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    files = [(path.read_bytes(), path.name) for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md")]
    size = sum(len(data) for data, _ in files)
    for data, name in files:  # words and patterns are loaded once for all reports
        examine(data, f"warm {name}")
    texts = [reader.read(data, name).source.text for data, name in files]
    peer = seconds(lambda: [rjieba.cut(text) for text in texts])
    stages = {
        "reader": lambda: [reader.read(data, name) for data, name in files],
        "examine": lambda: [examine(data, name) for data, name in files],
    }
    print(f"{len(files)} files, {size / 1e6:.2f} MB; words: {size / 1e6 / peer:.1f} MB/s")
    for stage, work in stages.items():
        spent = seconds(work)
        print(f"{stage:8} {size / 1e6 / spent:6.2f} MB/s  {spent / peer:6.1f} × cutting words")


if __name__ == "__main__":
    main()
