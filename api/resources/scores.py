"""得分。Scores: what a department or project was given, by dimension."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "score",
    "scores",
    "得分",
    "Scores: what a department or project was given, by dimension",
    filters=("subject", "dimension", "grade", "value", "max", "parent_dimension", "part"),
    example={"subject": "青岭区水利局", "dimension": "综合", "value": 96, "grade": "优秀"},
)
