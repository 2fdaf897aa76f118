"""The documentation of the API as pages that work offline: their scripts come from a Python package."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

router = APIRouter(include_in_schema=False)
ASSETS = Mount("/docs/assets", StaticFiles(directory=str(files("fastapi_offline") / "static")), name="docs")
_PAGE = """<!doctype html>
<html lang="zh">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>绩效接口 · Jixiao API</title>
  <link rel="icon" href="/static/icon.svg" type="image/svg+xml">
  {head}
</head>
<body>{body}</body>
</html>
"""
_SWAGGER = _PAGE.format(
    head='<link rel="stylesheet" href="/docs/assets/swagger-ui.css">',
    body='<div id="swagger"></div>\n<script src="/docs/assets/swagger-ui-bundle.js"></script>\n'
    '<script src="/static/docs.js"></script>\n<noscript><a href="/openapi.json">OpenAPI</a></noscript>',
)


@router.get("/docs")
def docs() -> HTMLResponse:
    """每个接口，可以就地试用。Every route, to be tried where it is described."""
    return HTMLResponse(_SWAGGER)
