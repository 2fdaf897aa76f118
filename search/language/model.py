"""A language model behind one seam: any endpoint that speaks the OpenAI chat protocol.

Off unless both its address and its name are set. Nothing it says is used unproved.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from kg.errors import ModelError

LONGEST = 256 * 1024  # bytes of a reply


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """`url` is the base address up to and with /v1; a reply may take `seconds` in all."""

    url: str
    name: str
    key: str = field(default="", repr=False)
    seconds: float = 20.0

    def reply(self, instruction: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The JSON object that the model answers to `instruction`; `data` goes as data, apart from it.

        ModelError `language-model` where it is out of reach, too slow, or answers anything else."""
        messages = [
            {"role": "system", "content": instruction},
            {"role": "user", "content": json.dumps(data, ensure_ascii=False, default=str)},
        ]
        asked = {"model": self.name, "messages": messages, "temperature": 0}
        try:
            return _object(self._posted(asked))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, LookupError, TypeError, RecursionError) as error:
            message = f"语言模型没有可用的回答：{type(error).__name__}。The language model gave no usable reply."
            raise ModelError("language-model", message, place=self.url) from error

    def _posted(self, asked: Mapping[str, Any]) -> str:
        """What the model says. TimeoutException also where it dribbles: the time counts for the whole reply."""
        late = time.monotonic() + self.seconds
        headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        address = f"{self.url.rstrip('/')}/chat/completions"
        body = bytearray()
        with (
            httpx.Client(timeout=self.seconds, follow_redirects=False) as client,
            client.stream("POST", address, json=asked, headers=headers) as response,
        ):
            response.raise_for_status()
            for piece in response.iter_raw(1024):
                body += piece
                if time.monotonic() > late:
                    raise httpx.ReadTimeout("the reply took too long")
                if len(body) > LONGEST:
                    raise ValueError("the reply is too long")
        return str(json.loads(body)["choices"][0]["message"]["content"])


def _object(said: str) -> Mapping[str, Any]:
    """The one JSON object in what was said: models like to put it between fences and courtesies."""
    found = json.loads(said[said.index("{") : said.rindex("}") + 1])
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return found


def configured(environment: Mapping[str, str] = os.environ) -> LanguageModel | None:
    """The model of JIXIAO_LLM_URL, JIXIAO_LLM_MODEL, JIXIAO_LLM_KEY and JIXIAO_LLM_SECONDS; None where it is off."""
    url, name = environment.get("JIXIAO_LLM_URL", ""), environment.get("JIXIAO_LLM_MODEL", "")
    if not url or not name:
        return None
    seconds = environment.get("JIXIAO_LLM_SECONDS", "20")
    try:
        return LanguageModel(url, name, environment.get("JIXIAO_LLM_KEY", ""), float(seconds))
    except ValueError as error:
        message = f"JIXIAO_LLM_SECONDS 不是秒数：{seconds}。Not a number of seconds."
        raise ModelError("language-model", message) from error
