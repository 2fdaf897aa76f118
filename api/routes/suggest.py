"""Names that complete what somebody types."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.names import suggest
from api.schema import Suggestion, SuggestionList
from api.serving import Live

router = APIRouter(prefix="/api/v1", tags=["search"])


@router.get("/suggest", operation_id="suggest_names")
def get_suggestions(
    collection: Live,
    q: Annotated[str, Query(min_length=1, max_length=100, description="几个字 · a few characters")],
    kind: Annotated[
        Literal["department", "project", "unit", "measure"] | None, Query(description="哪一类 · of which kind")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> SuggestionList:
    """部门、项目、单位和度量的名称。Names of departments, projects, units and measures, best first."""
    items = [Suggestion.model_validate(asdict(named)) for named in suggest(collection, q, kind or "", limit)]
    return SuggestionList(items=items, count=len(items))
