"""金额。Amounts: every sum of money that a report states."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "amount",
    "amounts",
    "金额",
    "Amounts: every sum of money that a report states",
    filters=("subject", "measure", "year", "code", "name", "item", "value_yuan", "comparator", "part"),
    example={
        "subject": "青岭区水利局",
        "measure": "年初预算",
        "value": 100,
        "value_yuan": 1000000,
        "unit": "万元",
        "year": 2024,
    },
)
