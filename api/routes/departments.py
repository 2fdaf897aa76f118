"""One department: its profile, its years, its duties, and those of another beside them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.departments import compared, profile, reports_of, years
from api.routes.lists import RESOURCES, answer, json_response, model
from api.routes.reports import shown
from api.schema import DepartmentProfile, DutyComparison, YearList
from api.serving import Live

router = APIRouter(prefix="/api/v1", tags=["departments"])


@router.get("/departments/{name}", operation_id="get_department", responses={200: {"model": DepartmentProfile}})
def get_department(collection: Live, name: str) -> Response:
    """一个部门：名称、性质、历年数字、报告。What is said of a department, its figures, its reports."""
    found = profile(collection, name)
    reports = [shown(entry).model_dump(mode="json") for entry in found.reports]
    return json_response({"name": name, "iris": found.iris, **found.said, "years": found.years, "reports": reports})


@router.get("/departments/{name}/years", operation_id="get_department_years", responses={200: {"model": YearList}})
def get_years(collection: Live, name: str) -> Response:
    """历年主要数字。The main figures year by year."""
    rows = years(collection, name)
    return json_response({"items": rows, "count": len(rows)})


@router.get(
    "/departments/{name}/duties",
    operation_id="get_department_duties",
    response_class=Response,
    responses={200: {"model": model(RESOURCES["duties"])}},
)
def get_duties(
    request: Request,
    collection: Live,
    name: str,
    fiscal_year: Annotated[str | None, Query(max_length=4)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """职责，附原文位置。The duties of the department, each with its words."""
    among = frozenset(entry.name for entry in reports_of(collection, name))
    asked = {"fiscal_year": fiscal_year, "limit": limit, "cursor": cursor}
    return answer(collection, RESOURCES["duties"], asked, request, among)


@router.get(
    "/departments/{name}/comparison", operation_id="compare_departments", responses={200: {"model": DutyComparison}}
)
def get_comparison(
    collection: Live,
    name: str,
    other: Annotated[str, Query(min_length=1, max_length=300, description="与哪个部门比 · the other department")],
    kind: Annotated[str, Query(max_length=40, description="duty · problem · improvement …")] = "duty",
    fiscal_year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
) -> Response:
    """两个部门的职责对照：共有的、各自独有的。What two departments share, and what only one of them states."""
    found = compared(collection, name, other, kind, fiscal_year)
    return json_response({"here": name, "there": other, **found.to_json()})
