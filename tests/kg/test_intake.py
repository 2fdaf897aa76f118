"""What paths, folders and zips of reports come to."""

import errno
import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg import archive, intake, workspace
from kg.build import build
from kg.errors import UnreadableFile
from search.indexer import SearchIndexer

REPORT = "青禾县林业局2024年度部门整体支出绩效自评报告\n一、收支情况\n2024年收入总计{0}万元。\n"


def zipped(entries: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in entries.items():
            package.writestr(name, body)
    return out.getvalue()


def names(path: Path) -> list[str]:
    found, missing = intake.collect([path])
    assert missing == []
    return [item.name for item in found]


def refused(path: Path) -> str:
    found, missing = intake.collect([path])
    assert found == []
    (error,) = missing
    assert error.file == path.name
    return error.code


@pytest.fixture
def box(tmp_path: Path) -> Path:
    return tmp_path / "报告.zip"


def test_a_folder_is_read_with_all_below_it_but_hidden_files_and_links(tmp_path: Path) -> None:
    (tmp_path / "下").mkdir()
    for name in ("b.txt", "a.txt", ".hidden", "~$a.docx", "下/c.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    assert names(tmp_path) == ["a.txt", "b.txt", "下/c.txt"]


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    found, (error,) = intake.collect([tmp_path / "没有.txt"])
    assert (found, error.code) == ([], "no-such-file")


def test_a_folder_that_is_shut_is_told_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("开", "关"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("x")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if Path(path).name == "关":
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)  # to root no folder is shut
    found, (error,) = intake.collect([tmp_path])
    assert [item.name for item in found] == ["开/a.txt"]
    assert (error.file, error.code) == ("关", "unreadable")


def test_a_pipe_is_no_report(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    found, (error,) = intake.collect([tmp_path / "管道"])
    assert (found, error.code) == ([], "unreadable")


def test_the_files_of_a_zip_are_read_one_by_one(box: Path) -> None:
    box.write_bytes(zipped({"水务局.txt": "甲", "下级/教育局.md": "乙", "__MACOSX/x": "z", ".DS_Store": "z"}))
    found, _ = intake.collect([box])
    assert [item.name for item in found] == ["报告.zip/下级/教育局.md", "报告.zip/水务局.txt"]
    assert [intake.load(item).decode() for item in found] == ["乙", "甲"]


def test_a_zip_with_an_entry_without_a_name_is_damaged(box: Path) -> None:
    box.write_bytes(zipped({"a.txt": "甲", "b.txt": "乙"}).replace(b"b.txt", b"\0.txt"))
    assert refused(box) == "damaged-file"


def test_a_zip_in_a_zip_is_read_and_one_deeper_is_not(box: Path) -> None:
    inner = zipped({"b.txt": "乙", "c.txt": "丙"})
    box.write_bytes(zipped({"a.txt": "甲", "内.zip": inner}))
    found, _ = intake.collect([box])
    assert [intake.load(item).decode() for item in found] == ["甲", "乙", "丙"]
    box.write_bytes(zipped({"1.zip": zipped({"2.zip": zipped({"3.zip": inner})})}))
    assert refused(box) == "too-deep"


def test_names_that_lead_out_are_only_names(box: Path) -> None:
    box.write_bytes(zipped({"../../etc/passwd": "a", "/tmp/x.txt": "b", "C:\\y\\z.txt": "c", "a\u202eb.txt": "d"}))
    assert names(box) == ["报告.zip/C:/y/z.txt", "报告.zip/ab.txt", "报告.zip/etc/passwd", "报告.zip/tmp/x.txt"]
    assert not (box.parent / "etc").exists()


def test_names_in_the_encoding_of_windows_are_read(box: Path) -> None:
    raw = zipped({"QQQQ.txt": "甲"})
    box.write_bytes(raw.replace(b"QQQQ", "水务".encode("gbk")))
    assert names(box) == ["报告.zip/水务.txt"]


def test_documents_that_are_zips_are_no_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}))
    assert names(path) == ["a.docx"]


def test_an_archive_with_too_much_in_it_is_refused(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box.write_bytes(zipped({f"{n}.txt": "a" for n in range(5)}))
    monkeypatch.setattr(archive, "_MOST", 4)
    assert refused(box) == "too-many-files"
    monkeypatch.setattr(archive, "_MOST", 10)
    monkeypatch.setattr(archive, "_ALL", 4)
    assert refused(box) == "too-large"


def test_a_bomb_is_not_unpacked(box: Path) -> None:
    box.write_bytes(zipped({"a.txt": bytes(8 * 2**20)}))
    (item,), _ = intake.collect([box])
    with pytest.raises(UnreadableFile) as caught:
        intake.load(item)
    assert caught.value.code == "too-large"


def test_an_empty_archive_says_so(box: Path) -> None:
    box.write_bytes(zipped({"下/": "", ".x": "a"}))
    assert refused(box) == "empty-file"


def test_a_damaged_entry_is_refused_alone(box: Path) -> None:
    data = zipped({"a.txt": "好" * 1000, "b.txt": "坏" + "".join(chr(0x4E00 + n * 7) for n in range(999))})
    at = data.index(b"b.txt") + 40
    box.write_bytes(data[:at] + bytes(60) + data[at + 60 :])
    found, missing = intake.collect([box])
    assert missing == []
    assert intake.load(found[0]).decode() == "好" * 1000
    with pytest.raises(UnreadableFile) as caught:
        intake.load(found[1])
    assert caught.value.code == "damaged-file"


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x" * 100)
    monkeypatch.setattr(intake, "LARGEST", 50)
    (item,), _ = intake.collect([path])
    with pytest.raises(UnreadableFile) as caught:
        intake.load(item)
    assert caught.value.code == "too-large"


def test_a_zip_is_built_like_a_folder(tmp_path: Path, box: Path) -> None:
    box.write_bytes(zipped({"一.txt": REPORT.format("512.30"), "二.txt": REPORT.format("70")}))
    place = workspace.create(tmp_path / "workspace")
    told = {outcome.name: outcome.status for outcome in build(place, [box], SearchIndexer()).outcomes}
    assert told == {"报告.zip/一.txt": "added", "报告.zip/二.txt": "added"}
    assert {o.status for o in build(place, [box], SearchIndexer()).outcomes} == {"unchanged"}
