"""绩效指标。Indicators: targets, results and scores of the evaluation."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "indicator",
    "indicators",
    "绩效指标",
    "Indicators: targets, results and scores of the evaluation",
    filters=("subject", "level1", "level2", "level3", "operator", "met", "weight", "score", "completion", "part"),
    example={
        "subject": "河道清淤项目",
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "清淤长度",
        "operator": "≥",
        "target": 12,
        "target_unit": "公里",
        "actual": 13,
        "met": True,
    },
)
