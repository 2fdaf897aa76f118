"""The page on the graph is made from the Turtle and is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontology.page import main, page

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: make docs"


def test_the_page_goes_to_a_file_or_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(tmp_path / "page.md")])
    main([])
    assert (tmp_path / "page.md").read_text("utf-8") == capsys.readouterr().out


@pytest.mark.parametrize("term", ["jx:executionRate", "jx:Evidence", "jx:supports", "`measures`", "search:query"])
def test_the_page_tells_of(term: str) -> None:
    assert term in page()
