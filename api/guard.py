"""What every request passes before a route sees it: its size, who asks, how often; and what every
answer carries: a request id and the headers that keep a browser from doing what it should not.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.journal import Journal
from api.keys import Key, Keys
from api.policy import HEADERS
from api.problems import challenge, problem
from api.settings import Settings

OPEN = ("/healthz", "/readyz", "/static/")
"""What is answered without a key in any case: is the service up, and how its pages look."""
UPLOADS = ("/api/v1/jobs", "/api/v1/reports", "/upload")
"""Where a body may be as long as an upload."""
_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(slots=True)
class Meter:
    """How many requests each asker may still make: a bucket that fills in a minute."""

    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic

    def take(self, who: str, per_minute: int) -> float:
        """Seconds to wait before the next request; 0 where this one may pass."""
        now = self.clock()
        left, since = self._left.get(who, (float(per_minute), now))
        left = min(per_minute, left + (now - since) * per_minute / 60)
        if left < 1:
            self._left[who] = (left, now)
            return (1 - left) * 60 / per_minute
        if len(self._left) > MOST_ASKERS:
            self._left.clear()  # strangers come and go; what they had left is no loss
        self._left[who] = (left - 1, now)
        return 0.0


MOST_ASKERS = 100_000


class Guard:
    """The outermost part of the service."""

    def __init__(self, app: ASGIApp, settings: Settings, keys: Keys, journal: Journal) -> None:
        self.app, self.settings, self.keys, self.journal = app, settings, keys, journal
        self.meter = Meter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        scope["state"] = {
            **scope.get("state", {}),
            "request_id": given if _ID.fullmatch(given) else secrets.token_hex(8),
        }
        seen = _Seen()

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                sent = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    sent.setdefault(name, value)
                sent["X-Request-ID"] = scope["state"]["request_id"]
            elif message["type"] == "http.response.body":
                seen.size += len(message.get("body", b""))
            await send(message)

        try:
            refusal = self._refusal(scope, headers)
            if refusal:
                await refusal(scope, receive, answered)
            else:
                await self.app(scope, _bounded(receive, self._most(scope)), answered)
        except BodyTooLarge:
            if seen.status:
                raise
            await problem(413, "too-large", "请求正文太长")(scope, receive, answered)
        finally:
            self.journal.request(scope, seen.status or 500, seen.size, time.perf_counter() - began)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Why the request goes no further; None where it does. Leaves the key in the scope's state."""
        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > self.settings.url_bytes:
            return problem(414, "address-too-long", "地址太长")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > self.settings.header_bytes:
            return problem(431, "headers-too-large", "请求头太长")
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length) > self._most(scope):
            return problem(413, "too-large", f"请求正文超过 {self._most(scope)} 字节")
        if scope["method"] not in _SAFE and _foreign(headers, origins(self.settings)):
            return problem(403, "foreign-origin", "这个请求来自别的网站，没有执行")
        token = _token(headers)
        key = self.keys.of(token) if token else None
        scope["state"]["key"] = key
        open_to_all = scope["path"].startswith(OPEN) or scope["method"] == "OPTIONS"
        if token and not key:
            return _unauthorised("wrong-key", "密钥不对或已作废")
        if not key and self.settings.reading == "key" and not open_to_all:
            return _unauthorised("no-key", "这里要密钥才能读")
        return None if open_to_all else self._too_many(scope, key)

    def _too_many(self, scope: Scope, key: Key | None) -> Response | None:
        per_minute = key.per_minute if key else self.settings.anonymous_per_minute
        who = key.id if key else f"@{(scope.get('client') or ('?',))[0]}"
        wait = self.meter.take(who, per_minute) if per_minute else 0.0
        if not wait:
            return None
        answer = problem(429, "too-many-requests", f"请求太频繁；{wait:.0f} 秒后再试")
        answer.headers["Retry-After"] = str(max(1, round(wait)))
        return answer

    def _most(self, scope: Scope) -> int:
        """How long the body of this request may be."""
        uploads = scope["path"].startswith(UPLOADS)
        return self.settings.upload_bytes if uploads else self.settings.body_bytes


@dataclass(slots=True)
class _Seen:
    """What went out."""

    status: int = 0
    size: int = 0


class BodyTooLarge(Exception):
    """A body that goes on beyond its limit, whatever its header said."""


def _bounded(receive: Receive, most: int) -> Receive:
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise BodyTooLarge
        return message

    return bounded


def origins(settings: Settings) -> list[str]:
    """The other sites whose pages may ask this service."""
    return [origin.strip() for origin in settings.origins.split(",") if origin.strip()]


def _foreign(headers: Headers, allowed: list[str]) -> bool:
    """Whether a browser sends this on behalf of another site."""
    origin = headers.get("origin", "")
    if origin in allowed:
        return False
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    return bool(origin) and origin.partition("://")[2] != headers.get("host", "")


def _token(headers: Headers) -> str:
    """The key that came with the request: as a bearer token, as X-API-Key, or as the password of a browser."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return "?"
    return headers.get("x-api-key", "")


def _unauthorised(code: str, detail: str) -> Response:
    answer = problem(401, code, detail)
    challenge(answer)
    return answer


def key_of(request: Request) -> Key | None:
    """The key that the request came with."""
    key: Key | None = getattr(request.state, "key", None)
    return key
