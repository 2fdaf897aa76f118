"""docs/extending.md is true: its files are drop-ins as they stand, and what it says to try holds."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

PAGE = (Path(__file__).parents[2] / "docs" / "extending.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FILES = {block.split("\n", 1)[0].removeprefix("# "): block for block in BLOCKS if block.startswith("# ")}
TRIALS = [block for block in BLOCKS if not block.startswith("# ")]


@pytest.fixture(params=FILES)
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """One file of the page as if it lay in its folder, and no trace of it afterwards."""
    path = Path(request.param)
    package = importlib.import_module(".".join(path.parent.parts))
    (tmp_path / path.name).write_text(FILES[request.param], "utf-8")
    package.__path__.append(str(tmp_path))
    importlib.invalidate_caches()
    yield path.stem
    package.__path__.remove(str(tmp_path))
    sys.modules.pop(f"{package.__name__}.{path.stem}", None)
    if hasattr(package, path.stem):
        delattr(package, path.stem)


def test_there_is_one_example_of_each_kind_and_its_trial() -> None:
    assert [Path(name).parent.as_posix() for name in FILES] == ["kg/layouts", "kg/rules", "kg/exports", "kg/stores"]
    assert len(TRIALS) == len(FILES)


def test_an_example_works_as_it_stands(installed: str) -> None:
    [trial] = [block for block in TRIALS if f'"{installed}"' in block]
    exec(compile(trial, f"docs/extending.md: {installed}", "exec"), {})


def test_no_example_takes_the_name_of_a_real_variant() -> None:
    root = Path(__file__).parents[2]
    assert [name for name in FILES if (root / name).exists()] == []


def test_the_word_example_is_turtle() -> None:
    [turtle] = re.findall(r"^```turtle\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(list(parse(turtle.encode(), RdfFormat.TURTLE))) == 1
