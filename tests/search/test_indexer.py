"""The model of an index: recorded with it, changed by a build, which says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import workspace
from kg.build import Summary, build
from kg.verify import verify
from search.collection import open_collection
from search.index import SearchIndex, outdated
from search.indexer import SearchIndexer

REPORT = (
    "临江县水务局2023年度部门整体支出绩效自评报告\n\n一、部门职责\n（一）负责水库防汛调度。\n（二）受理投诉信访。\n"
)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "水务.txt").write_text(REPORT, "utf-8")
    return tmp_path / "inbox"


def built(inbox: Path, indexer: SearchIndexer) -> Summary:
    return build(workspace.create(inbox.parent / "workspace"), [inbox], indexer)


def test_an_index_is_opened_with_the_model_that_made_it(inbox: Path, tiny_model: str) -> None:
    done: list[int] = []
    assert built(inbox, SearchIndexer(tiny_model, done.append)).published
    index = open_collection(inbox.parent / "workspace").index
    assert index.model == tiny_model
    assert index.search("水库防汛", 1, minimum=0.0)
    assert sum(done) == len(index.catalogue)


def test_a_changed_model_makes_the_vectors_anew_and_says_so(inbox: Path, tiny_model: str, other_model: str) -> None:
    built(inbox, SearchIndexer(tiny_model))
    assert not built(inbox, SearchIndexer()).published
    told: list[str] = []
    assert built(inbox, SearchIndexer(other_model, notice=told.append)).published
    assert any("向量模型变了" in sentence for sentence in told)
    place = inbox.parent / "workspace"
    assert open_collection(place).index.model == other_model
    assert open_collection(place).index.search("水库防汛", 1, minimum=0.0)
    assert verify(workspace.existing(place), SearchIndexer()) == []
    assert not built(inbox, SearchIndexer()).published


def test_reports_read_again_are_not_embedded_again(
    inbox: Path, tiny_model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(inbox, SearchIndexer(tiny_model))
    from search.embedding import load_model

    def encode(texts: object) -> None:
        raise AssertionError(f"embedded again: {texts}")

    monkeypatch.setattr(load_model(tiny_model), "encode_passages", encode)
    place = workspace.existing(inbox.parent / "workspace")
    assert build(place, [inbox], SearchIndexer(), again=True).published
    assert open_collection(place.folder).index.search("水库防汛", 1, minimum=0.0)


def test_what_is_outdated_is_named(inbox: Path, tiny_model: str, other_model: str) -> None:
    built(inbox, SearchIndexer(tiny_model))
    folder = open_collection(inbox.parent / "workspace").generation.search
    assert outdated(folder) == ()
    assert outdated(folder, other_model) == ("dense", "wordwise")
    (folder / "lexical" / "segmenter.txt").write_text("another")
    assert outdated(folder) == ("lexical",)
    assert len(SearchIndex.open(folder).catalogue) > 0
