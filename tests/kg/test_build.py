"""What becomes of files that are built: good, bad, changed, twice the same."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import workspace
from kg.build import Outcome, Summary, build
from kg.errors import WorkspaceError
from kg.facts import Fact
from kg.harvest import Passages
from kg.reading import Reading
from kg.workspace import Workspace
from search.collection import open_collection
from search.indexer import SearchIndexer
from search.passage import Passage, passages

REPORT = """青禾县林业局2024年度部门整体支出绩效自评报告

一、部门基本情况
（一）部门职责
1、负责林业和草原生态保护修复的监督管理。
2、组织开展森林防火巡护和火情早期处理。
（二）收支情况
2024年本部门收入总计{income}万元，支出总计{income}万元。
五、存在的问题
绩效指标设置不够细化。
"""


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "workspace")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def run(place: Workspace, *paths: Path) -> Summary:
    return build(place, paths, SearchIndexer())


def deadly(readings: Sequence[Reading], facts: Sequence[Fact]) -> Sequence[Passage]:
    """The passages of a report, one of which kills who asks for them."""
    if readings[0].document.source.name == "乙.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    return passages(readings, facts)


@dataclass(frozen=True, slots=True)
class Deadly(SearchIndexer):
    @property
    def passages(self) -> Passages:
        return deadly


def greedy(readings: Sequence[Reading], facts: Sequence[Fact]) -> Sequence[Passage]:
    """The passages of a report, one of which takes more memory than there is."""
    if readings[0].document.source.name == "乙.txt":
        raise MemoryError
    return passages(readings, facts)


@dataclass(frozen=True, slots=True)
class Greedy(SearchIndexer):
    @property
    def passages(self) -> Passages:
        return greedy


def told(summary: Summary) -> dict[str, tuple[str, str]]:
    return {outcome.name: (outcome.status, outcome.code) for outcome in summary.outcomes}


def incomes(place: Workspace) -> set[str]:
    rows = open_collection(place.folder).query("SELECT ?v { ?d a jx:Department ; jx:totalIncome ?v }")
    return {str(row[0]) for row in rows}


def test_a_report_is_read_once_and_a_second_build_does_nothing(place: Workspace, inbox: Path) -> None:
    (inbox / "林业.txt").write_text(REPORT.format(income="512.30"), "utf-8")
    first = run(place, inbox)
    assert told(first) == {"林业.txt": ("added", "")}
    assert first.published
    again = run(place, inbox)
    assert told(again) == {"林业.txt": ("unchanged", "")}
    assert not again.published
    assert again.generation == first.generation


def test_a_changed_report_replaces_what_it_said_before(place: Workspace, inbox: Path) -> None:
    path = inbox / "林业.txt"
    path.write_text(REPORT.format(income="512.30"), "utf-8")
    run(place, inbox)
    path.write_text(REPORT.format(income="615.80"), "utf-8")
    assert told(run(place, inbox)) == {"林业.txt": ("changed", "")}
    assert incomes(place) == {"6158000"}
    found = open_collection(place.folder).search("森林防火", k=10)
    assert len({(hit.passage.report, hit.passage.span) for hit in found}) == len(found)


def test_bad_files_are_named_with_the_reason_and_the_rest_is_read(place: Workspace, inbox: Path) -> None:
    (inbox / "好.txt").write_text(REPORT.format(income="512.30"), "utf-8")
    (inbox / "空.txt").write_bytes(b"")
    (inbox / "程序.txt").write_bytes(bytes(range(256)) * 64)
    (inbox / "旧.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2048)
    summary = build(place, [inbox, inbox / "没有.txt"], SearchIndexer())
    outcomes = told(summary)
    assert outcomes["好.txt"][0] == "added"
    assert outcomes["空.txt"] == ("refused", "empty-file")
    assert outcomes["程序.txt"] == ("refused", "binary-file")
    assert outcomes["旧.doc"][0] == "refused"
    assert outcomes[str(inbox / "没有.txt")] == ("refused", "no-such-file")
    assert all(outcome.message for outcome in summary.outcomes if outcome.status == "refused")
    assert summary.trouble


def test_a_text_that_is_no_report_is_refused(place: Workspace, inbox: Path) -> None:
    (inbox / "诗.txt").write_text("床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n", "utf-8")
    summary = run(place, inbox)
    assert told(summary) == {"诗.txt": ("refused", "no-report")}
    assert not summary.published


def test_a_notice_with_a_few_accounts_is_read_though_it_has_no_title(place: Workspace, inbox: Path) -> None:
    said = "2023年本部门财政拨款安排“三公”经费5.4万元，其中：因公出国（境）费0万元，公务接待费5.4万元。"
    (inbox / "说明.txt").write_text(f"一、“三公”经费安排情况\n{said}\n", "utf-8")
    assert told(run(place, inbox)) == {"说明.txt": ("added", "")}


def test_a_saved_page_of_nothing_but_navigation_is_refused(place: Workspace, inbox: Path) -> None:
    page = '<html><body><div class="nav"><a href="/">首页</a> <a href="/map">网站地图</a></div></body></html>'
    (inbox / "页.html").write_text(page, encoding="utf-8")
    assert told(run(place, inbox)) == {"页.html": ("refused", "no-report")}


def test_a_text_that_lists_reports_is_none_itself(place: Workspace, inbox: Path) -> None:
    listed = "# 说明\n\n本文件夹收录公开的报告共2份。\n\n| 文件 | 来源 |\n|---|---|\n"
    rows = "| 云溪县水务局2024年度部门决算.pdf | 县政府网站 |\n| 白石县教育局2024年部门预算.pdf | 县政府网站 |\n"
    (inbox / "README.md").write_text(listed + rows, "utf-8")
    assert told(run(place, inbox)) == {"README.md": ("refused", "no-report")}


def test_a_text_that_tells_of_reports_by_their_files_is_none_itself(place: Workspace, inbox: Path) -> None:
    rows = "".join(
        f"| 青山县第{n}中学2024年自评.md | 预算{n}00万元，支出{n}0万元，培训{n}0人次 |\n" for n in range(1, 8)
    )
    told_of = f"## 青山县教育局的示例\n\n青山县教育局编写。\n\n| 文件 | 内容 |\n|---|---|\n{rows}"
    (inbox / "README.md").write_text(told_of, "utf-8")
    assert told(run(place, inbox)) == {"README.md": ("refused", "no-report")}


def test_a_text_of_50_mb_is_refused_at_once_and_stops_no_other(place: Workspace, inbox: Path) -> None:
    (inbox / "长.txt").write_bytes("负责全县水利工程建设。\n".encode() * (50 * 2**20 // 34))
    (inbox / "好.txt").write_text(REPORT.format(income="512.30"), "utf-8")
    assert told(run(place, inbox)) == {"好.txt": ("added", ""), "长.txt": ("refused", "too-large")}


def test_gb18030_says_the_same_as_utf8(place: Workspace, inbox: Path) -> None:
    text = REPORT.format(income="512.30")
    (inbox / "国标.txt").write_bytes(text.encode("gb18030"))
    run(place, inbox)
    collection = open_collection(place.folder)
    assert collection.source("国标.txt").text == text
    for fact in collection.facts():
        assert text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote


def test_two_files_with_the_same_content_are_one_report(place: Workspace, inbox: Path) -> None:
    for name in ("乙.txt", "甲.txt"):
        (inbox / name).write_text(REPORT.format(income="512.30"), "utf-8")
    summary = run(place, inbox)
    assert told(summary) == {"乙.txt": ("added", ""), "甲.txt": ("duplicate", "same-content")}
    assert "乙.txt" in summary.outcomes[1].message
    assert not summary.trouble


def test_two_different_files_of_one_name_do_not_overwrite_each_other(place: Workspace, tmp_path: Path) -> None:
    for folder, income in (("a", "512.30"), ("b", "615.80")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "林业.txt").write_text(REPORT.format(income=income), "utf-8")
    summary = run(place, tmp_path / "a", tmp_path / "b")
    assert [(o.status, o.code) for o in summary.outcomes] == [("added", ""), ("refused", "name-taken")]
    assert incomes(place) == {"5123000"}


def test_building_twice_from_nothing_gives_the_same_graph(tmp_path: Path, inbox: Path) -> None:
    (inbox / "林业.txt").write_text(REPORT.format(income="512.30"), "utf-8")
    graphs = []
    for name in ("one", "two"):
        place = workspace.create(tmp_path / name)
        run(place, inbox)
        quads = open_collection(place.folder).dataset.quads()
        graphs.append({tuple(map(str, quad)) for quad in quads})
    assert graphs[0] == graphs[1]


def test_the_graph_and_what_is_told_are_the_same_whatever_the_number_of_processes(tmp_path: Path, inbox: Path) -> None:
    for number in range(12):
        text = REPORT.format(income=f"{number + 500}.30").replace("青禾县", f"{'甲乙丙丁'[number % 4]}山县")
        (inbox / f"{number}.txt").write_text(text.replace("2024", str(2020 + number // 4)), "utf-8")
    (inbox / "3副本.txt").write_bytes((inbox / "3.txt").read_bytes())
    (inbox / "空.txt").write_bytes(b"")
    made = []
    for jobs in (1, 3):
        place = workspace.create(tmp_path / str(jobs))
        summary = build(place, [inbox], SearchIndexer(), jobs=jobs)
        quads = open_collection(place.folder).dataset.quads()
        made.append((summary.outcomes, summary.across, {tuple(map(str, quad)) for quad in quads}))
    assert made[0] == made[1]
    assert sum(outcome.status == "added" for outcome in made[0][0]) == 12


def test_a_report_whose_process_dies_is_told_and_stops_no_other(place: Workspace, inbox: Path) -> None:
    for name in ("甲", "乙", "丙"):
        (inbox / f"{name}.txt").write_text(REPORT.format(income="512.30").replace("青禾", name), "utf-8")
    summary = build(place, [inbox], Deadly(), jobs=2)
    assert {name: status for name, (status, _) in told(summary).items()} == {
        "甲.txt": "added", "乙.txt": "failed", "丙.txt": "added"
    }  # fmt: skip
    assert next(o.code for o in summary.outcomes if o.name == "乙.txt") == "crashed"


def test_a_report_that_takes_too_much_memory_is_refused_and_stops_no_other(place: Workspace, inbox: Path) -> None:
    for name in ("甲", "乙"):
        (inbox / f"{name}.txt").write_text(REPORT.format(income="512.30").replace("青禾", name), "utf-8")
    summary = build(place, [inbox], Greedy(), jobs=1)
    assert told(summary) == {"甲.txt": ("added", ""), "乙.txt": ("refused", "too-large")}


def test_an_empty_folder_changes_nothing(place: Workspace, inbox: Path) -> None:
    summary = run(place, inbox)
    assert summary.outcomes == ()
    assert summary.generation is None


def test_progress_is_told_for_every_file(place: Workspace, inbox: Path) -> None:
    (inbox / "好.txt").write_text(REPORT.format(income="512.30"), "utf-8")
    (inbox / "空.txt").write_bytes(b"")
    heard: list[tuple[Outcome, int]] = []
    build(place, [inbox], SearchIndexer(), progress=lambda outcome, total: heard.append((outcome, total)))
    assert {(outcome.name, total) for outcome, total in heard} == {("好.txt", 2), ("空.txt", 2)}


def test_a_second_builder_is_told_that_the_workspace_is_locked(place: Workspace, inbox: Path) -> None:
    with workspace.writing(place), pytest.raises(WorkspaceError) as refused:
        run(place, inbox)
    assert refused.value.code == "locked"
