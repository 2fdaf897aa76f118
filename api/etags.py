"""An ETag for every answer that is sent whole: what has not changed is not sent again."""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class ETags:
    """Names the content of answers to GET by their digest, and answers 304 to who has it already."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("if-none-match", "")
        held: Message | None = None

        async def named(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and message["status"] == 200:
                held = message
                return
            if held is not None:
                start, held = held, None
                sent = MutableHeaders(scope=start)
                whole = not message.get("more_body", False) and message["type"] == "http.response.body"
                if whole and "etag" not in sent:
                    sent["ETag"] = f'"{hashlib.sha256(message["body"]).hexdigest()[:32]}"'
                    sent.setdefault("Cache-Control", "no-cache")  # may be kept, but is asked for each time
                if whole and _has(asked, sent.get("etag", "")):
                    start["status"] = 304
                    del sent["content-length"]
                    message = {"type": "http.response.body", "body": b""}
                await send(start)
            await send(message)

        await self.app(scope, receive, named)


def _has(asked: str, etag: str) -> bool:
    """Whether If-None-Match names this content; a weak name is as good as a strong one here."""
    names = {name.strip().removeprefix("W/") for name in asked.split(",")}
    return bool(etag) and (etag in names or "*" in names)
