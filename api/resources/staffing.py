"""人员编制。Staffing: posts and people by category."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "staffing",
    "staffing",
    "人员编制",
    "Staffing: posts and people by category",
    filters=("subject", "measure", "category", "as_of", "value", "part"),
    example={"subject": "青岭区水利局", "measure": "编制", "category": "行政", "value": 12, "unit": "名"},
)
