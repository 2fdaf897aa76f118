"""What commands write to a file or to standard output: facts and findings, JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg import exports
from kg.exports import SITE
from kg.exports.jsonl import line
from kg.facts import Fact
from kg.findings import Found


def export(
    format: str, chosen: Iterable[Fact | Found], digests: Mapping[str, str], output: Path | None, site: str = SITE
) -> None:
    if output:
        with output.open("wb") as stream:
            exports.write(format, chosen, stream, digests, site)
    else:
        exports.write(format, chosen, sys.stdout.buffer, digests, site)
        sys.stdout.buffer.flush()


def write_lines(objects: list[dict[str, Any]], output: Path | None) -> None:
    text = "".join(line(o) + "\n" for o in objects)
    if output:
        output.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)
