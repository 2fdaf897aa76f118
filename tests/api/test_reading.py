"""A department, a report, a span: what one thing shows of itself."""

from __future__ import annotations

import httpx

WATER = "/api/v1/departments/青岭区水利局"


def test_a_department_shows_its_years_and_reports(client: httpx.Client) -> None:
    shown = client.get(WATER).json()
    assert shown["name"] == "青岭区水利局"
    assert [year["fiscal_year"] for year in shown["years"]] == [2023, 2024]
    assert len(shown["reports"]) == 2
    assert shown["years"] == client.get(f"{WATER}/years").json()["items"]


def test_the_duties_of_a_department_are_its_own(client: httpx.Client) -> None:
    duties = client.get(f"{WATER}/duties", params={"fiscal_year": "2024"}).json()["items"]
    assert duties
    assert {duty["department"] for duty in duties} == {"青岭区水利局"}
    some_part = client.get("/api/v1/departments/水利局/duties")
    assert some_part.status_code == 404  # a part of a name is no department


def test_two_departments_are_compared_by_their_duties(client: httpx.Client) -> None:
    found = client.get(f"{WATER}/comparison", params={"other": "云溪县教育局"}).json()
    assert found["only_here"]
    assert found["only_there"]
    nobody = client.get(f"{WATER}/comparison", params={"other": "没有的局"})
    assert nobody.status_code == 404


def test_the_passages_of_a_report_stand_in_it(client: httpx.Client) -> None:
    name = "青岭区水利局2024年自评.md"
    text = client.get(f"/api/v1/reports/{name}/text").text
    page = client.get(f"/api/v1/reports/{name}/passages", params={"limit": 1000}).json()
    assert page["count"] > 10
    assert all(text[p["start"] : p["end"]] == p["text"] for p in page["items"])


def test_evidence_comes_with_its_context_its_facts_and_a_check(client: httpx.Client) -> None:
    duty = client.get(f"{WATER}/duties").json()["items"][0]
    asked = {"report": duty["report"], "start": duty["start"], "end": duty["end"], "context": 5, "verify": True}
    shown = client.get("/api/v1/evidence", params=asked).json()
    assert shown["quote"] == duty["quote"]
    text = client.get(f"/api/v1/reports/{duty['report']}/text").text
    assert shown["before"] + shown["quote"] + shown["after"] in text
    assert "duty" in {fact["kind"] for fact in shown["facts"]}
    assert shown["verified"] == {"in_text": True, "in_file": True, "reason": None}


def test_a_span_that_is_not_there_is_refused(client: httpx.Client) -> None:
    name = "青岭区水利局2024年自评.md"
    for start, end in ((5, 5), (9, 3), (0, 10**8)):
        answer = client.get("/api/v1/evidence", params={"report": name, "start": start, "end": end})
        assert answer.status_code == 400
        assert answer.json()["code"] == "bad-span"


def test_a_few_characters_suggest_names(client: httpx.Client) -> None:
    found = client.get("/api/v1/suggest", params={"q": "水利", "kind": "department"}).json()["items"]
    assert found[0]["name"] == "青岭区水利局"
    measures = client.get("/api/v1/suggest", params={"q": "预算执行率", "kind": "measure"}).json()["items"]
    assert measures[0]["name"] == "预算执行率"
    assert measures[0]["score"] == 1
    hostile = client.get("/api/v1/suggest", params={"q": '")} #\\'})
    assert hostile.json()["items"] == []


def test_a_report_shows_its_findings_and_its_ledger(client: httpx.Client) -> None:
    name = "云溪县教育局2024年自评.md"
    text = client.get(f"/api/v1/reports/{name}/text").text
    found = client.get(f"/api/v1/reports/{name}/findings").json()
    assert found["count"] == len(found["items"]) > 0
    ledger = client.get(f"/api/v1/reports/{name}/ledger").json()
    assert ledger["numbers"]["read"] > ledger["numbers"]["unread"] == len(ledger["unread"])
    assert all(text[place["start"] : place["end"]] == place["quote"] for place in ledger["unread"])
    for part in ("findings", "ledger"):
        assert client.get(f"/api/v1/reports/没有.txt/{part}").status_code == 404
