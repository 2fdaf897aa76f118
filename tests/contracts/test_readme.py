"""The README can be followed: its commands, options, exports and examples exist, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

import kg.exports
from api.cli import app
from kg import dropin

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.en.md")


def text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


@pytest.mark.parametrize("page", READMES)
def test_the_readme_names_commands_and_options_that_exist(page: str) -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    used = re.findall(r"^jixiao (\w+)(.*)$", text(page), re.MULTILINE)
    assert {name for name, _ in used} >= {"build", "check", "facts", "ask", "search", "query", "serve"}
    for name, rest in used:
        options = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"(?<=\s)--[\w-]+", rest.split("#")[0])) <= options


@pytest.mark.parametrize("page", READMES)
def test_the_readme_uses_exports_and_examples_that_exist(page: str) -> None:
    assert set(re.findall(r"--format (\w+)", text(page))) <= set(dropin.names(kg.exports))
    named = re.findall(r"(?:--report|jixiao text) (\S+\.\w+)", text(page))
    assert [name for name in named if not (ROOT / "examples" / "reports" / name).is_file()] == []


@pytest.mark.parametrize("page", READMES)
def test_the_readme_counts_the_planted_slips(page: str) -> None:
    count = len(text("examples/planted.jsonl").splitlines())
    assert re.search(rf"\b{count} (?:处差错|deliberate slips)", text(page))


def test_both_readmes_run_the_same_kinds_of_command() -> None:
    kinds = [
        set(re.findall(r"^(?:jixiao \w+|make \w+|curl +-?G? *http\S+)", text(page), re.MULTILINE)) for page in READMES
    ]
    assert kinds[0] == kinds[1]
