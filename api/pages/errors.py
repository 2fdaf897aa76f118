"""Errors as pages, for those who asked for a page: what the problem document says, and a way on."""

from __future__ import annotations

import json
from collections.abc import Callable

from fastapi import Request, Response

from api.pages.language import chosen
from api.pages.rendering import page

_PROGRAMS = ("/api/", "/sparql", "/static/", "/openapi", "/mcp")
Handler = Callable[[Request, Exception], Response]


def for_people(handler: Handler) -> Handler:
    """`handler`, which answers with a problem document, and with a page where a browser asked for one."""

    def handle(request: Request, error: Exception) -> Response:
        response = handler(request, error)
        if not _wants_page(request):
            return response
        spoken = chosen(request)
        told = {"file": "", "place": "", "faults": ()} | json.loads(bytes(response.body))
        keys = (f"error.{told['code']}", f"error.{response.status_code}", "error.other")
        heading = spoken.say(next(filter(spoken.has, keys)))
        if spoken.has(f"problem.{told['code']}"):
            told["detail"] = spoken.say(f"problem.{told['code']}")
        shown = page(request, "error.html", response.status_code, problem=told, heading=heading)
        for challenge in response.headers.getlist("WWW-Authenticate"):
            shown.headers.append("WWW-Authenticate", challenge)
        return shown

    return handle


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(_PROGRAMS)
