"""工作成果。Quantities: results of the work in numbers."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "quantity",
    "quantities",
    "工作成果",
    "Quantities: results of the work in numbers",
    filters=("subject", "name", "unit", "year", "value", "comparator", "part"),
    example={"subject": "青岭区水利局", "name": "新建水闸", "value": 4, "unit": "座"},
)
