"""A tiny embedding model and a handful of passages for the tests of search."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from kg.text import Span
from search.passage import Passage

MODULE = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
Make = Callable[..., Passage]


def write_model(folder: Path, *, seed: int = 0, words: str = "水库防汛学校校车医院看病道路灯投诉信访预算") -> Path:
    """A StaticEmbedding folder over single characters, without importing sentence-transformers."""
    folder.mkdir(parents=True)
    vocabulary = {"[UNK]": 0} | {char: i for i, char in enumerate(dict.fromkeys(words), 1)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.random.default_rng(seed).normal(size=(len(vocabulary), 16)).astype(np.float32)
    table[0] = 0.01
    save_file({"embedding.weight": table}, str(folder / "model.safetensors"))
    (folder / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": MODULE}]))
    prompts = {"prompts": {"query": "", "document": ""}, "default_prompt_name": None, "similarity_fn_name": "cosine"}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    return folder


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_model(tmp_path_factory.mktemp("models") / "tiny"))


@pytest.fixture(scope="session")
def other_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same vocabulary with other vectors."""
    return str(write_model(tmp_path_factory.mktemp("models") / "tiny", seed=1))


@pytest.fixture
def passage() -> Make:
    """Make a passage of just a text; each stands behind the one before in its report."""
    ends: dict[str, int] = {}

    def make(text: str, *, report: str = "甲.txt", kind: str = "duty", **fields: object) -> Passage:
        start = ends.get(report, 0)
        ends[report] = start + len(text) + 1
        span = Span(start, start + len(text))
        return Passage(report=report, sha256=report, span=span, text=text, sentence=text, kind=kind, **fields)  # type: ignore[arg-type]

    return make


def iri(passage: Passage) -> str:
    return f"https://example.org/{passage.report}/{passage.span.start}-{passage.span.end}"
