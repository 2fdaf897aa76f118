"""How much memory a build holds while it reads many reports: it should stay flat.

    python benchmarks/memory.py [REPORTS] [FOLDER]

Builds that many reports (200 if not given) of the folder or, without one, of the examples again and again
with other figures and another place, into a workspace that is thrown away, and prints the memory of the
process after each tenth; at the end, what it is after all of them as a multiple of what it was after two tenths.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import tempfile
from pathlib import Path

from kg import workspace
from kg.build import Outcome, build
from kg.reader import read_file
from search.indexer import SearchIndexer

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
PLACES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"


def held() -> float:
    """What the process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def varied(text: str, chance: random.Random) -> str:
    """The report of another place, with other figures."""
    name = text.lstrip("# *").strip()[:2]
    text = text.replace(name, "".join(chance.sample(PLACES, 2)))
    return re.sub(r"\d+\.\d\d", lambda _: f"{chance.uniform(1, 1000):.2f}", text)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    given = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    chance = random.Random(1)  # the same reports in every run
    texts = [read_file(path).source.text for path in sorted(EXAMPLES.iterdir()) if path.suffix in (".txt", ".md")]
    done, sizes = 0, [held()]

    def tell(outcome: Outcome, total: int) -> None:
        nonlocal done
        done += 1
        if done % max(total // 10, 1) == 0:
            sizes.append(held())
            print(f"{done:6} reports  {sizes[-1]:7.0f} MB", flush=True)

    with tempfile.TemporaryDirectory() as scratch:
        inbox = Path(scratch) / "inbox"
        inbox.mkdir()
        for at in range(0 if given else count):
            (inbox / f"{at:05}.txt").write_text(varied(chance.choice(texts), chance), "utf-8")
        files = sorted((given or inbox).iterdir())[:count]
        build(workspace.create(Path(scratch) / "workspace"), files, SearchIndexer(), progress=tell)
    print(f"after all {sizes[10] / sizes[2]:.2f} × what it was after two tenths")


if __name__ == "__main__":
    main()
