"""Who may know whom, where import-linter cannot say it: drop-in files are strangers, heavy things sit at one edge."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from kg import dropin

ROOT = Path(__file__).parents[2]
FOLDERS = (
    "kg.reader", "kg.layouts", "kg.extractors", "kg.rules", "kg.stores", "kg.exports", "search.retrievers",
    "search.questions",
)  # fmt: skip
EDGES = {"faiss": "search/retrievers/dense.py", "sentence_transformers": "search/embedding.py"}


def imported(path: Path) -> set[str]:
    """The dotted names that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_files_of_a_dropin_folder_do_not_know_each_other(folder: str) -> None:
    package = importlib.import_module(folder)
    variants = {f"{folder}.{name}" for name in dropin.names(package)}
    assert variants
    for name in dropin.names(package):
        path = Path(next(iter(package.__path__))) / f"{name}.py"
        known = imported(path) & variants - {f"{folder}.{name}"} if path.is_file() else set()
        assert not known, f"{folder}.{name} knows {known}"


@pytest.mark.parametrize(("package", "edge"), EDGES.items())
def test_a_heavy_library_is_imported_in_one_place(package: str, edge: str) -> None:
    files = [p for top in ("kg", "ontology", "search", "api") for p in (ROOT / top).rglob("*.py")]
    users = {p.relative_to(ROOT).as_posix() for p in files if any(n.split(".")[0] == package for n in imported(p))}
    assert {user for user in users if not user.startswith("search/training/")} <= {edge}


def test_facts_can_be_listed_without_loading_a_model_or_a_web_framework() -> None:
    source = "import sys, kg.examine, kg.graph.dataset; print([m for m in sys.modules if m in %r])"
    heavy = ("faiss", "torch", "sentence_transformers", "fastapi", "tantivy")
    command = [sys.executable, "-c", source % (heavy,)]
    out = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout.strip() == "[]"
