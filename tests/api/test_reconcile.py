"""OpenRefine's walk: the manifest, a batch of names, suggestions, a preview, columns added."""

from __future__ import annotations

import json

import httpx


def test_the_manifest_leads_to_every_part(client: httpx.Client) -> None:
    manifest = client.get("/reconcile").json()
    assert "0.2" in manifest["versions"]
    assert {kind["id"] for kind in manifest["defaultTypes"]} == {"department", "project", "unit", "measure"}
    for suggested in manifest["suggest"].values():
        answer = client.get(suggested["service_url"] + suggested["service_path"], params={"prefix": "水"})
        assert "result" in answer.json()


def test_a_batch_of_names_is_matched_and_columns_are_added(client: httpx.Client) -> None:
    queries = {
        "q0": {"query": "青岭区水利局", "type": "department"},
        "q1": {"query": "水利局", "type": "department", "limit": 3},
        "q2": {"query": "预算执行率", "type": "measure"},
        "q3": {"query": "从来没有的东西"},
    }
    found = client.post("/reconcile", data={"queries": json.dumps(queries, ensure_ascii=False)}).json()
    [sure] = [c for c in found["q0"]["result"] if c["match"]]
    assert sure["name"] == "青岭区水利局"
    assert sure["score"] == 100
    assert found["q1"]["result"][0]["name"] == "青岭区水利局"
    assert not found["q1"]["result"][0]["match"]  # a part of a name is a guess
    assert found["q2"]["result"][0]["name"] == "预算执行率"
    assert found["q3"]["result"] == []
    proposed = client.get("/reconcile/properties", params={"type": "department"}).json()["properties"]
    assert {"executionRate", "totalExpenditure"} <= {known["id"] for known in proposed}
    asked = {"ids": [sure["id"]], "properties": [{"id": "executionRate"}, {"id": "name"}]}
    extended = client.get("/reconcile", params={"extend": json.dumps(asked)}).json()
    assert [column["id"] for column in extended["meta"]] == ["executionRate", "name"]
    assert extended["rows"][sure["id"]]["name"] == [{"str": "青岭区水利局"}]
    preview = client.get("/reconcile/preview", params={"id": sure["id"]})
    assert "青岭区水利局" in preview.text


def test_what_cannot_be_read_is_refused(client: httpx.Client) -> None:
    many = {f"q{n}": {"query": "水"} for n in range(51)}
    for given in ("no json", "[]", '{"q": {"query": ""}}', json.dumps(many)):
        assert client.post("/reconcile", data={"queries": given}).status_code in (400, 413)
    assert client.get("/reconcile", params={"extend": '{"ids": [], "properties": [{}]}'}).status_code == 400
    hostile = json.dumps({"ids": ["x> ?p ?o } #"], "properties": [{"id": "name"}]})
    assert client.get("/reconcile", params={"extend": hostile}).json()["rows"] == {"x> ?p ?o } #": {"name": []}}
