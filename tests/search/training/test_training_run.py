"""Training from end to end on a handful of made texts."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file
from sentence_transformers import SentenceTransformer

from search.embedding import load_model
from search.training import contrast, sources, train

PASSAGES = {
    "负责河道清淤和堤防维护": ["河里淤泥谁挖", "who clears mud from the river"],
    "组织中小学教师招聘考试": ["想当老师怎么考", "how to become a teacher"],
    "管理公共租赁住房分配": ["便宜房子怎么申请", "cheap flats for renters"],
    "查处无证行医和非法诊所": ["黑诊所谁来查", "quack doctors"],
    "发放种粮农民补贴资金": ["种地有没有补贴", "money for grain farmers"],
    "维护城市路灯和井盖": ["路灯坏了找谁", "broken street lamps"],
}
RECIPE = train.Recipe(
    chinese=200,
    english=100,
    dims=16,
    batch=8,
    distracting=4,
    held_distractors=5,
    learning=contrast.Settings(steps=30, own_rate=1e-2, part_rate=1e-2),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder as `--data` wants it: six task passages, a few public pairs, some lines of text."""
    folder = tmp_path / "data"
    for part in ("pairs", "public"):
        (folder / part).mkdir(parents=True)
    lines = [{"passage": p, "queries": q, "near": "负责机关会议室管理"} for p, q in PASSAGES.items()]
    (folder / "pairs" / "made.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    _zipped(
        folder / "public" / "law.jsonl.gz", [{"a": "水法 总则", "b": f"第{n}条河道管理应当依法进行"} for n in range(20)]
    )
    _zipped(folder / "public" / "lexicon.jsonl.gz", [{"a": "river", "b": "河道"}, {"a": "teacher", "b": "教师"}])
    with gzip.open(folder / "public" / "text.txt.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join([*PASSAGES, "河道和堤防由水利部门管理", "教师由学校聘用"] * 3))
    return folder


def _zipped(path: Path, records: list[dict[str, str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(json.dumps(record, ensure_ascii=False) for record in records))


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    """A folder without pairs, in place of those that come with the project."""
    (tmp_path / "none").mkdir()
    return tmp_path / "none"


def test_a_made_model_is_read_alike_by_both_libraries_and_knows_what_it_was_taught(data: Path, nothing: Path) -> None:
    told: list[str] = []
    out = data / "model"
    train.make(data, out, RECIPE, told.append, own=nothing)
    assert told[-1].startswith("as saved")

    taught = [(q, passage) for passage, queries in PASSAGES.items() for q in queries]
    fast = load_model(str(out))
    queries = np.stack([fast.encode_query(q) for q, _ in taught])
    slow = SentenceTransformer(str(out), device="cpu").encode([q for q, _ in taught]).astype(np.float32)
    assert np.abs(queries - slow).max() < 2e-3

    passages = list(PASSAGES)
    found = (queries @ fast.encode_passages(passages).T).argmax(axis=1)
    corpus = sources.read(data, nothing)
    learnt = {p.query for p in corpus.task}
    right = [passages[i] == passage for i, (q, passage) in zip(found, taught, strict=True) if q in learnt]
    assert np.mean(right) > 0.8


def test_training_twice_gives_the_same_weights(data: Path, nothing: Path) -> None:
    torch.set_num_threads(1)
    for name in ("one", "two"):
        train.make(data, data / name, RECIPE, lambda _: None, own=nothing)
    one, two = (load_file(data / name / "model.safetensors")["embedding.weight"] for name in ("one", "two"))
    assert one.dtype == np.float16
    np.testing.assert_array_equal(one, two)


def test_a_passage_is_held_out_with_all_its_queries(data: Path, nothing: Path) -> None:
    corpus = sources.read(data, nothing, held_share=0.5)
    assert {p.passage for p in corpus.held}.isdisjoint(p.passage for p in corpus.task)
    assert {p.passage for p in corpus.held + corpus.task} == set(PASSAGES)
    assert len(corpus.held + corpus.task) == 12


def test_no_two_own_pairs_ask_the_same() -> None:
    records = [
        json.loads(line) for path in sources.OWN_PAIRS.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()
    ]
    queries = [query for record in records for query in record["queries"]]
    assert len(queries) == len(set(queries)) >= 3000
    assert len({record["passage"] for record in records}) == len(records)
    assert all(record["near"] != record["passage"] for record in records)
