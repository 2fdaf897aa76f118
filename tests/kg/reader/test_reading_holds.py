"""What holds for every text: spans in order and inside the source, nothing lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import reader
from kg.document import Document, Table, walk
from kg.text import Span

PIECES = [
    "一、",
    "（一）",
    "1.",
    "（2）",
    "# ",
    "**",
    "\t",
    "\n",
    "\n\n",
    "情况",
    "职责",
    "。",
    "，",
    "附件1",
    "目录",
    "|",
    "  ",
    "12",
    "水务局2024年自评报告",
    "负责全县水资源管理",
]


def leaves(document: Document) -> Iterator[Span]:
    for part in document.parts:
        for path in walk(part.sections):
            if path[-1].heading:
                yield path[-1].heading
            for block in path[-1].blocks:
                yield block.span


def check(document: Document) -> None:
    size = len(document.source.text)
    for span in leaves(document):
        assert 0 <= span.start < span.end <= size
        assert not document.source.quote(span)[0].isspace()
        assert not document.source.quote(span)[-1].isspace()
    for part in document.parts:
        for path in walk(part.sections):
            inside = path[-1]
            assert all(inside.span.covers(block.span) for block in inside.blocks)
            assert all(inside.span.covers(below.span) for below in inside.sections)
            for block in inside.blocks:
                if isinstance(block, Table):
                    assert len({len(row) for row in block.rows}) == 1
    spans = sorted(leaves(document))
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:], strict=False))


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_text_becomes_a_whole_tree(pieces: list[str]) -> None:
    text = "".join(pieces)
    if text.strip():
        check(reader.read(text.encode(), "a.txt"))


@pytest.mark.parametrize(
    "unit",
    [
        "目录\n",
        "水务局自评报告\n",
        "\ta\n\tb\n\n",
        "\t我们完成了。\n",
        "一、情况\n1、目标\n（一）情况\n",
        "|",
        "啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊，\n\n",
        "[bookmark: ",
    ],
)
def test_a_hostile_text_comes_to_an_end_and_is_a_whole_tree(unit: str) -> None:
    check(reader.read((unit * (160_000 // len(unit))).encode(), "a.txt"))


def test_the_real_reports_are_whole_trees(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        document = reader.read_file(path)
        assert document.source.text == path.read_bytes().decode()
        check(document)


def shape(document: Document) -> list[object]:
    """Titles, headings and blocks in words, wherever they stand."""
    plain = document.source.plain
    said: list[object] = []
    for part in document.parts:
        said.append((part.label, plain(part.title) if part.title else ""))
        for path in walk(part.sections):
            said.append((len(path), path[-1].number, path[-1].title))
            for block in path[-1].blocks:
                cells = [plain(c.span) for row in block.rows for c in row] if isinstance(block, Table) else []
                said.append(cells or plain(block.span))
    return said


def indented(text: str, blank: str) -> str:
    return re.sub(r"(?m)^(?=[^\t\n#|\s-])", blank, text)


def test_line_ends_encodings_and_indents_change_nothing(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        data = path.read_bytes()
        text = data.decode()
        plain = shape(reader.read(data, "a.txt"))
        assert shape(reader.read(text.replace("\n", "\r\n").encode(), "a.txt")) == plain
        assert shape(reader.read(text.encode("gb18030"), "a.txt")) == plain
        assert shape(reader.read(text.encode("utf-16"), "a.txt")) == plain
        assert shape(reader.read(indented(text, "\u3000\u3000").encode(), "a.txt")) == plain
        assert shape(reader.read(indented(text, "\xa0\xa0").encode(), "a.txt")) == plain
