"""项目。Projects: budget projects that are evaluated or budgeted."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "project",
    "projects",
    "项目",
    "Projects: budget projects that are evaluated or budgeted",
    filters=("name", "code", "year", "part"),
    example={"name": "河道清淤项目", "year": 2024},
)
