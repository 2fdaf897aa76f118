"""The departments, year by year, with what people ask first."""

from __future__ import annotations

from fastapi import APIRouter

from api.schema import Department, DepartmentList
from api.serving import Live
from search.collection import Collection

router = APIRouter(prefix="/api/v1", tags=["departments"])
ONE_HOP = {
    "execution_rate": "executionRate",
    "execution_rate_basis": "executionRateBasis",
    "stated_execution_rate": "statedExecutionRate",
    "computed_execution_rate": "computedExecutionRate",
    "initial_budget": "initialBudget",
    "total_expenditure": "totalExpenditure",
    "overall_score": "overallScore",
    "overall_grade": "overallGrade",
}
# The figures of a year are those in the graph of that year's report.
QUERY = "\n".join(
    (
        "PREFIX jx: <https://w3id.org/jixiao/ontology#>",
        "SELECT ?iri ?name ?fiscal_year ?report " + " ".join(f"?{field}" for field in ONE_HOP) + " {",
        "  GRAPH ?g {",
        "    ?r a jx:Report ; jx:department ?iri ; jx:fileName ?report . ?iri jx:name ?name .",
        "    OPTIONAL { ?r jx:fiscalYear ?fiscal_year }",
        *(f"    OPTIONAL {{ ?iri jx:{term} ?{field} }}" for field, term in ONE_HOP.items()),
        "  }",
        "} ORDER BY ?name ?fiscal_year ?report",
    )
)


def listed(collection: Collection) -> DepartmentList:
    """One row for each department and report."""
    rows = collection.query(QUERY)
    names = [str(v) for v in rows.vars]
    departments = [
        Department.model_validate(
            {n: c.toPython() for n, c in zip(names, row, strict=True) if c is not None} | {"iri": str(row[0])}
        )
        for row in rows
    ]
    return DepartmentList(count=len(departments), departments=departments)


@router.get("/departments", operation_id="list_departments")
def list_departments(collection: Live) -> DepartmentList:
    """各部门各年度的主要数字。The main figures of every department and year."""
    return listed(collection)
