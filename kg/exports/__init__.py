"""Exports: facts to a file in one format (a drop-in folder).

A file offers `MEDIA_TYPE`, `EXTENSION` and `write(facts: Iterable[Told], out: BinaryIO) -> None`, where
what is told is a fact, or a finding with what people decided about it (kg.findings.Found).
A format that links to the pages takes `site`, the address of the service.
Formats that name things by IRI (turtle, jsonld) take one thing more, `digests`: the SHA-256 of each
report's file by name, without which a report is named by its file name.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from kg import dropin
from kg.exports._told import Told

SITE = "http://127.0.0.1:8000"
"""Where `jixiao serve` answers when nothing else is said."""


def write(format: str, facts: Iterable[Told], out: BinaryIO, digests: Mapping[str, str], site: str = SITE) -> str:
    """Write `facts` in the format of that name; its media type. JixiaoError `unknown-variant`."""
    export = dropin.one(sys.modules[__name__], format)
    taken = inspect.signature(export.write).parameters
    offered = {"digests": digests, "site": site}
    export.write(facts, out, **{name: given for name, given in offered.items() if name in taken})
    media_type: str = export.MEDIA_TYPE
    return media_type
