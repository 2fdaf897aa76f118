"""The command line as people and scripts use it: in a process of its own, by its output and exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook


def jixiao(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api.cli", *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    environment |= {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def done(*arguments: str | Path) -> str:
    """What a command printed that did its work."""
    ran = jixiao(*arguments)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_every_fact_comes_as_a_line_whose_quote_stands_at_its_offsets(demo: Path) -> None:
    name = "青岭区水利局2024年自评.md"
    text = done("text", name, "-w", demo)
    facts = [json.loads(line) for line in done("facts", "--report", name, "-w", demo).splitlines()]
    assert {fact["kind"] for fact in facts} >= {"report", "department", "duty", "amount", "finding"}
    for fact in facts:
        assert text[fact["start"] : fact["end"]] == fact["quote"]


def test_findings_show_both_sides_and_the_sum(demo: Path) -> None:
    told = done("check", "--report", "云溪县教育局2024年自评.md", "-w", demo)
    assert "156万元 ÷ 250万元" in told
    assert "预算执行率100%" in told


def test_an_answer_in_a_pipe_is_whole_and_its_query_can_be_copied(demo: Path) -> None:
    told = done("ask", "执行率低于100%的部门有哪些", "-w", demo)
    assert "│ 丰澜区市场监督管理局 │" in told
    again = done("query", told[told.index("SELECT") :], "--format", "csv", "-w", demo)
    assert len(again.splitlines()) > 5


@pytest.fixture
def mine(demo: Path, tmp_path: Path) -> Path:
    """A copy of the examples' workspace to decide in."""
    shutil.copytree(demo, tmp_path / "mine")
    return tmp_path / "mine"


def listed(place: Path, *filters: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in done("check", *filters, "--format", "jsonl", "-w", place).splitlines()]


def test_everything_that_was_checked_is_listed_with_its_outcome(demo: Path) -> None:
    told = done("check", "--all", "--report", "云溪县教育局2024年自评.md", "-w", demo)
    assert "一致 holds" in told
    assert "不一致 contradicts" in told
    rows = done("check", "--all", "--rule", "share", "--format", "jsonl", "-w", demo).splitlines()
    checks = [json.loads(row) for row in rows]
    assert {check["rule"] for check in checks} == {"share"}
    assert {check["outcome"] for check in checks} >= {"holds", "contradicts"}


def test_findings_between_reports_name_the_report_of_each_place(demo: Path) -> None:
    (found,) = listed(demo, "--rule", "carried_over")
    assert {place["report"] for place in found["evidence"]} == {
        "青岭区水利局2023年自评.md",
        "青岭区水利局2024年自评.md",
    }
    for place in found["evidence"]:
        assert done("text", place["report"], "-w", demo)[place["start"] : place["end"]] == place["quote"]


def test_findings_are_chosen_by_what_they_are(demo: Path) -> None:
    every = listed(demo)
    assert every
    for option, field in (("severity", "severity"), ("rule", "rule")):
        for value in sorted({found[field] for found in every}):
            assert listed(demo, f"--{option}", value) == [found for found in every if found[field] == value]
    water = listed(demo, "--department", "水利局", "--year", "2024")
    assert {found["report"] for found in water} == {"青岭区水利局2024年自评.md"}
    assert listed(demo, "--status", "open") == every
    assert listed(demo, "--status", "fixed") == []


def test_a_decision_is_seen_everywhere_and_lives_on_after_rebuilding(mine: Path, examples: Path) -> None:
    key = listed(mine, "--rule", "carried_over")[0]["key"]
    assert "不予采纳" in done("decide", key[:8], "--dismiss", "口径不同", "--by", "张三", "-w", mine)
    query = "SELECT ?s ?who { ?d jx:decides ?f ; jx:status ?s ; prov:wasAttributedTo/jx:name ?who . ?f jx:status ?s }"
    assert done("query", query, "--format", "csv", "-w", mine).splitlines() == ["s,who", "dismissed,张三"]
    (found,) = listed(mine, "--status", "dismissed")
    assert (found["key"], found["decided_by"], found["decision_reason"]) == (key, "张三", "口径不同")
    done("build", examples / "青岭区水利局2024年自评.md", "--again", "-w", mine)
    assert [found["key"] for found in listed(mine, "--status", "dismissed")] == [key]
    assert done("query", query, "--format", "csv", "-w", mine).splitlines() == ["s,who", "dismissed,张三"]
    done("decide", key, "--reopen", "--by", "李四", "-w", mine)
    assert listed(mine, "--status", "dismissed") == []
    assert "完好" in done("verify", "-w", mine)


def test_a_decision_is_stale_once_the_number_is_another(mine: Path, examples: Path, tmp_path: Path) -> None:
    name = "青岭区水利局2024年自评.md"
    key = listed(mine, "--rule", "carried_over")[0]["key"]
    done("decide", key, "--confirm", "--by", "张三", "-w", mine)
    (tmp_path / name).write_text((examples / name).read_text("utf-8").replace("12,684.30", "12,648.30"), "utf-8")
    done("build", tmp_path / name, "-w", mine)
    (stale,) = listed(mine, "--status", "stale")
    assert (stale["rule"], stale["decided_by"]) == ("carried_over", "张三")
    query = 'SELECT ?rule { ?f jx:status "stale" ; jx:rule ?rule }'
    assert done("query", query, "--format", "csv", "-w", mine).splitlines() == ["rule", "carried_over"]
    (tmp_path / name).write_text((examples / name).read_text("utf-8").replace("12,684.30", "12,864.30"), "utf-8")
    done("build", tmp_path / name, "-w", mine)
    assert listed(mine, "--rule", "carried_over") == []
    assert "no longer there" in done("decide", "--list", "-w", mine)


def test_a_workbook_of_findings_leads_to_the_words_in_the_report(demo: Path, tmp_path: Path) -> None:
    done("check", "--format", "xlsx", "--out", tmp_path / "f.xlsx", "--site", "https://jixiao.example.cn/", "-w", demo)
    sheet = load_workbook(tmp_path / "f.xlsx").worksheets[0]
    heads = [str(cell.value).split()[-1] for cell in sheet[1]]
    first = listed(demo)[0]
    cell = sheet[2][heads.index("quote")]
    assert cell.value == first["quote"]
    place = f"start={first['start']}&end={first['end']}#evidence"
    assert cell.hyperlink.target == f"https://jixiao.example.cn/reports/{quote(first['report'])}?{place}"
    assert [row[heads.index("key")].value for row in sheet.iter_rows(min_row=2)] == [f["key"] for f in listed(demo)]


def test_the_first_query_names_departments_and_their_rates(demo: Path) -> None:
    query = "SELECT ?d ?r { ?d jx:executionRate ?r FILTER(?r < 100) }"
    rows = done("query", query, "--format", "csv", "-w", demo).splitlines()
    assert rows[0] == "d,r"
    assert all(0 < float(row.rsplit(",", 1)[1]) < 100 for row in rows[1:])


def test_a_query_can_stand_in_a_file(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "count.rq").write_text("SELECT (COUNT(?r) AS ?n) { ?r a jx:Report }", "utf-8")
    counted = json.loads(done("query", tmp_path / "count.rq", "--format", "json", "-w", demo))
    assert counted["results"]["bindings"][0]["n"]["value"] == "13"


def test_a_query_can_be_asked_for_by_its_name(demo: Path) -> None:
    assert "execution-rate-below" in done("query")
    asked = ("query", "--name", "execution-rate-below", "--set", "below=99.5", "--set", "year=2024")
    rows = done(*asked, "--format", "csv", "-w", demo).splitlines()
    assert rows[0] == "name,year,rate,basis"
    assert all(row.split(",")[1] == "2024" and float(row.split(",")[2]) < 99.5 for row in rows[1:])


def test_search_gives_duties_with_their_place_and_reason(demo: Path) -> None:
    hits = json.loads(done("search", "外商来投诉找谁", "--kind", "duty", "--json", "-w", demo))
    assert hits
    assert {"report", "start", "end", "text", "score", "reason"} <= hits[0].keys()
    assert "投诉" in hits[0]["text"]


@pytest.mark.parametrize("question", ["执行率低于100%的部门有哪些", "departments with execution rate below 100%"])
def test_a_question_is_answered_with_rows_and_query(demo: Path, question: str) -> None:
    answer = json.loads(done("ask", question, "--json", "-w", demo))
    assert answer["answerable"]
    assert answer["rows"]
    assert answer["evidence"]
    assert "SELECT" in answer["sparql"]


def test_batches_keep_the_ids_and_their_order(demo: Path, tmp_path: Path) -> None:
    queries = '{"id": "b", "query": "校车"}\n{"id": "a", "query": "投诉", "type": "duty"}\n'
    (tmp_path / "q.jsonl").write_text(queries, "utf-8")
    done("search", "--batch", tmp_path / "q.jsonl", "--out", tmp_path / "r.jsonl", "-w", demo)
    results = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text("utf-8").splitlines()]
    assert [result["id"] for result in results] == ["b", "a"]
    assert all(hit["kind"] == "duty" for hit in results[1]["results"])
    (tmp_path / "n.jsonl").write_text('{"id": "n1", "question": "青岭区水利局2023年的支出总计是多少"}\n', "utf-8")
    done("ask", "--batch", tmp_path / "n.jsonl", "--out", tmp_path / "a.jsonl", "-w", demo)
    assert json.loads((tmp_path / "a.jsonl").read_text("utf-8"))["id"] == "n1"


def test_a_bad_line_of_a_batch_is_named(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": "b", "query": "校车"}\n不是 JSON\n', "utf-8")
    ran = jixiao("search", "--batch", tmp_path / "q.jsonl", "-w", demo)
    assert ran.returncode == 1
    assert "第 2 行" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("facts", "-w", "nowhere"), "no-workspace"),
        (("text", "没有.txt"), "no-such-report"),
        (("facts", "--format", "doc"), "unknown-variant"),
        (("query", "SELECT * {"), "syntax"),
        (("query", "DELETE WHERE { ?s ?p ?o }"), "update"),
        (("query", "ASK {}", "--format", "png"), "unknown-format"),
        (("search",), "no-words"),
        (("search", " "), "no-words"),
        (("ask",), "no-question"),
        (("query", "没有.rq"), "no-such-file"),
        (("check", "-f", "csv", "-o", "没有这个文件夹/x.csv"), "unreadable"),
        (("search", "--batch", "没有.jsonl"), "unreadable"),
        (("facts", "--kind", "facts"), "unknown-kind"),
        (("check", "--severity", "grave"), "unknown-severity"),
        (("check", "--rule", "grave"), "unknown-rule"),
        (("check", "--all", "--rule", "grave"), "unknown-rule"),
        (("check", "--report", "没有.txt"), "no-such-report"),
        (("decide",), "no-decision"),
        (("decide", "00000000", "--fixed", "--by", "张三"), "no-such-finding"),
        (("decide", "00000000", "--fixed", "--confirm", "--by", "张三"), "no-decision"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(demo: Path, arguments: tuple[str, ...], words: str) -> None:
    where = () if "-w" in arguments else ("-w", str(demo))
    ran = jixiao(*arguments, *where)
    assert ran.returncode == 1
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr


def test_more_like_a_place_in_a_report(demo: Path) -> None:
    older = "青岭区水利局2023年自评.md"
    start = done("text", older, "-w", demo).index("负责农村饮水安全工程")
    found = json.loads(done("similar", older, f"{start}-{start + 20}", "-w", demo, "-k", "3", "--json"))
    assert found[0]["report"] == "青岭区水利局2024年自评.md"
    assert "农村饮水安全" in found[0]["text"]
    assert "农村饮水安全" in done("similar", found[0]["iri"], "-w", demo, "-k", "1")
    assert "bad-place" in jixiao("similar", older, "后面", "-w", demo).stderr
    assert "no-such-passage" in jixiao("similar", "https://example.org/nothing", "-w", demo).stderr


def test_two_departments_side_by_side(demo: Path) -> None:
    shown = done("compare", "水利局", "教育局", "-w", demo)
    assert "只有水利局" in shown
    assert "河道" in shown
    years = ("--year", "2023", "--year-there", "2024", "--json")
    found = json.loads(done("compare", "青岭区水利局", "青岭区水利局", "-w", demo, *years))
    assert {pair["here"]["fiscal_year"] for pair in found["shared"]} == {2023}
    assert {pair["there"]["fiscal_year"] for pair in found["shared"]} == {2024}


def test_a_workspace_is_verified_saved_brought_back_and_tidied(demo: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(demo, mine)
    assert "完好" in done("verify", "-w", mine)
    done("backup", tmp_path / "b.tar", "-w", mine)
    done("restore", tmp_path / "b.tar", "-w", tmp_path / "other")
    assert "完好" in done("verify", "-w", tmp_path / "other")
    done("compact", "-w", mine)
    assert "完好" in done("verify", "-w", mine)
    assert done("facts", "-w", mine) == done("facts", "-w", tmp_path / "other")


def test_a_build_with_a_bad_file_ends_with_status_1_and_keeps_the_good_one(tmp_path: Path, examples: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(examples / "云溪县档案馆2024年自评.txt", inbox)
    (inbox / "空.txt").touch()
    ran = jixiao("build", inbox, "-w", tmp_path / "w")
    assert ran.returncode == 1
    assert "empty-file" in ran.stdout
    (inbox / "空.txt").unlink()
    again = jixiao("build", inbox, "-w", tmp_path / "w")
    assert again.returncode == 0
    assert "没有变化" in again.stdout


def test_the_ledger_shows_what_was_not_read(demo: Path) -> None:
    told = done("ledger", "-w", demo)
    assert "未读" in told
    assert "unread" in told
    assert jixiao("ledger", "--report", "没有.txt", "-w", demo).returncode != 0
