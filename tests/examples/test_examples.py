"""The example reports: there, in the shapes that they stand for, and wrong only where they say so."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2] / "examples"
REPORTS = sorted((HERE / "reports").iterdir())
PLANTED = [json.loads(line) for line in (HERE / "planted.jsonl").read_text("utf-8").splitlines()]
CLEAN = {"云溪县档案馆2024年自评.txt", "青岭区水利局2023年自评.md"}


def raw(path: Path) -> str:
    """The text of a report without any reader of ours: markup stays, Word's is taken off."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030")


def words(text: str) -> str:
    """Only what is said: no tags, blanks or table rules."""
    return re.sub(r"<[^>]+>|[\s|]", "", text)


def named(name: str) -> Path:
    return HERE / "reports" / name


def test_there_are_enough_reports_of_every_format() -> None:
    assert len(REPORTS) >= 10
    assert {path.suffix for path in REPORTS} == {".md", ".txt", ".html", ".docx"}


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name)
def test_a_report_is_as_long_as_real_ones(path: Path) -> None:
    assert 1_000 < len(words(raw(path))) < 10_000


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name)
def test_the_readme_names_every_report(path: Path) -> None:
    assert path.name in (HERE / "README.md").read_text("utf-8")


def test_one_report_is_not_utf8() -> None:
    with pytest.raises(UnicodeDecodeError):
        named("松洲市商务局2024年自评.txt").read_bytes().decode()


def test_every_report_has_a_planted_slip_save_the_two_clean_ones() -> None:
    assert {p.name for p in REPORTS} - {entry["report"] for entry in PLANTED} == CLEAN


@pytest.mark.parametrize("entry", PLANTED, ids=lambda e: f"{e['report']} {e['type']}")
def test_a_planted_slip_stands_in_its_reports_and_in_the_readme(entry: dict[str, object]) -> None:
    assert entry["evidence"]
    for place in entry["evidence"]:
        assert words(place["quote"]) in words(raw(named(place["report"])))
    assert entry["explanation"] in (HERE / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted({entry["report"] for entry in PLANTED}))
def test_the_fixes_of_a_report_can_all_be_made(name: str) -> None:
    text = raw(named(name))
    for old, new in (fix for entry in PLANTED if entry["report"] == name for fix in entry["fix"]):
        assert old in text
        text = text.replace(old, new)
    unchanged = words(raw(named(name)))
    assert words(text) != unchanged


def test_somebody_takes_complaints_of_foreign_investors() -> None:
    assert "负责外商投资企业投诉工作" in raw(named("松洲市商务局2024年自评.txt"))


def test_the_later_year_copies_the_earlier() -> None:
    early, late = (set(raw(named(f"青岭区水利局{year}年自评.md")).splitlines()) for year in (2023, 2024))
    assert len([line for line in early & late if len(line) > 20]) >= 8
