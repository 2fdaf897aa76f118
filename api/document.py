"""The OpenAPI document: what FastAPI makes of the routes, with the errors that every route can give."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from api.problems import MEDIA_TYPE

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. `code` is a stable word for programs, `detail` a sentence for people; `file` and "
    "`place` say where, `faults` which parameters.",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "file": {"type": "string"},
        "place": {"type": "string"},
        "faults": {
            "type": "array",
            "items": {"type": "object", "properties": {"where": {"type": "string"}, "fault": {"type": "string"}}},
        },
    },
    "example": {
        "type": "about:blank",
        "title": "no-such-report",
        "status": 404,
        "detail": "没有这份报告",
        "code": "no-such-report",
        "file": "没有.txt",
    },
}
KEYS = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "jixiao key add"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
_ERRORS = {
    "4XX": "请求不对，或不允许 · the request is wrong or not allowed",
    "503": "没有可以回答的数据，或太忙 · nothing to answer from, or too busy",
}


def describe(app: FastAPI) -> None:
    """Let the document of `app` say what is true of every route; it is made when first asked for."""
    made = app.openapi

    def document() -> dict[str, Any]:
        if not app.openapi_schema:
            _complete(made())
        found: dict[str, Any] = app.openapi_schema or {}
        return found

    app.openapi = document  # type: ignore[method-assign]


def _complete(document: dict[str, Any]) -> None:
    parts = document.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    parts["securitySchemes"] = KEYS
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"] |= {status: {"description": d, "content": content} for status, d in _ERRORS.items()}
            operation["security"] = [{}, *({name: []} for name in KEYS)]
