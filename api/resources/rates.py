"""比率。Rates: every share or rate as a report states it."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "rate",
    "rates",
    "比率",
    "Rates: every share or rate as a report states it",
    filters=("subject", "measure", "year", "value", "comparator", "part"),
    example={"subject": "青岭区水利局", "measure": "预算执行率", "value": 98.5, "unit": "%", "year": 2024},
)
