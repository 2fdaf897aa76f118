"""Findings between reports come and go with the reports, whatever the order in which those came."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from kg import workspace
from kg.build import build, remove
from kg.findings import Filters, Found, findings
from kg.verify import verify
from kg.workspace import Workspace
from search.collection import open_collection
from search.indexer import SearchIndexer

REPORT = """{place}林业局{year}年度部门整体支出绩效自评报告

一、部门基本情况
（一）部门职责
1、负责林业和草原生态保护修复的监督管理。
（二）收支情况
{year}年末资产总额{closing}万元。{opening}{year}年本部门收入总计{income}万元，支出总计{income}万元。

五、存在的问题
{problem}
"""
OPENING = "{}年初资产总额{}万元。"
PROBLEM = "护林员队伍老化严重，{}名护林员平均年龄超过五十五岁，部分偏远林区巡护频次达不到规定的每周三次。"
LAST = REPORT.format(
    place="青禾县", year=2023, closing="1864.30", opening="", income="512.30", problem=PROBLEM.format(46)
)
THIS = REPORT.format(
    place="青禾县", year=2024, closing="1920.10", opening=OPENING.format(2024, "1684.30"), income="615.80",
    problem=PROBLEM.format(44),
)  # fmt: skip
MENDED = THIS.replace("1684.30", "1864.30")
OTHER = REPORT.format(
    place="白泽县", year=2024, closing="920.10", opening="", income="300.20", problem=PROBLEM.format(31)
)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "workspace")


def put(place: Workspace, **texts: str) -> int:
    """Build these reports together; how many findings between reports the build tells of."""
    inbox = place.folder.parent / "inbox"
    inbox.mkdir(exist_ok=True)
    for name, text in texts.items():
        (inbox / f"{name}.txt").write_text(text, "utf-8")
    summary = build(place, [inbox], SearchIndexer())
    assert not summary.trouble, summary.outcomes
    return summary.across


def between(place: Workspace, filters: Filters | None = None) -> list[Found]:
    collection = open_collection(place.folder)
    found = findings(collection.dataset, collection.generation.entries, (), filters)
    return [one for one in found if len({evidence.report for evidence in one.places}) > 1]


def rules(place: Workspace) -> list[str]:
    return sorted(one.finding.rule for one in between(place))


def test_the_second_report_of_a_department_is_held_against_the_first(place: Workspace) -> None:
    assert put(place, 去年=LAST) == 0
    assert put(place, 今年=THIS) == 2
    opened, problem = between(place)
    assert (opened.finding.rule, opened.finding.severity) == ("carried_over", "error")
    assert [(p.report, p.quote) for p in opened.places] == [
        ("今年.txt", "2024年初资产总额1684.30万元"),
        ("去年.txt", "2023年末资产总额1864.30万元"),
    ]
    assert (opened.department, opened.fiscal_year) == ("青禾县林业局", 2024)
    assert problem.finding.rule == "copied_last_year"
    assert problem.finding.recomputation == "46 → 44"


def test_the_order_in_which_reports_came_makes_no_difference(tmp_path: Path) -> None:
    reports = {"去年": LAST, "今年": THIS, "邻县": OTHER}
    graphs = []
    for number, order in enumerate([*itertools.permutations(reports)][::2]):
        place = workspace.create(tmp_path / str(number) / "workspace")
        for name in order:
            put(place, **{name: reports[name]})
        graphs.append({tuple(map(str, quad)) for quad in open_collection(place.folder).dataset.quads()})
    assert all(graph == graphs[0] for graph in graphs)


def test_a_report_that_is_put_right_takes_its_findings_with_it(place: Workspace) -> None:
    put(place, 去年=LAST, 今年=THIS)
    put(place, 今年=MENDED)
    assert rules(place) == ["copied_last_year"]
    put(place, 去年=LAST.replace("1864.30", "1846.30"))  # now last year's is the wrong one
    assert rules(place) == ["carried_over", "copied_last_year"]
    assert verify(place, SearchIndexer()) == []


def test_a_report_that_becomes_one_of_another_year_has_no_neighbour_any_more(place: Workspace) -> None:
    put(place, 去年=LAST, 今年=THIS)
    put(place, 去年=LAST.replace("2023", "2021"))
    assert rules(place) == []


def test_words_of_another_department_are_shown_in_the_later_report(place: Workspace) -> None:
    put(place, 今年=THIS, 邻县=OTHER)
    (copy,) = between(place)
    assert copy.finding.rule == "copied_elsewhere"
    assert {evidence.report for evidence in copy.places} == {"今年.txt", "邻县.txt"}
    assert "→" in (copy.finding.recomputation or "")


def test_words_that_many_use_are_a_template(place: Workspace) -> None:
    others = {name: OTHER.replace("白泽县", f"{name}县") for name in ("白泽", "丹枫")}
    put(place, 今年=THIS, **others)
    assert rules(place) == ["copied_elsewhere"] * 3  # each of three with each other
    put(place, 玉泉=OTHER.replace("白泽县", "玉泉县"))
    assert rules(place) == []


ACCOUNTS = """{name}2024年度部门决算

一、部门概况
{name}负责林业和草原生态保护修复的监督管理。{units}
二、决算情况说明
2024年度公务接待费支出{reception}万元。
"""


def test_a_unit_is_held_against_its_department_whichever_comes_first(place: Workspace, tmp_path: Path) -> None:
    whole = ACCOUNTS.format(name="青禾县林业局", units="下属单位为青禾县林业工作站。", reception="2.10")
    unit = ACCOUNTS.format(name="青禾县林业工作站", units="", reception="3.40")
    put(place, 部门=whole)
    put(place, 单位=unit)
    (found,) = between(place)
    assert (found.finding.rule, found.finding.recomputation) == ("department_and_units", "3.40万元 ＞ 2.10万元")
    assert [evidence.report for evidence in found.places] == ["部门.txt", "单位.txt"]
    other = workspace.create(tmp_path / "other" / "workspace")
    put(other, 单位=unit)
    put(other, 部门=whole)
    assert [one.finding for one in between(other)] == [found.finding]
    remove(place, ["单位.txt"], SearchIndexer())
    assert between(place) == []


def test_findings_between_reports_are_listed_by_either_report(place: Workspace) -> None:
    put(place, 去年=LAST, 今年=THIS)
    for name in ("去年.txt", "今年.txt"):
        assert [one.finding.rule for one in between(place, Filters(report=name, severity="error"))] == ["carried_over"]


def test_what_agrees_is_kept_as_a_check_of_both_reports(place: Workspace) -> None:
    put(place, 去年=LAST, 今年=MENDED)
    collection = open_collection(place.folder)
    for name in ("去年.txt", "今年.txt"):
        (held,) = [check for check in collection.checks(name) if check.rule == "carried_over"]
        assert (held.outcome, held.recomputation) == ("holds", "1864.30万元 ＝ 1864.30万元")
        assert {evidence.report for evidence in held.places} == {"去年.txt", "今年.txt"}
    assert {check.outcome for check in collection.checks() if check.rule == "copied_last_year"} == {"contradicts"}
    put(place, 今年=THIS)
    assert [c.outcome for c in open_collection(place.folder).checks() if c.rule == "carried_over"] == ["contradicts"]


def test_every_place_leads_from_the_finding_to_its_report_by_sparql(place: Workspace) -> None:
    put(place, 去年=LAST, 今年=THIS)
    rows = open_collection(place.folder).query(
        """SELECT ?name ?quote { ?finding a jx:Finding ; jx:rule "carried_over" ; jx:evidence ?place .
           ?place jx:quote ?quote ; oa:hasSource ?report . ?report jx:fileName ?name ; jx:hasFinding ?finding }"""
    )
    assert {(str(name), str(quote)[:5]) for name, quote in rows} == {("今年.txt", "2024年"), ("去年.txt", "2023年")}
