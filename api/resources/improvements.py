"""改进措施。Improvements: what a report says will be done."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "improvement",
    "improvements",
    "改进措施",
    "Improvements: what a report says will be done",
    filters=("subject", "part"),
    example={"text": "加强预算编制管理"},
)
