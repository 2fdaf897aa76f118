"""What the JSON of the service looks like: the only pydantic models, one word per thing."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, PlainSerializer

# Numbers leave as JSON numbers; a Decimal with no fraction leaves as an integer.
Number = Annotated[Decimal, PlainSerializer(lambda d: int(d) if d == int(d) else float(d), when_used="json")]


class Evidence(BaseModel):
    """Words of a report: `start` and `end` are code points in the text of `/api/v1/reports/{name}/text`."""

    report: str
    start: int
    end: int
    quote: str


class Hit(BaseModel):
    report: str
    start: int
    end: int
    text: str
    score: float
    kind: str
    heading_path: list[str]
    department: str | None = None
    fiscal_year: int | None = None
    reason: str
    places: list[tuple[int, int]] = []


class SearchResult(BaseModel):
    query: str
    count: int
    hits: list[Hit]


class AnswerResult(BaseModel):
    """`answerable` false means that the data does not say, which is not the same as none."""

    question: str
    answerable: bool
    text: str
    columns: list[str]
    rows: list[list[Any]]
    sparql: str | None = None
    evidence: list[Evidence]
    passages: list[Hit] = []


class Report(BaseModel):
    name: str
    iri: str
    title: str
    department: str | None
    fiscal_year: int | None
    report_type: str | None
    sha256: str
    facts: int
    findings: int


class ReportList(BaseModel):
    count: int
    reports: list[Report]


class Department(BaseModel):
    """Money in yuan, rates in percent; what a report does not give is null. One row a year."""

    iri: str
    name: str
    fiscal_year: int | None
    report: str
    execution_rate: Number | None = None
    execution_rate_basis: str | None = None
    stated_execution_rate: Number | None = None
    computed_execution_rate: Number | None = None
    initial_budget: Number | None = None
    total_expenditure: Number | None = None
    overall_score: Number | None = None
    overall_grade: str | None = None


class DepartmentList(BaseModel):
    count: int
    departments: list[Department]
