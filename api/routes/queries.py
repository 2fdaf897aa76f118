"""The catalogue of queries with a name: one route for each, its parameters typed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from api import named
from api.named import Named, Parameter
from api.routes.sparql import DONE, Format, answered
from api.serving import Killable
from kg.errors import JixiaoError

router = APIRouter(prefix="/api/v1", tags=["sparql"])
_TYPES: Mapping[str, Any] = {"text": str, "words": str, "integer": int, "decimal": Decimal}


class ParameterShown(BaseModel):
    """`default` holds where it is not given; what is `required` has an `example` instead."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    type: Literal["text", "words", "integer", "decimal"]
    required: bool
    default: str
    example: str
    label: str
    label_en: str


class NamedQuery(BaseModel):
    """A query of the catalogue; `sparql` has a variable for each parameter."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    title: str
    title_en: str
    parameters: list[ParameterShown]
    sparql: str


class NamedQueryList(BaseModel):
    items: list[NamedQuery]
    count: int


@router.get("/queries", operation_id="list_queries")
async def list_queries() -> NamedQueryList:
    """有名字的查询和各自的参数。Every query with a name, with its typed parameters."""
    items = [NamedQuery.model_validate(one) for one in named.catalogue().values()]
    return NamedQueryList(items=items, count=len(items))


def _parameter(parameter: Parameter) -> inspect.Parameter:
    says = f"{parameter.label} · {parameter.label_en}"
    kind: Any = _TYPES[parameter.type]
    more = {"max_length": named.LONGEST} if kind is str else {}
    examples = [parameter.example] if parameter.example else None
    annotation = Annotated[kind | None, Query(description=says, examples=examples, **more)]
    return inspect.Parameter(parameter.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _endpoint(query: Named) -> Callable[..., Any]:
    """The route's function, with the query's own parameters as its signature."""

    async def asked(request: Request, workers: Killable, format: str | None = None, **typed: object) -> Response:
        given = {name: value for name, value in request.query_params.items() if name != "format"}
        return await answered(workers, named.bound(query, given), format or "", request)

    ours = [
        inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
        inspect.Parameter("workers", inspect.Parameter.KEYWORD_ONLY, annotation=Killable),
        inspect.Parameter("format", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Format),
    ]
    asked.__signature__ = inspect.Signature([*map(_parameter, query.parameters), *ours])  # type: ignore[attr-defined]
    asked.__doc__ = f"{query.title}。{query.title_en}."
    return asked


for _query in named.catalogue().values():
    router.add_api_route(
        f"/queries/{_query.name}",
        _endpoint(_query),
        operation_id=f"query_{_query.name.replace('-', '_')}",
        response_class=Response,
        responses=DONE,
    )


@router.get("/queries/{name}", operation_id="query_by_name", include_in_schema=False)
async def no_such_query(name: str) -> None:
    """A name that the catalogue has not."""
    named.one(name)
    raise JixiaoError("no-such-query", "这个查询不能这样用", place=name)
