"""Every list that there is: one route for each resource, made from what the resource says of itself."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, create_model

import api.resources
from api.lists import MOST, Page, every, page
from api.resource import OF_REPORT, Resource
from api.schema import Number
from api.serving import Live
from api.tables import FORMATS
from api.wanted import REPORT_FILTERS, Wanted
from kg import dropin
from kg.errors import BadQuery
from kg.exports.jsonl import line
from search.collection import Collection

router = APIRouter(prefix="/api/v1", tags=["lists"])
RESOURCES: Mapping[str, Resource] = {name: module.RESOURCE for name, module in dropin.every(api.resources).items()}
"""Every list by its name."""
_TYPES: Mapping[str, Any] = {"text": str, "number": Number, "integer": int, "boolean": bool, "any": Number | str}
Format = Literal["json", "jsonl", "csv", "xlsx", "parquet"]


def model(resource: Resource) -> type[BaseModel]:
    """What a page of the list looks like, for the OpenAPI document."""
    fields: dict[str, Any] = {
        column.name: (
            (list[str] if column.name == "aliases" else _TYPES[column.kind]) | None,
            Field(None, description=f"{column.label} · {column.label_en}".strip(" ·")),
        )
        for column in resource.columns
    }
    called = "".join(word.capitalize() for word in resource.name.split("_"))
    example = ConfigDict(json_schema_extra={"example": dict(resource.example)})
    row = create_model(f"{called}Row", __config__=example, **fields)
    return create_model(
        called,
        items=(list[row], ...),  # type: ignore[valid-type]
        count=(int, Field(description="本页行数 · rows on this page")),
        total=(int | None, Field(None, description="共几行，数得便宜时才给 · all rows, where counting is cheap")),
        truncated=(bool, Field(description="后面还有 · more rows follow")),
        next=(str | None, Field(None, description="下一页的地址 · address of the next page")),
    )


def shown(found: Page, address: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """A page as JSON shows it; `address` and `asked` are those of the request."""
    following = urlencode({**asked, "cursor": found.next}, quote_via=quote) if found.next else ""
    return {
        "items": list(found.rows),
        "count": len(found.rows),
        "total": found.total,
        "truncated": found.truncated,
        "next": f"{address}?{following}" if following else None,
    }


def wanted(resource: Resource, asked: Mapping[str, Any]) -> Wanted:
    """What the parameters of a request ask for."""
    plain = ("sort", "fields", "limit", "cursor", "format")
    return Wanted(
        filters={name: str(value) for name, value in asked.items() if name not in plain and value is not None},
        sort=asked.get("sort") or "",
        fields=tuple(name.strip() for name in (asked.get("fields") or "").split(",") if name.strip()),
        limit=asked.get("limit") or 50,
        cursor=asked.get("cursor") or "",
    )


def answer(
    collection: Collection,
    resource: Resource,
    asked: Mapping[str, Any],
    request: Request,
    among: frozenset[str] | None = None,
) -> Response:
    """The list in the format that was asked for: JSON a page at a time, files whole; `among` the
    reports of these names only."""
    format, want = asked.get("format") or "json", replace(wanted(resource, asked), among=among)
    if format == "json":
        query = {name: value for name, value in request.query_params.items() if name != "cursor"}
        body = shown(page(collection, resource, want), request.url.path, query)
        return json_response(body)
    media_type, write = FORMATS[format]
    columns = [resource.column(name) for name in want.fields] or list(resource.columns)
    pieces = _begun(write(columns, every(collection, resource, want)))
    named = {"Content-Disposition": f'attachment; filename="{resource.name}.{format}"'}
    return StreamingResponse(pieces, media_type=media_type, headers=named)


def _begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first made already: what is wrong shows before the status has gone out."""
    first = next(pieces, b"")

    def rest() -> Iterator[bytes]:
        yield first
        yield from pieces

    return rest()


def json_response(body: Any) -> Response:
    """`body` as JSON with its numbers exact."""
    return Response(line(_plain(body)), media_type="application/json")


def _plain(value: Any) -> Any:
    """Tuples and mappings as JSON has them."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def parameters(resource: Resource, *taken: str) -> list[inspect.Parameter]:
    """The query parameters of a list, for FastAPI and its document; `taken` are said by the path."""

    def one(name: str, kind: Any, text: str, **more: Any) -> inspect.Parameter:
        annotation = Annotated[kind | None, Query(description=text, **more)]
        return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)

    found = [one(name, str, text, max_length=300) for name, text in _REPORT_TEXTS.items() if name not in taken]
    for name in resource.filters:
        column = resource.column(name)
        says = f"{column.label} · {column.label_en}"
        kind: Any = bool if column.kind == "boolean" else str
        found.append(one(name, kind, says, **({} if kind is bool else {"max_length": 300})))
        if column.kind in ("number", "integer"):
            found.append(one(f"{name}_min", str, f"{says}，至少 · at least", max_length=40))
            found.append(one(f"{name}_max", str, f"{says}，至多 · at most", max_length=40))
            found.append(one(f"{name}_below", str, f"{says}，低于 · below", max_length=40))
    order = [*OF_REPORT, *(column.name for column in resource.columns if column.term)]
    return [
        *found,
        one("sort", str, f"按哪一列排序，- 表示从大到小 · {' '.join(dict.fromkeys(order))}", max_length=60),
        one("fields", str, "只要这些列，逗号分隔 · only these columns", max_length=1000),
        one("limit", int, f"每页几行，至多 {MOST} · rows a page", ge=1, le=MOST),
        one("cursor", str, "上一页给出的 next 里的标记 · from `next` of the page before", max_length=2000),
        one("format", Format, "json 分页，其余为整个列表 · json is paged, files are whole"),
    ]


_REPORT_TEXTS = {
    "report": "报告名 · name of the report",
    "department": "部门名称含有 · the department's name holds this",
    "fiscal_year": "年度 · fiscal year",
    "report_type": "报告类型 · type of report",
    "q": "报告名、标题或部门含有 · words in the report's name, title or department",
}
assert _REPORT_TEXTS.keys() == REPORT_FILTERS.keys()


def responses(resource: Resource) -> dict[int | str, dict[str, Any]]:
    """What the document says of the answers of a list."""
    files = {media.split(";")[0]: {"schema": {"type": "string", "format": "binary"}} for media, _ in FORMATS.values()}
    return {200: {"model": model(resource), "content": files, "description": resource.title_en}}


def endpoint(resource: Resource) -> Callable[..., Response]:
    """The route's function, with the resource's own parameters as its signature."""

    def listed(request: Request, collection: Live, **asked: Any) -> Response:
        for name in request.query_params.keys() - asked.keys():
            known = "、".join(asked)
            raise BadQuery("unknown-parameter", f"没有参数 {name[:40]}；可用的有：{known}")
        return answer(collection, resource, asked, request)

    ours = [
        inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
        inspect.Parameter("collection", inspect.Parameter.KEYWORD_ONLY, annotation=Live),
    ]
    listed.__signature__ = inspect.Signature([*ours, *parameters(resource)])  # type: ignore[attr-defined]
    listed.__doc__ = f"{resource.title}。{resource.title_en}."
    return listed


for _resource in RESOURCES.values():
    router.add_api_route(
        f"/{_resource.name}",
        endpoint(_resource),
        operation_id=f"list_{_resource.name}",
        response_class=Response,
        responses=responses(_resource),
    )
