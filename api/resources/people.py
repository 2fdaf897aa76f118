"""人员。People: who is named, in which post."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "person",
    "people",
    "人员",
    "People: who is named, in which post",
    filters=("name", "role", "unit", "part"),
    example={"name": "张一", "role": "局长"},
)
