"""Errors as RFC 9457 problem documents: one exception family, one table, one shape."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.status import HTTP_401_UNAUTHORIZED

from api.pages.errors import for_people
from kg.errors import JixiaoError

CHALLENGES = ('Basic realm="jixiao", charset="UTF-8"', "Bearer")
"""How a key may be shown: browsers as a password, programs as a bearer token. A line each, for
Chromium reads no more than one of a line."""
MEDIA_TYPE = "application/problem+json"
STATUS = {
    "no-such-report": 404,
    "no-such-department": 404,
    "no-such-passage": 404,
    "no-such-job": 404,
    "no-ledger": 404,
    "no-such-thing": 404,
    "no-such-query": 404,
    "no-such-finding": 404,
    "no-key": 401,
    "may-not": 403,
    "locked": 409,
    "disk": 507,
    "no-workspace": 503,
    "empty": 503,
    "warming": 503,
    "damaged": 503,
    "timeout": 408,
    "busy": 503,
    "crashed": 503,
    "too-large": 413,
    "not-acceptable": 406,
    "unsupported-media-type": 415,
}  # all others are the asker's to mend: 400


def install(app: FastAPI) -> None:
    """Every error of the service leaves as a problem document, or as a page of the same words."""
    app.add_exception_handler(JixiaoError, for_people(_ours))
    app.add_exception_handler(HTTPException, for_people(_http))
    app.add_exception_handler(RequestValidationError, for_people(_invalid))
    app.add_exception_handler(Exception, for_people(_unexpected))


def problem(status: int, code: str, detail: str, **more: object) -> JSONResponse:
    body = {"type": "about:blank", "title": code, "status": status, "detail": detail, "code": code, **more}
    return JSONResponse({k: v for k, v in body.items() if v not in ("", None)}, status, media_type=MEDIA_TYPE)


def challenge(answer: Response) -> None:
    """Say how a key may be shown."""
    for way in CHALLENGES:
        answer.headers.append("WWW-Authenticate", way)


def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, JixiaoError)
    answer = problem(STATUS.get(error.code, 400), error.code, error.message, file=error.file, place=error.place)
    if answer.status_code == HTTP_401_UNAUTHORIZED:
        challenge(answer)
    return answer


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "http-error")
    return problem(error.status_code, code, str(error.detail))


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = [{"where": ".".join(map(str, e["loc"])), "fault": e["msg"]} for e in error.errors()]
    return problem(422, "invalid-parameters", "参数不对", faults=faults)


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    return problem(500, "internal", "服务内部出错，已记录")
