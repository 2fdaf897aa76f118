"""职责。Duties: what a department is there to do."""

from __future__ import annotations

from api.factlists import of_kind

RESOURCE = of_kind(
    "duty",
    "duties",
    "职责",
    "Duties: what a department is there to do",
    filters=("subject", "ordinal", "part"),
    example={"subject": "青岭区水利局", "text": "负责节约用水工作", "ordinal": 3},
)
