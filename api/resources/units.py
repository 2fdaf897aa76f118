"""单位。Units: organisations in or under a department."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "unit",
    "units",
    "单位",
    "Units: organisations in or under a department",
    filters=("name", "parent", "relation", "rank", "nature", "funding", "part"),
    example={"name": "水文站", "parent": "青岭区水利局", "relation": "下属单位"},
)
