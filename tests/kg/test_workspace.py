"""A workspace shows one whole generation, whatever happens to its writer."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from kg import workspace
from kg.errors import WorkspaceError
from kg.text import Source
from kg.workspace import Entry, Workspace


def published(place: Workspace, words: str) -> workspace.Generation:
    """A generation whose graph is one file with `words`."""
    with workspace.writing(place):
        draft = workspace.branch(place, workspace.live(place))
        (draft / "graph" / "facts").write_text(words, "utf-8")
        sha, text, _ = workspace.keep(place, words.encode("gb18030"), Source("甲.txt", words, sha256=""))
        entry = Entry("甲.txt", sha, text, "text/plain", "gb18030", "1", "https://example.org/report/1")
        return workspace.publish(place, draft, {entry.name: entry})


def test_a_new_workspace_has_no_generation(tmp_path: Path) -> None:
    assert workspace.live(workspace.create(tmp_path / "w")) is None


def test_the_last_published_generation_is_live_with_its_reports_and_their_text(tmp_path: Path) -> None:
    place = workspace.create(tmp_path)
    published(place, "第一版\r\n")
    generation = published(place, "第二版\r\n")
    assert generation.number == 2
    live = workspace.live(place)
    assert live is not None
    assert (live.graph / "facts").read_bytes().decode() == "第二版\r\n"
    source = workspace.source(place, live.entries["甲.txt"])
    assert source.text == "第二版\r\n"  # line ends as they were: offsets count them
    assert source.encoding == "gb18030"


def test_a_reader_of_the_old_generation_goes_on_reading_it(tmp_path: Path) -> None:
    place = workspace.create(tmp_path)
    old = published(place, "旧")
    published(place, "新")
    assert (old.graph / "facts").read_text("utf-8") == "旧"


def test_an_unpublished_draft_is_never_seen_and_does_not_stop_the_next_writer(tmp_path: Path) -> None:
    place = workspace.create(tmp_path)
    published(place, "旧")
    with workspace.writing(place):
        (workspace.branch(place, workspace.live(place)) / "graph" / "half").write_text("半")
    live = workspace.live(place)
    assert live is not None
    assert live.number == 1
    assert published(place, "新").number == 2
    assert not (place.generations / "000002" / "graph" / "half").exists()


def test_a_generation_renamed_but_not_swapped_in_is_replaced(tmp_path: Path) -> None:
    place = workspace.create(tmp_path)
    published(place, "一")
    published(place, "二")
    (place.folder / "current").write_text("1\n")  # as if killed between the rename and the swap
    assert published(place, "三").number == 2
    live = workspace.live(place)
    assert live is not None
    assert (live.graph / "facts").read_text("utf-8") == "三"


def hold(folder: Path, held: object, release: object) -> None:
    with workspace.writing(workspace.existing(folder)):
        held.set()  # type: ignore[attr-defined]
        release.wait(30)  # type: ignore[attr-defined]


def test_a_second_writer_is_told_at_once_who_holds_the_lock(tmp_path: Path) -> None:
    place = workspace.create(tmp_path)
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tmp_path, held, release))
    other.start()
    try:
        assert held.wait(30)
        with pytest.raises(WorkspaceError, match=str(other.pid)) as refused, workspace.writing(place):
            pass
        assert refused.value.code == "locked"
    finally:
        release.set()
        other.join()
    with workspace.writing(place):
        pass


def test_a_changed_text_is_noticed_when_it_is_read(tmp_path: Path) -> None:
    place = workspace.create(tmp_path)
    entry = published(place, "收入100万元").entries["甲.txt"]
    (place.folder / "texts" / entry.text).write_text("收入900万元", "utf-8")
    with pytest.raises(WorkspaceError) as damage:
        workspace.source(place, entry)
    assert (damage.value.code, damage.value.file) == ("damaged", "甲.txt")


@pytest.mark.parametrize(("name", "content"), [("jixiao.json", "{"), ("jixiao.json", '{"format": 99}')])
def test_a_broken_or_foreign_format_mark_is_refused(tmp_path: Path, name: str, content: str) -> None:
    workspace.create(tmp_path)
    (tmp_path / name).write_text(content)
    with pytest.raises(WorkspaceError):
        workspace.existing(tmp_path)


def test_a_folder_with_other_things_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("不是工作区")
    with pytest.raises(WorkspaceError) as refused:
        workspace.create(tmp_path)
    assert refused.value.code == "not-a-workspace"


def test_only_what_changed_is_written_again(tmp_path: Path) -> None:
    place = workspace.create(tmp_path)
    with workspace.writing(place):
        draft = workspace.branch(place, None)
        (draft / "graph" / "000007.sst").write_bytes(b"table")
        first = workspace.publish(place, draft, {})
    with workspace.writing(place):
        second = workspace.publish(place, workspace.branch(place, first), {})
    assert (second.graph / "000007.sst").samefile(first.graph / "000007.sst")
    assert second.checksums == first.checksums
