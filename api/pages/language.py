"""What the pages say, in Chinese and in English: messages are data, one file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request

from ontology import loader

HERE = Path(__file__).parent.parent / "messages"
CODES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the pages."""

    code: str

    def say(self, key: str, **given: Any) -> str:
        """The message `key` (results.none) with `given` put in. KeyError where there is none. One that has two
        forms ({n} fact|{n} facts) takes the first where `n` is 1."""
        one, _, many = messages(self.code)[key].partition("|")
        message = many if many and given.get("n") != 1 else one
        return message.format(**given) if given else message

    def has(self, key: str) -> bool:
        return key in messages(self.code)

    def word(self, scheme: str, value: str | None) -> str:
        """What a word of the vocabulary is called, known by its notation or Chinese label; one that
        the scheme does not have stays as it is."""
        return _labels(scheme, self.code).get(value or "", value or "")

    def term(self, name: str) -> str:
        """What a property or class of the ontology is called."""
        return loader.labels(self.code).get(name, name)


def chosen(request: Request) -> Language:
    """`?lang=`, else the cookie, else what the browser asks for, else Chinese."""
    spoken = (item.split(";")[0].strip()[:2] for item in request.headers.get("accept-language", "").split(","))
    wanted = (request.query_params.get("lang"), request.cookies.get("lang"), *spoken)
    return Language(next((code for code in wanted if code in CODES), CODES[0]))


@cache
def messages(code: str) -> Mapping[str, str]:
    """Every message of one language by its dotted key."""
    return dict(_flat(tomllib.loads((HERE / f"{code}.toml").read_text("utf-8"))))


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


@cache
def _labels(scheme: str, code: str) -> Mapping[str, str]:
    concepts = loader.scheme(scheme).values()
    said = {c.label: c.label if code == "zh" else c.label_en or c.label for c in concepts}
    return said | {c.notation: said[c.label] for c in concepts if c.notation}
