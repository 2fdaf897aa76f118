"""What search finds of what readers judged to be answers, among passages that were made up.

The second form of `searching.py`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import generated

from kg import workspace
from search.index import HYBRID, SearchIndex, drafting

NEAREST = 10
MODES = (HYBRID, "dense", "lexical")


def judged(queries: Path, place: Path, distractors: int, scorer: Path | None, out: Path) -> None:
    """Answer the judged queries among the strangers, in every mode, and print the scores."""
    live = workspace.live(workspace.existing(place))
    assert live is not None, "a workspace with nothing in it"
    asked = [json.loads(line) for line in queries.read_text("utf-8").splitlines() if line.strip()]
    for number in dict.fromkeys((0, distractors)):
        folder = out / f"search-{number}"
        shutil.copytree(live.search, folder)
        with drafting(folder) as draft:
            for passages in generated.reports(number):
                draft.add(passages, generated.name)
        index = SearchIndex.open(folder)
        print(f"\n{len(index.catalogue):,} passages, {number:,} of them made up")
        for mode in MODES:
            answers = out / f"{mode}-{number}.jsonl"
            answers.write_text("\n".join(_answer(index, query, mode) for query in asked), "utf-8")
            print(f"  {mode:8} {_score(scorer, queries, answers)}", flush=True)


def _answer(index: SearchIndex, query: dict[str, Any], mode: str) -> str:
    kind = "duty" if query.get("type") == "duty" else None
    hits = index.search(query["query"], NEAREST, kind=kind, mode=mode)
    return json.dumps({"id": query["id"], "results": [hit.to_json() for hit in hits]}, ensure_ascii=False)


def _score(scorer: Path | None, gold: Path, answers: Path) -> str:
    if scorer is None:
        return str(answers)
    scores = answers.with_suffix(".scores.json")
    command = [sys.executable, str(scorer), "--gold", str(gold), "--system", str(answers), "--json", str(scores)]
    subprocess.run(command, check=True, capture_output=True)
    groups = json.loads(scores.read_text("utf-8"))
    return "  ".join(f"{name} {groups[name]['ndcg']:.3f}" for name in groups if name.startswith(("all", "style")))
