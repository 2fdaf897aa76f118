"""The Word example comes from its script, the same each time."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_docx", HERE / "make_docx.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_writing_twice_gives_the_same_bytes(script: ModuleType, tmp_path: Path) -> None:
    script.main(tmp_path / "a.docx")
    script.main(tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_the_committed_file_is_what_the_script_writes(script: ModuleType, tmp_path: Path) -> None:
    script.main(tmp_path / "new.docx")
    with zipfile.ZipFile(tmp_path / "new.docx") as new, zipfile.ZipFile(script.TARGET) as kept:
        assert new.read("word/document.xml") == kept.read("word/document.xml")


def test_it_has_headings_by_style_and_merged_cells(script: ModuleType) -> None:
    with zipfile.ZipFile(script.TARGET) as package:
        body = package.read("word/document.xml").decode()
    assert '<w:pStyle w:val="Heading1"/>' in body
    assert "<w:vMerge" in body
    assert "<w:gridSpan" in body
