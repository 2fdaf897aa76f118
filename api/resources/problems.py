"""存在的问题。Problems: what a report says went wrong."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "problem",
    "problems",
    "存在的问题",
    "Problems: what a report says went wrong",
    filters=("subject", "part"),
    example={"text": "项目前期论证不充分"},
)
