"""Jixiao from another program: a small typed client of the HTTP API.

with Client("http://127.0.0.1:8000") as jixiao:
    for row in jixiao.rows("amounts", measure="年初预算", fiscal_year=2024):
        print(row["subject"], row["value_yuan"], row["quote"])
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from api.schema import (
    AnswerResult,
    DepartmentProfile,
    DutyComparison,
    EvidenceShown,
    JobShown,
    Report,
    SearchResult,
    Suggestion,
    SuggestionList,
)
from kg.errors import JixiaoError

M = TypeVar("M", bound=BaseModel)
WAIT = 0.5  # seconds between looks at a job


class Client:
    """The service at `address`, asked with `key` where one is given. Every method raises JixiaoError
    with the code that the service gives, or `out-of-reach`."""

    def __init__(self, address: str, key: str = "", seconds: float = 60.0) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(base_url=address, headers=headers, timeout=seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def rows(self, name: str, *, sort: str = "", **filters: str | float | bool | Decimal) -> Iterator[dict[str, Any]]:
        """Every row of a list (reports, departments, amounts, indicators …), page after page; numbers
        are exact. `sort` is a column, with - before it for the largest first."""
        asked = {key: _written(value) for key, value in filters.items()} | ({"sort": sort} if sort else {})
        found = self._json("GET", f"/api/v1/{quote(name)}", params={"limit": "500", **asked})
        yield from found["items"]
        while found["next"]:
            found = self._json("GET", found["next"])
            yield from found["items"]

    def report(self, name: str) -> Report:
        """One report, by its name."""
        return self._read(Report, "GET", f"/api/v1/reports/{quote(name)}")

    def text(self, report: str) -> str:
        """The text that all offsets count in (code points)."""
        return self._sent("GET", f"/api/v1/reports/{quote(report)}/text").text

    def facts(self, report: str) -> Iterator[dict[str, Any]]:
        """Every fact of a report in the exchange format."""
        answer = self._sent("GET", f"/api/v1/reports/{quote(report)}/facts")
        return (_exact(line) for line in answer.text.splitlines())

    def department(self, name: str) -> DepartmentProfile:
        """What is said of a department, its figures by year, its reports."""
        return self._read(DepartmentProfile, "GET", f"/api/v1/departments/{quote(name)}")

    def compare(self, here: str, there: str, kind: str = "duty") -> DutyComparison:
        """What two departments share, and what only one of them states."""
        asked = {"other": there, "kind": kind}
        return self._read(DutyComparison, "GET", f"/api/v1/departments/{quote(here)}/comparison", params=asked)

    def search(self, words: str, k: int = 10, **filters: str | int) -> SearchResult:
        """Passages by meaning and by words, best first."""
        asked = {"q": words, "k": str(k)} | {key: str(value) for key, value in filters.items()}
        return self._read(SearchResult, "GET", "/api/v1/search", params=asked)

    def ask(self, question: str) -> AnswerResult:
        """The answer to a question in Chinese or English."""
        return self._read(AnswerResult, "GET", "/api/v1/ask", params={"question": question})

    def evidence(self, report: str, start: int, end: int, *, verify: bool = False) -> EvidenceShown:
        """Words of a report in their context; with `verify` the file is read again."""
        asked = {"report": report, "start": str(start), "end": str(end), "verify": _written(verify)}
        return self._read(EvidenceShown, "GET", "/api/v1/evidence", params=asked)

    def suggest(self, characters: str, kind: str = "") -> list[Suggestion]:
        """Names of departments, projects, units and measures that hold these characters."""
        asked = {"q": characters} | ({"kind": kind} if kind else {})
        return self._read(SuggestionList, "GET", "/api/v1/suggest", params=asked).items

    def query(self, sparql: str) -> list[dict[str, str]]:
        """The rows of a SELECT query, terms as plain text; a variable without a value is left out."""
        headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
        answer = self._sent("POST", "/sparql", content=sparql.encode(), headers=headers).json()
        return [{name: cell["value"] for name, cell in row.items()} for row in answer["results"]["bindings"]]

    def add(self, *paths: Path) -> JobShown:
        """Send reports (or zips of them) and wait until they are read. Needs a key that may write."""
        files = [("files", (path.name, path.read_bytes())) for path in paths]
        return self._carried("POST", "/api/v1/reports", files=files)

    def remove(self, report: str) -> JobShown:
        """Take a report out and wait until it is gone. Needs a key that may write."""
        return self._carried("DELETE", f"/api/v1/reports/{quote(report)}")

    def _carried(self, method: str, path: str, **more: Any) -> JobShown:
        job = self._read(JobShown, method, path, **more)
        while not job.ended:
            time.sleep(WAIT)
            job = self._read(JobShown, "GET", f"/api/v1/jobs/{job.id}")
        return job

    def _read(self, model: type[M], method: str, path: str, **more: Any) -> M:
        return model.model_validate_json(self._sent(method, path, **more).content)

    def _json(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        return _exact(self._sent(method, path, **more).text)

    def _sent(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            answer = self._http.request(method, path, **more)
        except httpx.HTTPError as error:
            raise JixiaoError("out-of-reach", f"服务没有回答：{type(error).__name__}", place=path) from error
        if answer.is_error:
            told: Mapping[str, Any] = {}
            if answer.headers.get("content-type", "").startswith("application/problem+json"):
                told = answer.json()
            raise JixiaoError(
                told.get("code", str(answer.status_code)), told.get("detail", "服务没有说明原因"), place=path
            )
        return answer


def _exact(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return found


def _written(value: str | float | bool | Decimal) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
