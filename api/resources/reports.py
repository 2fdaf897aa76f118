"""报告。Reports: what was read, with how many facts and findings came of each."""

from __future__ import annotations

from collections.abc import Iterator

from api.factlists import column
from api.resource import Resource, Row
from kg.workspace import Entry
from search.collection import Collection


def rows(collection: Collection, entry: Entry) -> Iterator[Row]:
    """The one row of a report; `gaps` counts what could not be read."""
    yield {
        "name": entry.name,
        "iri": entry.iri,
        "title": entry.title,
        "department": entry.department or None,
        "fiscal_year": entry.fiscal_year,
        "report_type": entry.report_type or None,
        "sha256": entry.sha256,
        "media_type": entry.media_type,
        "facts": entry.facts,
        "findings": entry.findings,
        "gaps": len(entry.gaps),
    }


RESOURCE = Resource(
    "reports",
    "报告",
    "Reports: what was read, with how many facts and findings came of each",
    columns=(
        *map(column, ("name", "iri", "title", "department")),
        column("fiscal_year", "integer"),
        *map(column, ("report_type", "sha256", "media_type")),
        *(column(count, "integer") for count in ("facts", "findings", "gaps")),
    ),
    rows=rows,
    filters=("sha256", "media_type", "facts", "findings", "gaps"),
    example={"name": "青岭区水利局2024年自评.md", "department": "青岭区水利局", "fiscal_year": 2024, "facts": 124},
    single=True,
)
