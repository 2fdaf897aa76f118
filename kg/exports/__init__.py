"""Exports: facts to a file in one format (a drop-in folder).

A file offers `MEDIA_TYPE`, `EXTENSION` and `write(facts: Iterable[Fact], out: BinaryIO) -> None`.
Formats that name things by IRI (turtle, jsonld) take one thing more, `digests`: the SHA-256 of each
report's file by name, without which a report is named by its file name.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from kg import dropin
from kg.facts import Fact


def write(format: str, facts: Iterable[Fact], out: BinaryIO, digests: Mapping[str, str]) -> str:
    """Write `facts` in the format of that name; its media type. JixiaoError `unknown-variant`."""
    export = dropin.one(sys.modules[__name__], format)
    if "digests" in inspect.signature(export.write).parameters:
        export.write(facts, out, digests)
    else:
        export.write(facts, out)
    media_type: str = export.MEDIA_TYPE
    return media_type
