"""Files as they come: encodings, wrong names, and refusals that say what to do."""

from pathlib import Path

import pytest
from trees import sections

from kg import reader
from kg.errors import UnreadableFile
from kg.reader import _files

TEXT = "一、主要职责\n负责全县水资源管理，组织实施。\n二、机构设置\n内设三个股室。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    document = reader.read(TEXT.encode(encoding), "a.txt")
    assert document.source.text == TEXT
    assert [section.title for section in sections(document)] == ["主要职责", "机构设置"]


def test_a_byte_order_mark_counts_as_a_plain_decoder_counts_it() -> None:
    data = b"\xef\xbb\xbf" + TEXT.encode()
    document = reader.read(data, "a.txt")
    assert document.source.text == data.decode("utf-8")
    assert document.source.quote(document.parts[0].sections[0].span).startswith("一、")


def test_line_ends_are_not_translated() -> None:
    data = TEXT.replace("\n", "\r\n").encode()
    document = reader.read(data, "a.txt")
    assert document.source.text == data.decode()
    assert [section.title for section in sections(document)] == ["主要职责", "机构设置"]


def refused(data: bytes, name: str) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        reader.read(data, name)
    assert caught.value.file == name
    assert caught.value.message
    return caught.value


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf", b"\0\0\0"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refused(data, "空.txt").code == "empty-file"


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x7fELF\x02\x01\x01" + b"\0" * 500, b"GIF89a" + bytes(900)])
def test_a_binary_file_named_txt_is_refused(data: bytes) -> None:
    assert refused(data, "程序.txt").code in ("binary-file", "unknown-format")


def test_a_text_beyond_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_files, "LARGEST_TEXT", 100)
    assert refused(TEXT.encode() * 10, "大.txt").code == "too-large"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        reader.read_file(tmp_path / "没有.txt")
    assert (caught.value.code, caught.value.file) == ("no-such-file", "没有.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        reader.read_file(tmp_path)
    assert caught.value.code == "unreadable"


def test_a_file_is_read_under_the_name_given(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    assert reader.read_file(path, "2024/水务局.txt").source.name == "2024/水务局.txt"


def test_a_text_that_is_no_report_reads_without_complaint() -> None:
    document = reader.read("会议改到周三，请大家准时参加。\n".encode(), "通知.txt")
    assert len(document.parts) == 1
    assert [section.title for section in sections(document)] == [""]
