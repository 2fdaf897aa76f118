"""Search the passages, by meaning and by words."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.schema import SearchResult
from api.serving import Live
from search.collection import Collection

router = APIRouter(prefix="/api/v1", tags=["search"])
Words = Annotated[str, Query(min_length=1, max_length=1000, description="要找的话 · what to look for")]


def found(collection: Collection, q: str, k: int = 10, **filters: object) -> SearchResult:
    """The hits as the JSON route and the page both show them."""
    hits = collection.search(q, k=k, **filters)
    return SearchResult.model_validate({"query": q, "count": len(hits), "hits": [hit.to_json() for hit in hits]})


@router.get("/search", operation_id="search_passages")
def search(
    collection: Live,
    q: Words,
    kind: Annotated[str | None, Query(description="duty · problem · improvement · indicator …")] = None,
    department: Annotated[str | None, Query(description="部门 · department")] = None,
    year: Annotated[int | None, Query(ge=0, le=9999, description="年度 · fiscal year")] = None,
    k: Annotated[int, Query(ge=1, le=100, description="几条 · how many")] = 10,
    mode: Literal["hybrid", "lexical", "dense"] = "hybrid",
) -> SearchResult:
    """检索原文，每条结果说明为什么在此。Passages, best first, each with its place and its reason."""
    return found(collection, q, k, kind=kind, department=department, year=year, mode=mode)
