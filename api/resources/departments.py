"""部门。Departments, year by year, with what people ask first. Money in yuan, rates in percent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from api.factlists import column
from api.resource import Column, Resource, Row
from kg.graph.iris import graph_iri
from kg.graph.statements import value_of
from kg.workspace import Entry
from ontology import loader
from search.collection import Collection

FIGURES = {
    "execution_rate": "executionRate",
    "execution_rate_basis": "executionRateBasis",
    "stated_execution_rate": "statedExecutionRate",
    "computed_execution_rate": "computedExecutionRate",
    "initial_budget": "initialBudget",
    "adjusted_budget": "adjustedBudget",
    "total_income": "totalIncome",
    "total_expenditure": "totalExpenditure",
    "basic_expenditure": "basicExpenditure",
    "project_expenditure": "projectExpenditure",
    "staff_count": "staffCount",
    "overall_score": "overallScore",
    "overall_grade": "overallGrade",
}
"""The direct properties of a department, by their column."""
_TEXT = ("execution_rate_basis", "overall_grade")
_NAMES = {term: name for name, term in FIGURES.items()}


def rows(collection: Collection, entry: Entry) -> Iterator[Row]:
    """The department that the report is of, with the figures that this report gives; what it does not
    give is null."""
    pattern = f"GRAPH <{graph_iri(entry.iri)}> {{ <{entry.iri}> jx:department ?it . ?it ?p ?o }}"
    row: dict[str, str | int | bool | Decimal] = {}
    for it, term, value in collection.dataset.query(f"SELECT ?it ?p ?o {{ {pattern} }}"):  # type: ignore[misc]
        row["iri"] = str(it)
        name = _NAMES.get(str(term).removeprefix(loader.NAMESPACE))
        if name:
            row[name] = value_of(value)
    if row:
        yield {"name": entry.department or None, **row}


def _figure(name: str, term: str) -> Column:
    zh, en = loader.labels().get(term, ""), loader.labels("en").get(term, "")
    return Column(name, "text" if name in _TEXT else "number", term, zh, en)


RESOURCE = Resource(
    "departments",
    "部门",
    "Departments, year by year, with what people ask first; money in yuan, rates in percent",
    columns=(
        column("iri"),
        column("name"),
        column("fiscal_year", "integer"),
        column("report"),
        column("report_type"),
        *(_figure(name, term) for name, term in FIGURES.items()),
    ),
    rows=rows,
    node="GRAPH ?g { ?it jx:hasReport ?r . $more }",
    filters=tuple(FIGURES),
    example={"name": "青岭区水利局", "fiscal_year": 2024, "execution_rate": 98.5, "execution_rate_basis": "computed"},
)
