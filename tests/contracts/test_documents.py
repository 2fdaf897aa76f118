"""The pages say what is so: their links lead somewhere, the formats, codes and files they name exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg.reader
from kg import dropin

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "examples" / "README.md"])


def text(page: str | Path) -> str:
    return (ROOT / page).read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)", text(page))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_formats_page_lists_every_reader_and_no_other() -> None:
    rows = re.findall(r"^\| ([a-z、]+)(?:（[^）]*）)? \|", text("docs/formats.md"), re.MULTILINE)
    listed = {name for row in rows for name in row.split("、")}
    endings = [{suffix.lstrip(".") for suffix in reader.SUFFIXES} for reader in dropin.every(kg.reader).values()]
    assert [names for names in endings if not names & listed] == []
    assert listed <= set().union(*endings)


def test_every_code_on_the_formats_page_is_one_that_the_program_gives() -> None:
    codes = re.findall(r"\| `([a-z-]+)` \|$", text("docs/formats.md"), re.MULTILINE)
    program = "".join(path.read_text("utf-8") for path in (ROOT / "kg").rglob("*.py"))
    assert len(codes) >= 8
    assert [code for code in codes if f'"{code}"' not in program] == []


def test_the_architecture_page_names_files_that_exist() -> None:
    named = re.findall(r"`((?:kg|search|api|ontology)/[\w./]*)`", text("docs/architecture.md"))
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_architecture_page_tells_the_flow_in_ten_sentences() -> None:
    assert re.findall(r"^(\d+)\. ", text("docs/architecture.md"), re.MULTILINE) == [str(n) for n in range(1, 11)]


def test_the_extending_page_names_every_drop_in_folder() -> None:
    folders = [path.parent for path in ROOT.glob("*/*/__init__.py") if "drop-in folder" in path.read_text("utf-8")]
    assert folders
    assert [f for f in folders if f"{f.relative_to(ROOT).as_posix()}/" not in text("docs/extending.md")] == []
